// The arithmetic of the crushing index: what of each of three portions passes the 2.50 mm sieve after pressing, and the mean.
import { Exact, refusal, roundRatio } from '../../foundation/decimal.ts';
import { sumOf } from '../../foundation/statistics.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import { CLAUSE } from './data.ts';

const STEP = '0.1';

export interface Crushed {
  single_percent: string[];
  result_percent: string;
  trace: TraceStep[];
}

/** `fieldOf` names the field a refusal points to for a portion. */
export function crushed(
  pairs: readonly (readonly [before: string, retained: string])[],
  meanStep: string,
  fieldOf: (portion: number) => string,
): Crushed {
  const singles = pairs.map(([before, retained], index) => {
    const mass = new Exact(before);
    const fines = mass.minus(retained);
    if (mass.isZero()) {
      throw refusal('METHOD_ZERO', `压碎试样 ${index + 1} 的质量为零。`, fieldOf(index), CLAUSE);
    }
    if (fines.isNegative()) {
      const message = `压碎试样 ${index + 1} 筛上剩留 ${retained} g，大于试样质量 ${before} g。`;
      throw refusal('METHOD_CONFLICT', message, fieldOf(index), CLAUSE, '请核对两次称量是否填反。');
    }
    return roundRatio(fines.times(100), mass, STEP);
  });
  const result = roundRatio(sumOf(singles), new Exact(singles.length), meanStep);
  const trace: TraceStep[] = singles.map((value, index) => ({
    name: `压碎试样 ${index + 1} 压碎值指标`,
    symbol: 'δa',
    formula: '(m0 − m1) / m0 × 100',
    substituted: `(${pairs[index]?.[0]} − ${pairs[index]?.[1]}) / ${pairs[index]?.[0]} × 100`,
    value,
    unit: '%',
    rule: `修约至 ${STEP}%`,
    clause: CLAUSE,
  }));
  trace.push({
    name: '压碎值指标',
    symbol: 'δa',
    formula: '(δa1 + δa2 + δa3) / 3',
    substituted: `(${singles.join(' + ')}) / ${singles.length}`,
    value: result,
    unit: '%',
    rule: `三次试验的平均值，修约至 ${meanStep}%`,
    clause: CLAUSE,
  });
  return { single_percent: singles, result_percent: result, trace };
}
