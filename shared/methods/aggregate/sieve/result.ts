// From two portions to what the sample is: mean fineness modulus, averaged grading, and one result for each parameter
// that is asked for.
import type { TraceStep } from '../../foundation/trace.ts';
import type { MethodWarning, ParameterResult } from '../../method.ts';
import { STANDARD } from '../jgj52.ts';
import { CLAUSE_TEST, FINENESS, GRADING } from './data.ts';
import type { SandClass, Zone } from './data.ts';
import { ANY_ZONE, classRequirement, finenessFinding, gradingFinding } from './findings.ts';
import type { Asked, Finding } from './findings.ts';
import { averageCumulative, averageTrace } from './grading.ts';
import { finenessMean } from './portion.ts';
import type { FinenessMean, Portion } from './portion.ts';

export interface SandSieveOutputs {
  portions: Omit<Portion, 'trace'>[];
  /** Null where a portion was not accepted. */
  finenessDifference: string | null;
  /** Mean of the two, 0.1; null when invalid. */
  finenessModulus: string | null;
  /** Six sieves, mean of the two, 1 %; null when invalid. */
  cumulativeMean_percent: string[] | null;
  /** Class and zone stay null while the limits may not judge. */
  sandClass: SandClass | null;
  zone: Zone | null;
  zoneExcess_percent: string | null;
}

export interface SieveResult {
  outputs: SandSieveOutputs;
  mean: FinenessMean | null;
  parameters: ParameterResult[];
  trace: TraceStep[];
  warnings: MethodWarning[];
  text: string;
}

function invalidResult(
  outputs: SandSieveOutputs,
  mean: FinenessMean | null,
  trace: TraceStep[],
  at: Asked,
): SieveResult {
  const none = { value: null, verdict: 'not-judged' as const };
  const parameters: ParameterResult[] = [
    { parameterCode: FINENESS, name: '细度模数', unit: '', requirement: classRequirement(at.requiredClass), ...none },
    { parameterCode: GRADING, name: '颗粒级配', unit: '%', requirement: ANY_ZONE, ...none },
  ];
  return {
    outputs,
    mean,
    parameters: parameters.filter(({ parameterCode }) => at.asked(parameterCode)),
    trace,
    warnings: [],
    text: '该砂样筛分析试验结果无效，应重新取样试验。',
  };
}

function unqualified({ parameter, words, clause }: Finding): MethodWarning {
  return {
    code: 'SAND_SIEVE_UNQUALIFIED',
    message: `${parameter.name}不合格：${words}。`,
    meaning: '该砂样不符合标准或委托的要求。',
    next: '请通知质量负责人，并列入不合格台账。',
    clause: `${STANDARD} ${clause}`,
    notify: 'supervisor',
  };
}

export function sieveResult(portions: readonly Portion[], at: Asked): SieveResult {
  const [first, second] = portions;
  const trace = portions.flatMap((portion) => portion.trace);
  const outputs: SandSieveOutputs = {
    portions: portions.map(({ loss_percent, accepted, individual_percent, cumulative_percent, finenessModulus }) => ({
      loss_percent,
      accepted,
      individual_percent,
      cumulative_percent,
      finenessModulus,
    })),
    finenessDifference: null,
    finenessModulus: null,
    cumulativeMean_percent: null,
    sandClass: null,
    zone: null,
    zoneExcess_percent: null,
  };
  if (
    first === undefined ||
    second === undefined ||
    first.finenessModulus === null ||
    second.finenessModulus === null ||
    first.cumulative_percent === null ||
    second.cumulative_percent === null
  ) {
    trace.push({
      name: '细度模数',
      symbol: 'μf',
      formula: '—',
      value: null,
      rule: '有试样的筛余与筛底之和与试样质量相差超过 1%，试验结果无效，应重新试验',
      clause: CLAUSE_TEST,
    });
    return invalidResult(outputs, null, trace, at);
  }
  const mean = finenessMean(first.finenessModulus, second.finenessModulus);
  const moduli = [first.finenessModulus, second.finenessModulus];
  outputs.finenessDifference = mean.difference;
  trace.push({
    name: '两次细度模数之差',
    formula: '|μf1 − μf2|',
    substituted: `|${moduli.join(' − ')}|`,
    value: mean.difference,
    rule: mean.status === 'ok' ? '不大于 0.20' : '大于 0.20，试验结果无效，应重新取样试验',
    clause: CLAUSE_TEST,
  });
  trace.push({
    name: '细度模数',
    symbol: 'μf',
    formula: '(μf1 + μf2) / 2',
    substituted: `(${moduli.join(' + ')}) / 2`,
    value: mean.result,
    rule: mean.result === null ? '试验结果无效，没有平均值' : '两次试验的平均值，修约至 0.1',
    clause: CLAUSE_TEST,
  });
  if (mean.result === null) return invalidResult(outputs, mean, trace, at);

  const cumulative = averageCumulative(first.cumulative_percent, second.cumulative_percent);
  trace.push(...averageTrace(first.cumulative_percent, second.cumulative_percent, cumulative));
  const fineness = finenessFinding(mean.result, at);
  const grading = gradingFinding(cumulative, fineness.sandClass, at);
  const findings: Finding[] = [fineness, grading].filter(({ parameter }) => at.asked(parameter.parameterCode));
  return {
    outputs: {
      ...outputs,
      finenessModulus: mean.result,
      cumulativeMean_percent: cumulative,
      sandClass: fineness.sandClass,
      zone: grading.zone,
      zoneExcess_percent: grading.excess_percent,
    },
    mean,
    parameters: findings.map(({ parameter }) => parameter),
    trace: [...trace, ...findings.flatMap((finding) => finding.trace)],
    warnings: findings.filter(({ parameter }) => parameter.verdict === 'unqualified').map(unqualified),
    text: `该砂样${findings.map(({ words }) => words).join('；')}。`,
  };
}
