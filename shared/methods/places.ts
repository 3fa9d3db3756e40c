// Where a reading of a record belongs and how it is said: its field and set, how many specimens there are, the words of a
// value. Core, papers and screens ask here, so that they never number or name a specimen in two ways.
import { Exact } from './foundation/decimal.ts';
import type { Field, SpecimenSet } from './field.ts';
import type { TestMethod } from './method.ts';

/** The field that a run delivers: its own, or the method's first one for runs that name none. */
export function fieldOfRun(method: Pick<TestMethod, 'acquisitions'>, run: { field: string | null }): string {
  return run.field ?? method.acquisitions[0]?.field ?? '';
}

export function fieldNamed(method: Pick<TestMethod, 'fields'>, name: string): Field | undefined {
  return method.fields.find((field) => field.name === name);
}

/** What the specimens of a field are called: 试件, 测区, 抗折试件. */
export function specimenLabel(method: Pick<TestMethod, 'fields' | 'sets'>, name: string): string {
  const set = fieldNamed(method, name)?.set;
  return method.sets.find(({ id }) => id === set)?.label ?? '试件';
}

/** One reading of a record, whoever delivered it: a person who typed it or a machine that ran. */
export interface ReadPlace {
  field: string;
  specimenNo: number | null;
  value: string | null;
  current: boolean;
}

/**
 * Number of specimens of a set in a record: a fixed one, else as far as anything of the set was read, typed or run, but
 * no fewer than it needs. While nothing was read it is what the description asks for, or the usual number.
 */
export function specimensOfSet(
  method: Pick<TestMethod, 'fields'>,
  set: SpecimenSet,
  properties: Readonly<Record<string, string>>,
  read: readonly ReadPlace[],
): number {
  if (typeof set.count === 'number') return set.count;
  const names = new Set(method.fields.filter((field) => field.set === set.id).map(({ name }) => name));
  const last = Math.max(
    0,
    ...read
      .filter(({ field, value, current }) => current && value !== null && names.has(field))
      .map(({ specimenNo }) => specimenNo ?? 0),
  );
  if (last === 0) return usualOfSet(set, properties);
  return Math.min(set.count.max, Math.max(last, set.due?.(properties) ?? set.count.min));
}

/** What the description asks for, or the usual number: so many lines an empty form has. */
export function usualOfSet({ count, due }: SpecimenSet, properties: Readonly<Record<string, string>>): number {
  return typeof count === 'number' ? count : (due?.(properties) ?? count.usual);
}

/** The peak of a run, kN, in the unit of the field that takes it. */
export function peakInUnit(peakKn: string, field: Field | undefined): string {
  return field?.kind === 'decimal' && field.unit === 'N' ? new Exact(peakKn).times(1000).toFixed() : peakKn;
}

/** A value as it is read out: the option's words for a choice, else itself. */
export function shownValue(field: Field | undefined, value: string): string {
  if (field?.kind !== 'choice') return value;
  return field.options.find((option) => option.value === value)?.label ?? value;
}

/** What a sample is described by, in the words and the order of the reception form: label and value with its unit. */
export function describeProperties(
  method: Pick<TestMethod, 'fields'>,
  properties: Readonly<Record<string, string>>,
): [label: string, value: string][] {
  return method.fields.flatMap((field): [string, string][] => {
    const value = properties[field.name];
    if (field.at !== 'reception' || value === undefined) return [];
    const unit = field.kind === 'decimal' && field.unit !== '' ? ` ${field.unit}` : '';
    return [[field.label, `${shownValue(field, value)}${unit}`]];
  });
}
