// What the figures of a sieve analysis mean: class by fineness modulus and grading zone, each as a parameter's result, the
// steps that decided it, and its words in the report's sentence. While the limits may not judge, it means nothing yet.
import type { TraceStep } from '../../foundation/trace.ts';
import { comparisonStep, limitOf, meets, requirementText, verdictOf } from '../../judge.ts';
import type { ParameterResult } from '../../method.ts';
import { STANDARD, UNCHECKED } from '../jgj52.ts';
import { CLAUSE_CLASS, CLAUSE_ZONE, FINENESS, GRADING, SIEVE_LIMITS } from './data.ts';
import type { SandClass, Zone } from './data.ts';
import { classOf, gradingOf } from './grading.ts';

export interface Asked {
  /** 委托要求的规格, where the commission names one. */
  requiredClass: SandClass | undefined;
  asked(parameterCode: string): boolean;
  judges: boolean;
}

export interface Finding {
  parameter: ParameterResult;
  trace: TraceStep[];
  words: string;
  clause: string;
}

export const ANY_ZONE = '应处于Ⅰ、Ⅱ、Ⅲ级配区之一';

export function classRequirement(requiredClass: SandClass | undefined): string | null {
  if (requiredClass === undefined) return null;
  const limit = limitOf(SIEVE_LIMITS, STANDARD, FINENESS, requiredClass);
  return limit === null ? null : `${requiredClass} ${requirementText(limit)}`;
}

export function finenessFinding(value: string, at: Asked): Finding & { sandClass: SandClass | null } {
  const requirement = classRequirement(at.requiredClass);
  const open: ParameterResult = {
    parameterCode: FINENESS,
    name: '细度模数',
    value,
    unit: '',
    requirement,
    verdict: 'not-judged',
  };
  const clause = CLAUSE_CLASS;
  const head = `细度模数为 ${value}`;
  if (!at.judges) {
    return { parameter: open, trace: [], words: `${head}（规格的${UNCHECKED}）`, clause, sandClass: null };
  }
  const { sandClass, step } = classOf(value);
  const words = `${head}，${sandClass === null ? '不属于粗、中、细、特细砂中的任何一种' : `属${sandClass}`}`;
  const limit = at.requiredClass === undefined ? null : limitOf(SIEVE_LIMITS, STANDARD, FINENESS, at.requiredClass);
  if (limit === null) return { parameter: open, trace: [step], words, clause, sandClass };
  const isMet = meets(value, limit);
  return {
    parameter: { ...open, verdict: verdictOf(isMet, true) },
    trace: [step, comparisonStep('细度模数', value, limit)],
    words: `${words}，${isMet ? '符合' : '不符合'}委托要求的${at.requiredClass}规格`,
    clause,
    sandClass,
  };
}

export function gradingFinding(
  cumulative: readonly string[],
  sandClass: SandClass | null,
  at: Asked,
): Finding & { zone: Zone | null; excess_percent: string | null } {
  const open: ParameterResult = {
    parameterCode: GRADING,
    name: '颗粒级配',
    value: cumulative.join('/'),
    unit: '%',
    requirement: ANY_ZONE,
    verdict: 'not-judged',
  };
  const none = { trace: [], clause: CLAUSE_ZONE, zone: null, excess_percent: null };
  if (!at.judges) return { parameter: open, words: `颗粒级配的${UNCHECKED}`, ...none };
  // The three zones are made for coarse, medium and fine sand.
  if (sandClass === '特细砂') {
    return { parameter: { ...open, requirement: null }, words: '特细砂的颗粒级配不按级配区评定', ...none };
  }
  const { zone, excess_percent, meets: isMet, trace } = gradingOf(cumulative);
  const inZone = isMet ? `符合${zone}区的要求` : `按 630 μm 筛属${zone}区，不符合该区的要求`;
  const step: TraceStep = {
    name: '颗粒级配 判定',
    formula: zone === null ? ANY_ZONE : `${zone}区各筛的累计筛余`,
    substituted: cumulative.join('/'),
    value: isMet ? '符合' : '不符合',
    rule: '按 630 μm 筛定区；除 5.00 mm 和 630 μm 外总超出量不大于 5%',
    clause: `${STANDARD} ${CLAUSE_ZONE}`,
  };
  return {
    parameter: { ...open, requirement: zone === null ? ANY_ZONE : `${zone}区`, verdict: verdictOf(isMet, true) },
    trace: [...trace, step],
    words: zone === null ? '颗粒级配不在Ⅰ、Ⅱ、Ⅲ级配区之内' : `颗粒级配${inZone}`,
    clause: CLAUSE_ZONE,
    zone,
    excess_percent,
  };
}
