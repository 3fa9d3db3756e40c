// The shape of a test method. A method is one file: what the sample is described by, what is read, what is computed
// under which clause, which readings of the standard are a choice of the lab, the limits it judges by, and what record
// and report show. The same object serves the live preview in the renderer and the authoritative computation in core,
// so it is pure and knows no storage.
import type { z } from 'zod';
import type { Field, SpecimenSet } from './field.ts';
import type { PaperTable } from './table.ts';
import type { CompareMode } from './foundation/limits.ts';
import type { Trace } from './foundation/trace.ts';

/** `not-judged` is never a pass; `retest` is neither: the standard asks for further specimens first. */
export type Verdict = 'qualified' | 'unqualified' | 'retest' | 'not-judged';

/** Only verified data judges by itself; draft data answers 需人工判定 until the lab confirms it against the paper. */
export type DataStatus = 'verified' | 'draft';

/** What work is commissioned under and keeps. Test, judgement and rounding standard are three references. */
export interface Edition {
  /** Unique in the method and printed, e.g. `GB 1499.2-2024`. */
  id: string;
  test: string;
  /** Product or acceptance standard; null where the result has no verdict of its own. */
  judgement: string | null;
  rounding: 'GB/T 8170-2008' | 'YB/T 081-2013';
  title: string;
  /** First day in force. */
  inForceFrom: string;
  /** Last day; null while in force. Old work stays on its edition. */
  inForceUntil: string | null;
}

export interface ParameterDeclaration {
  /** Code in the training catalogue. */
  code: string;
  name: string;
  unit: string;
  /** Finds it in a catalogue with other codes, by name. */
  recognises: RegExp;
}

/** A place where the standard can be read two ways: an explicit setting of the lab, printed in the record. */
export interface PolicyDeclaration {
  name: string;
  label: string;
  clause: string;
  options: readonly { value: string; label: string }[];
  default: string;
}
export type Policies = Readonly<Record<string, string>>;

export interface LimitRow {
  parameterCode: string;
  /** What the row applies to, e.g. a grade; the method's own key. */
  appliesTo: string;
  min?: string;
  max?: string;
  unit: string;
  compareMode: CompareMode;
  /** Written digits of the limit (修约间隔), for rounded-value. */
  step?: string;
}

/** Limits of one standard, as data. */
export interface LimitTable {
  /** With edition: `GB 1499.2-2024`. */
  standard: string;
  clause: string;
  title: string;
  status: DataStatus;
  rows: readonly LimitRow[];
}

/** Permitted deviation of the age at test; `openEnded` rows hold for every age from `days` on. */
export interface AgeTolerance {
  days: number;
  toleranceHours: number;
  openEnded: boolean;
  clause: string;
  status: DataStatus;
}

/** When a sample is due. */
export type Timing =
  /** Specimens are tested at an age that the client asks for; days, the usual one first. */
  | { kind: 'age'; usualDays: readonly number[]; tolerances: readonly AgeTolerance[] }
  /** One sample, several ages, each with a record and a report of its own (3 d, then the supplementary 28 d). */
  | { kind: 'stages'; ageDays: readonly number[]; tolerances: readonly AgeTolerance[] }
  /** No age: due some days after reception. */
  | { kind: 'prompt'; turnaroundDays: number };

/** What the standard says of testing a failed sample again. What a method says nothing of is a person's decision. */
export interface RetestRule {
  /** Parameters that it is about; all of the method where not given. */
  parameters?: readonly string[];
  /** Whether a result with the verdict `retest` is tested again on further specimens. */
  allowed: boolean;
  clause: string;
  /** The rule as one sentence, with the number of specimens. */
  says: string;
}

export interface RateWindow {
  min_kN_s: string;
  max_kN_s: string;
  clause: string;
}

/** Upper and lower yield force, force at 0.2 % plastic extension, total extension at maximum force. */
export type CurveValue = 'FeH' | 'FeL' | 'Fp02' | 'Agt';

/** A reading that a testing machine delivers as the peak of a run. Several are run in this order. */
export interface Acquisition {
  /** The field, of `source: 'peak'`, that takes the peak (converted to its unit, kN or N). */
  field: string;
  /** The field that takes the mean loading rate, where the method looks at it. */
  rateField?: string;
  /** How the run is read; the peak of a crushing where not given. */
  detector?: 'compression' | 'tension';
  /** Fields, of `source: 'curve'`, that take what the run's curve says beside its peak. */
  curve?: Readonly<Partial<Record<CurveValue, string>>>;
  /** Window of the loading rate for a sample; null where none is tabled. */
  rateWindow?(properties: Readonly<Record<string, string>>): RateWindow | null;
  /** What a usual specimen reaches, kN: the training machine breaks there. `ageDays` is that of the task, where it has one. */
  usualLoad_kN?(properties: Readonly<Record<string, string>>, ageDays?: number | null): string | null;
  /** What the peak means while it is still arriving, e.g. the single strength. */
  preview?: {
    label: string;
    unit: string;
    /** `peak` is in the field's unit. */
    value(properties: Readonly<Record<string, string>>, peak: string): string | null;
  };
}

export interface MethodWarning {
  code: string;
  /** What was found. */
  message: string;
  meaning: string;
  next: string;
  field?: string;
  clause?: string;
  /** Who must learn of it beside the technician. */
  notify?: 'supervisor';
}

/** The figures are hardly possible: nobody signs before a person has looked, given a reason, and a second one agreed. */
export interface PlausibilityStop {
  code: string;
  message: string;
  meaning: string;
  next: string;
  /** The reading in question, `FeL_kN.1`. */
  field: string;
  clause?: string;
}

/** One parameter of the record and of the upload (provincial test-record results[]). */
export interface ParameterResult {
  parameterCode: string;
  name: string;
  /** Decimal string, several joined by `/`, words (无裂纹), or null where there is no number (试验结果无效). */
  value: string | null;
  unit: string;
  /** 技术要求 in words, or null when nothing is required of it. */
  requirement: string | null;
  verdict: Verdict;
}

/** What a method file's `evaluate` returns. */
export interface Evaluation<Outputs> {
  outputs: Outputs;
  trace: Trace;
  parameters: readonly ParameterResult[];
  /** False means 试验结果无效: no number exists and none may be printed. */
  valid: boolean;
  /** Sentence for record and report. */
  text: string;
  warnings?: readonly MethodWarning[];
  stops?: readonly PlausibilityStop[];
  /** Result tables of the original record and of the report. */
  record: readonly PaperTable[];
  report: readonly PaperTable[];
}

export interface MethodResult {
  valid: boolean;
  text: string;
  parameters: readonly ParameterResult[];
}

export interface MethodComputation<Outputs = unknown> {
  methodId: string;
  edition: Edition;
  /** The policies that were in force, complete, for the record. */
  policies: Policies;
  outputs: Outputs;
  trace: Trace;
  result: MethodResult;
  verdict: Verdict;
  warnings: readonly MethodWarning[];
  stops: readonly PlausibilityStop[];
  record: readonly PaperTable[];
  report: readonly PaperTable[];
}

export interface ComputeSettings {
  policies?: Policies;
  /** `Edition.id`; the newest when not given. */
  edition?: string;
  /** Codes of the commissioned parameters; all that the readings allow when not given. */
  parameters?: readonly string[];
}

/** Computes one line of a vector file; field names as under `expected` in `vectors/`. */
export type VectorComputer = (inputs: Readonly<Record<string, unknown>>) => Record<string, unknown>;

export interface TestMethod<Inputs = unknown, Outputs = unknown> {
  /** Stable id, `concrete-cube`. */
  id: string;
  name: string;
  /** What the method is for: tests of samples, or an evaluation of results that are already there. */
  purpose: 'sample' | 'field' | 'evaluation';
  /** Item code of the training catalogue; null for an evaluation, which no sample is received for. */
  itemCode: string | null;
  /** What a sample of it is usually called: 混凝土试块. */
  sampleName: string;
  parameters: readonly ParameterDeclaration[];
  /** Whether the names of a catalogue item and its parameters mean this test. */
  recognises(names: string): boolean;
  /** Newest first. */
  editions: readonly Edition[];
  sets: readonly SpecimenSet[];
  fields: readonly Field[];
  inputs: z.ZodType<Inputs>;
  policies: readonly PolicyDeclaration[];
  limits: readonly LimitTable[];
  /** Other data that a setting confirms, by its name, as tables to be compared with the printed standard. */
  references?: Readonly<Record<string, readonly PaperTable[]>>;
  timing: Timing;
  acquisitions: readonly Acquisition[];
  /** Rules of a retest; the first that names a parameter counts. */
  retests?: readonly RetestRule[];
  /** The report's own tables name all that a sample is described by: nothing of it is said above them. */
  describedInTables?: true;
  /** What a report remarks when a result of this test has no verdict. */
  unjudgedRemark?: string;
  /** Grade and size in the words of lists, labels and the platform. */
  describe(properties: Readonly<Record<string, string>>): { grade: string; spec: string };
  compute(inputs: unknown, settings?: ComputeSettings): MethodComputation<Outputs>;
  /** Names of the vector methods this file answers. */
  vectors: Readonly<Record<string, VectorComputer>>;
}

/** The tolerance for a required age, or null where the method's table has none: then a person decides. */
export function ageTolerance(method: Pick<TestMethod, 'timing'>, days: number): AgeTolerance | null {
  const table = method.timing.kind === 'prompt' ? [] : method.timing.tolerances;
  const exact = table.find((row) => row.days === days && !row.openEnded);
  return exact ?? table.find((row) => row.openEnded && days >= row.days) ?? null;
}
