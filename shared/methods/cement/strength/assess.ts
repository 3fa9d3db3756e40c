// One age of one cement: strengths of the asked parameters, their limits of this age, verdicts, and the sentence. A void
// group (作废) has no number and is never 不合格; the other parameter stands for itself.
import { refusal } from '../../foundation/decimal.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import type { EvaluationContext } from '../../define.ts';
import { comparisonStep, meets, requireLimit, requirementText, verdictOf } from '../../judge.ts';
import type { BoundLimit } from '../../judge.ts';
import type { ParameterResult, Verdict } from '../../method.ts';
import type { ProductStandard } from '../kinds.ts';
import { COMPRESSION, FLEXURE, STRENGTH_LIMITS, limitKey } from './data.ts';
import type { StrengthInputs } from './fields.ts';
import { compressiveStrength, flexuralStrength } from './outliers.ts';
import type { GroupStrength, Outlier, OutlierMean, StrengthRule } from './outliers.ts';
import { FORMULAS, singleSteps, singleStrength } from './singles.ts';
import type { StrengthKind } from './singles.ts';

export const NOT_CHECKED = '限值未与标准原文核对，需人工判定';

export interface StrengthOutputs {
  single_MPa: string[];
  rule: StrengthRule;
  outliers: Outlier[];
  result_MPa: string | null;
}

export interface Assessed {
  what: StrengthKind;
  code: string;
  /** `3 d 抗折强度`. */
  name: string;
  /** Field of the loads, for stops. */
  field: string;
  loads: readonly string[];
  outputs: StrengthOutputs;
  trace: TraceStep[];
  limit: BoundLimit;
  /** Whether the limits of the standard may judge. */
  judges: boolean;
  requirement: string;
  verdict: Verdict;
}

const CODES: Readonly<Record<StrengthKind, string>> = { flexure: FLEXURE, compression: COMPRESSION };
const FIELDS: Readonly<Record<StrengthKind, string>> = {
  flexure: 'flexureLoads_N',
  compression: 'compressionLoads_kN',
};

function judgementStep(assessed: Pick<Assessed, 'name' | 'limit' | 'judges'>, value: string): TraceStep {
  const step = comparisonStep(assessed.name, value, assessed.limit);
  // Nothing that looks like a verdict stands in the trace while the limits are drafts.
  return assessed.judges ? step : { ...step, value: null, rule: NOT_CHECKED };
}

function assess(
  what: StrengthKind,
  loads: readonly string[],
  inputs: StrengthInputs,
  { edition, policies, judges }: EvaluationContext,
): Assessed {
  const standard = edition.judgement as ProductStandard;
  const mode = policies['meanForOutliers'] as OutlierMean;
  const singles = loads.map((load) => singleStrength(what, load));
  const group: GroupStrength =
    what === 'flexure' ? flexuralStrength(singles, mode) : compressiveStrength(singles, mode);
  const code = CODES[what];
  const key = limitKey(standard, inputs.kind, inputs.grade, inputs.age_d);
  const limit = requireLimit(STRENGTH_LIMITS, standard, code, key, 'grade');
  const mayJudge = judges(standard);
  const name = `${inputs.age_d} d ${FORMULAS[what].label}`;
  const result = group.result_MPa;
  const common = { name, limit, judges: mayJudge };
  return {
    ...common,
    what,
    code,
    field: FIELDS[what],
    loads,
    outputs: { single_MPa: singles, rule: group.rule, outliers: group.outliers, result_MPa: result },
    trace: [
      ...singleSteps(what, loads, singles),
      ...group.trace,
      ...(result === null ? [] : [judgementStep(common, result)]),
    ],
    requirement: `${requirementText(limit)}${mayJudge ? '' : '（待核对）'}`,
    verdict: result === null ? 'not-judged' : verdictOf(meets(result, limit), mayJudge),
  };
}

/** The parameters that are asked for; without a commission, those that have readings. */
export function assessAll(inputs: StrengthInputs, context: EvaluationContext): Assessed[] {
  const { flexureLoads_N: flexure, compressionLoads_kN: compression } = inputs;
  const found: Assessed[] = [];
  if (flexure !== undefined && context.asked(FLEXURE)) found.push(assess('flexure', flexure, inputs, context));
  if (compression !== undefined && context.asked(COMPRESSION)) {
    found.push(assess('compression', compression, inputs, context));
  }
  if (found.length > 0) return found;
  const message = '缺少“抗折荷载”和“抗压荷载”。';
  throw refusal('METHOD_MISSING', message, FIELDS.flexure, FORMULAS.flexure.clause, '请采集或录入所委托参数的荷载。');
}

export function parameterOf(assessed: Assessed): ParameterResult {
  return {
    parameterCode: assessed.code,
    name: assessed.name,
    value: assessed.outputs.result_MPa,
    unit: 'MPa',
    requirement: assessed.requirement,
    verdict: assessed.verdict,
  };
}

const NO_RESULT: Readonly<Record<StrengthKind, string>> = {
  flexure: '三个值均超出平均值的 ±10%，无试验结果',
  compression: '试验结果作废',
};

function clauseOf({ name, outputs, judges, verdict, what }: Assessed): string {
  if (outputs.result_MPa === null) return `${name}${NO_RESULT[what]}，应重新试验`;
  const value = `${name}为 ${outputs.result_MPa} MPa`;
  if (!judges) return `${value}（${NOT_CHECKED}）`;
  return `${value}，${verdict === 'qualified' ? '符合' : '不符合'}要求`;
}

/** The report's sentence for this age. */
export function sentence(all: readonly Assessed[], inputs: StrengthInputs, standard: string): string {
  const valid = all.some((assessed) => assessed.outputs.result_MPa !== null);
  const basis = `按 ${standard} ${inputs.kind} ${inputs.grade} 的 ${inputs.age_d} d 强度要求`;
  const clauses = all.map(clauseOf).join('；');
  const later = inputs.age_d === '3' ? '28 d 强度另出补充报告。' : '本次为 28 d 补充报告。';
  return valid ? `${basis}，${clauses}。${later}` : `试验结果无效：${clauses}。${later}`;
}
