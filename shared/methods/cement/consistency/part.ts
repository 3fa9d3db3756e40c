// What each of the three determinations gives to the record: its figure, steps, verdict, findings, words and tables.
import type { EvaluationContext } from '../../define.ts';
import { comparisonStep } from '../../judge.ts';
import type { BoundLimit } from '../../judge.ts';
import type { MethodWarning, ParameterResult, PlausibilityStop, Verdict } from '../../method.ts';
import type { PaperTable } from '../../table.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import { TEST_2024 } from './data.ts';

export const NOT_CHECKED = '限值未与标准原文核对，需人工判定';

/** One line of the report: 检测项目, 技术要求, 检测结果, 单项判定. */
export type ReportRow = readonly [item: string, requirement: string, result: string, verdict: string];

export interface Part<Outputs> {
  outputs: Outputs;
  parameter: ParameterResult;
  trace: TraceStep[];
  warnings: MethodWarning[];
  stops: PlausibilityStop[];
  /** Clause of the report's sentence. */
  words: string;
  record: PaperTable[];
  rows: ReportRow[];
}

export const LOOK = '请核对读数、样品编号和单位，说明原因并由第二人确认后继续；必要时重新试验。';

/** Limits judge only where every standard they rest on may; what GB/T 1346-2024 changed touches every reading. */
export function mayJudge({ edition, judges }: EvaluationContext, usesTestRule: boolean): boolean {
  const product = edition.judgement !== null && judges(edition.judgement);
  return product && (!(usesTestRule || edition.test === TEST_2024) || judges(edition.test));
}

/** The comparison as a step; nothing that looks like a verdict stands in it while the limits are drafts. */
export function limitStep(name: string, value: string, limit: BoundLimit, judges: boolean): TraceStep {
  const step = comparisonStep(name, value, limit);
  return judges ? step : { ...step, value: null, rule: NOT_CHECKED };
}

export const unchecked = (judges: boolean): string => (judges ? '' : '（待核对）');

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  qualified: '符合',
  unqualified: '不符合',
  retest: '需复检',
  'not-judged': '需人工判定',
};

/** Clauses are written without a year where both editions have them; the record names the edition that was worked by. */
export function atEdition<T extends { clause?: string }>(items: readonly T[], test: string): T[] {
  return items.map((item) =>
    item.clause === undefined ? item : { ...item, clause: item.clause.replace(/^GB\/T 1346 /, `${test} `) },
  );
}
