// The shape of a test method file. A method is one file: what is read, what is computed under which clause, which
// readings of the standard are a choice of the lab (policies), and the data it rests on. The same object serves the
// live preview in the renderer and the authoritative computation in core, so it is pure and knows no storage.
import type { z } from 'zod';
import { refusal } from './decimal.ts';
import type { ReadingDeclaration } from './readings.ts';
import type { Trace } from './trace.ts';

export type { Trace, TraceStep } from './trace.ts';
export type { ReadingDeclaration } from './readings.ts';

/** `not-judged` is never a pass. */
export type Verdict = 'qualified' | 'unqualified' | 'not-judged';

/** Only verified rows judge by themselves; a draft row answers 需人工判定. */
export type DataStatus = 'verified' | 'draft';

export interface StandardReference {
  /** `GB/T 50081`. */
  number: string;
  /** `2019`. */
  edition: string;
  title: string;
  /** First day in force, `2020-06-01`. */
  inForceFrom: string;
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
  /** What the row applies to, e.g. a grade. */
  appliesTo: string;
  min?: string;
  max?: string;
  unit: string;
  compareMode: 'full-value' | 'rounded-value';
  standard: string;
  clause: string;
  status: DataStatus;
}

/** Permitted deviation of the age at test; `openEnded` rows hold for every age from `days` on. */
export interface AgeTolerance {
  days: number;
  toleranceHours: number;
  openEnded: boolean;
  clause: string;
  status: DataStatus;
}

/** Loading rate for a class of expected strength: from (inclusive) and below (exclusive), MPa. */
export interface LoadingRateWindow {
  from_MPa: string | null;
  below_MPa: string | null;
  min_MPa_s: string;
  max_MPa_s: string;
  clause: string;
  status: DataStatus;
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

/** One parameter of the record and of the upload (provincial test-record results[]). */
export interface ParameterResult {
  parameterCode: string;
  name: string;
  /** Decimal string, or null where there is no number (试验结果无效). */
  value: string | null;
  unit: string;
  /** 技术要求 in words, or null when nothing is required of it. */
  requirement: string | null;
  verdict: Verdict;
}

export interface MethodResult {
  /** False means 试验结果无效: no number exists and none may be printed. */
  valid: boolean;
  /** Sentence for record and report. */
  text: string;
  parameters: readonly ParameterResult[];
}

export interface MethodComputation<Outputs> {
  methodId: string;
  standard: string;
  /** The policies that were in force, complete, for the record. */
  policies: Policies;
  outputs: Outputs;
  trace: Trace;
  result: MethodResult;
  verdict: Verdict;
  warnings: readonly MethodWarning[];
}

/** Computes one line of a vector file; field names as under `expected` in method-vectors.json. */
export type VectorComputer = (inputs: Readonly<Record<string, unknown>>) => Record<string, unknown>;

export interface TestMethod<Inputs = unknown, Outputs = unknown> {
  /** Stable id, `concrete-cube`. */
  id: string;
  name: string;
  /** Item code and parameter codes of the platform's catalogue. */
  itemCode: string;
  parameterCodes: readonly string[];
  /** Whether the names of a catalogue item and its parameters mean this test. */
  recognises(names: string): boolean;
  standard: StandardReference;
  specimens: { count: number; label: string };
  readings: readonly ReadingDeclaration[];
  inputs: z.ZodType<Inputs>;
  policies: readonly PolicyDeclaration[];
  limits: readonly LimitRow[];
  ages: readonly AgeTolerance[];
  loadingRates: readonly LoadingRateWindow[];
  /** What the original record and the report must show, in order. */
  recordItems: readonly string[];
  reportColumns: readonly string[];
  compute(inputs: unknown, policies?: Policies): MethodComputation<Outputs>;
  /** Names of the vector methods this file answers. */
  vectors: Readonly<Record<string, VectorComputer>>;
}

/** Fills in defaults; an unknown policy or option is refused, never ignored. */
export function resolvePolicies(declarations: readonly PolicyDeclaration[], chosen: Policies = {}): Policies {
  for (const name of Object.keys(chosen)) {
    if (!declarations.some((declaration) => declaration.name === name)) {
      const known = declarations.map((declaration) => declaration.name).join('、') || '无';
      throw refusal('METHOD_POLICY_UNKNOWN', `本方法没有名为“${name}”的设置（可用：${known}）。`, `policies.${name}`);
    }
  }
  const resolved: Record<string, string> = {};
  for (const declaration of declarations) {
    const value = chosen[declaration.name] ?? declaration.default;
    if (!declaration.options.some((option) => option.value === value)) {
      const options = declaration.options.map((option) => option.value).join('、');
      throw refusal(
        'METHOD_POLICY_UNKNOWN',
        `设置“${declaration.label}”没有选项“${value}”（可选：${options}）。`,
        `policies.${declaration.name}`,
        declaration.clause,
        '请在方法设置中选择所列选项之一。',
      );
    }
    resolved[declaration.name] = value;
  }
  return resolved;
}

/** The tolerance for a required age, or null where the method's table has none: then a person decides. */
export function ageTolerance(method: Pick<TestMethod, 'ages'>, days: number): AgeTolerance | null {
  const exact = method.ages.find((row) => row.days === days && !row.openEnded);
  return exact ?? method.ages.find((row) => row.openEnded && days >= row.days) ?? null;
}
