// Pass rate and decision of GB 50204-2015 appendix E: at least 90 % passes; from 80 % to under 90 % as many members again
// may be taken, and then all points together must reach 90 %; no failing point may exceed 1.5 times the tolerance.
import { Exact, refusal, roundRatio } from '../../foundation/decimal.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import { CLAUSE_RATE, RATE, RATE_AGAIN, RATE_STEP, WORST_MULTIPLE } from './data.ts';
import type { CoverPoint } from './points.ts';

export interface Rate {
  points: number;
  passed: number;
  percent: string;
}

export type Decision = 'qualified' | 'unqualified' | 'retest';

export interface CoverDecision {
  first: Rate;
  /** Both samplings together; null without a second one. */
  total: Rate | null;
  /** Points beyond 1.5 times the tolerance. */
  beyondWorst: number;
  decision: Decision;
  trace: TraceStep[];
}

function rateOf(points: readonly CoverPoint[]): Rate {
  const passed = points.filter(({ withinTolerance }) => withinTolerance).length;
  return {
    points: points.length,
    passed,
    percent: roundRatio(new Exact(passed).times(100), new Exact(points.length), RATE_STEP),
  };
}

/** passed/points ≥ share %, with nothing divided. */
const reaches = ({ points, passed }: Rate, share: string): boolean =>
  new Exact(passed).times(100).greaterThanOrEqualTo(new Exact(points).times(share));

function rateStep(name: string, { points, passed, percent }: Rate, rule: string): TraceStep {
  return {
    name,
    formula: '合格点数 / 检测点数 × 100',
    substituted: `${passed} / ${points} × 100`,
    value: percent,
    unit: '%',
    rule: `${rule}（以未修约值比较）`,
    clause: CLAUSE_RATE,
  };
}

export function decide(firstPoints: readonly CoverPoint[], againPoints: readonly CoverPoint[] | null): CoverDecision {
  const first = rateOf(firstPoints);
  const worstAtFirst = firstPoints.some(({ withinWorst }) => !withinWorst);
  const atFirst: Decision =
    worstAtFirst || !reaches(first, RATE_AGAIN) ? 'unqualified' : reaches(first, RATE) ? 'qualified' : 'retest';
  const all = [...firstPoints, ...(againPoints ?? [])];
  const beyondWorst = all.filter(({ withinWorst }) => !withinWorst).length;
  const firstWords: Readonly<Record<Decision, string>> = {
    qualified: `不小于 ${RATE}%`,
    retest: `小于 ${RATE}% 但不小于 ${RATE_AGAIN}%，可再抽取相同数量的构件`,
    unqualified: reaches(first, RATE_AGAIN) ? `不小于 ${RATE_AGAIN}%，但有不合格点超过限度` : `小于 ${RATE_AGAIN}%`,
  };
  const worstStep: TraceStep = {
    name: `偏差大于允许偏差 ${WORST_MULTIPLE} 倍的点数`,
    formula: `偏差 > ${WORST_MULTIPLE} × 允许偏差`,
    value: String(beyondWorst),
    rule: beyondWorst === 0 ? '没有，符合' : '有，不合格',
    clause: CLAUSE_RATE,
  };
  const firstStep = rateStep('首次抽样合格率', first, firstWords[atFirst]);
  if (againPoints === null) {
    return { first, total: null, beyondWorst, decision: atFirst, trace: [firstStep, worstStep] };
  }
  if (atFirst !== 'retest') {
    const message = `首次抽样合格率 ${first.percent}%（${firstWords[atFirst]}），不应再次抽样。`;
    const next = '首次结果即为检验结果；请删去再次抽样的数据。';
    throw refusal('METHOD_CONFLICT', message, 'againReadings_mm', CLAUSE_RATE, next);
  }
  const total = rateOf(all);
  const passes = reaches(total, RATE);
  return {
    first,
    total,
    beyondWorst,
    decision: passes && beyondWorst === 0 ? 'qualified' : 'unqualified',
    trace: [
      firstStep,
      rateStep('两次抽样总和的合格率', total, passes ? `不小于 ${RATE}%` : `小于 ${RATE}%`),
      worstStep,
    ],
  };
}
