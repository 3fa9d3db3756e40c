// One thing a sample is described by at reception or that is read at the bench. Reception form, bench table, inputs
// schema, original record and validation all come from these declarations; nothing else lists a method's readings.

interface FieldCommon {
  /** Key in the inputs, with its unit: `side_mm`, `loads_kN`. */
  name: string;
  /** Chinese name, as in the record. */
  label: string;
  symbol?: string;
  /** Clause that asks for it. */
  clause: string;
  /** Described at reception, or read at the bench. */
  at: 'reception' | 'bench';
  /** May be left out altogether. */
  optional?: true;
  /** Asked for only when one of these parameters is commissioned. */
  parameters?: readonly string[];
  /** One per specimen of this set; without it, one for the whole sample. */
  set?: string;
  /** Single specimens may be without it (`null` in the list). */
  sparse?: true;
  /** Several values in each place, e.g. 16 rebound readings of a zone. */
  values?: number | { min: number; max: number };
  /** Where it comes from: 压力试验机, 游标卡尺, 委托单 … */
  instrument: string;
  /** Who fills it: a person, the peak or the mean loading rate of a run, the machine's range, the age of the task, gauge
   *  length and class of the extensometer that was on the bar. What is read out of a run's `curve` (a yield force) a person
   *  types where the curve has none, and replaces with a reason. */
  source?: 'peak' | 'rate' | 'range' | 'age' | 'curve' | 'gauge' | 'gaugeClass';
  /** Names of fields whose place it takes, specimen by specimen, where the curve gives it (Fp0.2 for a yield force). Nobody
   *  types it; where it stands, those are no longer missing. Those are `sparse`. */
  insteadOf?: readonly string[];
  /** What stands in an empty form. */
  usual?: string;
  /** Seldom wanted: stands at the end of a form. */
  rare?: true;
  /** A word of help under the field. */
  hint?: string;
}

export interface DecimalField extends FieldCommon {
  kind: 'decimal';
  unit: string;
  /** Smallest step the instrument shows. */
  resolution: string;
  /** Largest physically possible value, and why more is refused. */
  max: string;
  maxReason: string;
  /** Smallest possible value; without it, more than zero. */
  min?: string;
  zero?: true;
  negative?: true;
  /** Only whole numbers. */
  whole?: true;
}

export interface ChoiceField extends FieldCommon {
  kind: 'choice';
  options: readonly { value: string; label: string }[];
  /** Code of the refusal; `METHOD_CHOICE_UNKNOWN` when not given. */
  refusalCode?: string;
}

export interface TextField extends FieldCommon {
  kind: 'text';
  maxLength: number;
}

export type Field = DecimalField | ChoiceField | TextField;

/** Specimens that are read together: 拉伸试件, 弯曲试件, 测区. */
export interface SpecimenSet {
  id: string;
  /** `试件`, `测区`: numbered 1, 2, 3 … on screen and paper. */
  label: string;
  count: number | { min: number; max: number; usual: number };
  parameters?: readonly string[];
  /** How many the description asks for, e.g. double in a retest; null where it leaves that open. */
  due?(properties: Readonly<Record<string, string>>): number | null;
}

/** A retest takes so many. */
export const dueInRetest =
  (count: number) =>
  ({ round }: Readonly<Record<string, string>>): number | null =>
    round === 'retest' ? count : null;

export const decimal = <const F extends Omit<DecimalField, 'kind'>>(field: F): F & { kind: 'decimal' } => ({
  ...field,
  kind: 'decimal',
});
export const choice = <const F extends Omit<ChoiceField, 'kind'>>(field: F): F & { kind: 'choice' } => ({
  ...field,
  kind: 'choice',
});
export const text = <const F extends Omit<TextField, 'kind'>>(field: F): F & { kind: 'text' } => ({
  ...field,
  kind: 'text',
});

type Cell<F> = F extends { kind: 'choice'; options: readonly { value: infer V }[] } ? V : string;
type Place<F> = F extends { values: unknown } ? readonly Cell<F>[] : Cell<F>;
type Column<F> = F extends { set: string }
  ? readonly (F extends { sparse: true } ? Place<F> | null : Place<F>)[]
  : Place<F>;
type MayLack<F> = F extends { optional: true } | { parameters: readonly string[] } ? true : false;
type NamesOf<Fs extends readonly Field[], Lacking extends boolean> = {
  [I in keyof Fs]: MayLack<Fs[I]> extends Lacking ? Fs[I]['name'] : never;
}[number];
type FieldNamed<Fs extends readonly Field[], N> = Extract<Fs[number], { name: N }>;

/** Inputs of a method as its fields declare them: decimal strings, lists per specimen, lists of lists. */
export type InputsOf<Fs extends readonly Field[]> = {
  readonly [N in NamesOf<Fs, false>]: Column<FieldNamed<Fs, N>>;
} & { readonly [N in NamesOf<Fs, true>]?: Column<FieldNamed<Fs, N>> | undefined };
