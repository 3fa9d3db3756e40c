// Grading zone and class of a sand. The zone is the one in whose range the 630 μm sieve lies; on the other sieves but
// 5.00 mm the figures may leave the range by 5 % in total.
import { Exact, roundRatio } from '../../foundation/decimal.ts';
import { sumOf } from '../../foundation/statistics.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import { limitOf, meets, requirementText } from '../../judge.ts';
import { STANDARD } from '../jgj52.ts';
import {
  CLASSES,
  CLAUSE_CLASS,
  CLAUSE_TEST,
  CLAUSE_ZONE,
  DECIDING_SIEVE,
  EXCESS_ALLOWED,
  FINENESS,
  HARD_SIEVES,
  SIEVES,
  SIEVE_LIMITS,
  ZONES,
} from './data.ts';
import type { SandClass, Zone } from './data.ts';

export interface Grading {
  /** Null where the 630 μm sieve lies in no zone. */
  zone: Zone | null;
  /** Total excess over the zone's limits, 5.00 mm and 630 μm not counted. */
  excess_percent: string | null;
  meets: boolean;
  trace: TraceStep[];
}

/** How far a value lies outside its range. */
function outside(value: string, [min, max]: readonly [string, string]): Exact {
  const figure = new Exact(value);
  if (figure.lessThan(min)) return new Exact(min).minus(figure);
  return figure.greaterThan(max) ? figure.minus(max) : new Exact(0);
}

/** Mean of the two portions' cumulative percentages, to 1 %. */
export function averageCumulative(first: readonly string[], second: readonly string[]): string[] {
  return first.map((value, index) => roundRatio(sumOf([value, second[index] ?? value]), new Exact(2), '1'));
}

export function averageTrace(
  first: readonly string[],
  second: readonly string[],
  means: readonly string[],
): TraceStep[] {
  return means.map((value, index) => ({
    name: `${SIEVES[index]} 平均累计筛余`,
    formula: '(A1 + A2) / 2',
    substituted: `(${first[index]} + ${second[index]}) / 2`,
    value,
    unit: '%',
    rule: '两次试验的平均值，修约至 1%',
    clause: CLAUSE_TEST,
  }));
}

/** Six cumulative percentages, coarsest sieve first. */
export function gradingOf(cumulative: readonly string[]): Grading {
  const clause = `${STANDARD} ${CLAUSE_ZONE}`;
  const deciding = cumulative[DECIDING_SIEVE] ?? '0';
  const found = ZONES.find(({ ranges }) => outside(deciding, ranges[DECIDING_SIEVE]).isZero());
  const zoneStep: TraceStep = {
    name: '级配区',
    formula: '按 630 μm 筛的累计筛余确定',
    substituted: `${deciding}%`,
    value: found === undefined ? null : `${found.zone}区`,
    rule: found === undefined ? '不在任何级配区之内' : `${found.zone}区为 ${found.ranges[DECIDING_SIEVE].join('～')}%`,
    clause,
  };
  if (found === undefined) return { zone: null, excess_percent: null, meets: false, trace: [zoneStep] };
  const over = found.ranges.map((range, index) => ({
    sieve: SIEVES[index],
    hard: HARD_SIEVES.includes(index),
    excess: outside(cumulative[index] ?? '0', range),
  }));
  const soft = over.filter(({ hard }) => !hard);
  const total = soft.reduce((sum, { excess }) => sum.plus(excess), new Exact(0));
  const hardMet = over.every(({ hard, excess }) => !hard || excess.isZero());
  const isMet = hardMet && total.lessThanOrEqualTo(EXCESS_ALLOWED);
  const parts = soft
    .filter(({ excess }) => !excess.isZero())
    .map(({ sieve, excess }) => `${sieve} ${excess.toFixed()}`);
  return {
    zone: found.zone,
    excess_percent: total.toFixed(),
    meets: isMet,
    trace: [
      zoneStep,
      {
        name: '5.00 mm 筛的累计筛余',
        formula: `${found.zone}区 ${found.ranges[0].join('～')}%`,
        substituted: `${cumulative[0]}%`,
        value: hardMet ? '符合' : '不符合',
        rule: '5.00 mm 和 630 μm 筛不得超出',
        clause,
      },
      {
        name: '总超出量',
        formula: '除 5.00 mm 和 630 μm 外各筛超出量之和',
        substituted: parts.length === 0 ? '无超出' : parts.join(' + '),
        value: total.toFixed(),
        unit: '%',
        rule: `${total.lessThanOrEqualTo(EXCESS_ALLOWED) ? '不超过' : '超过'} ${EXCESS_ALLOWED}%`,
        clause,
      },
    ],
  };
}

export interface Classified {
  sandClass: SandClass | null;
  step: TraceStep;
}

/** 粗, 中, 细 or 特细砂 by the mean fineness modulus (to 0.1). */
export function classOf(finenessModulus: string): Classified {
  for (const sandClass of CLASSES) {
    const limit = limitOf(SIEVE_LIMITS, STANDARD, FINENESS, sandClass);
    if (limit === null || !meets(finenessModulus, limit)) continue;
    return { sandClass, step: classStep(finenessModulus, sandClass, `${sandClass} ${requirementText(limit)}`) };
  }
  return { sandClass: null, step: classStep(finenessModulus, null, '不在粗、中、细、特细砂的范围之内') };
}

function classStep(finenessModulus: string, value: SandClass | null, rule: string): TraceStep {
  const clause = `${STANDARD} ${CLAUSE_CLASS}`;
  return { name: '规格', formula: '按细度模数分类', substituted: finenessModulus, value, rule, clause };
}
