// Estimate of the strength (推定值) from the strengths of the zones. Strengths come as decimals or as `<10.0`, `>60.0`.
import { Exact, roundRatio } from '../../foundation/decimal.ts';
import { leastOf, meanOf, standardDeviationOf } from '../../foundation/statistics.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import { BATCH_SCATTER, CLAUSE_BATCH, CLAUSE_ESTIMATE, FACTOR_K, RANGE, STATISTICAL_ZONES } from './data.ts';
import { ABOVE, BELOW } from './tableStrength.ts';

export type EstimateRule =
  /** Fewer than ten zones: the smallest. */
  | 'minimum'
  /** m − 1.645·S. */
  | 'statistical'
  /** A zone below 10.0 MPa: `<10.0`. */
  | 'below-range'
  /** A zone above 60.0 MPa: mean and deviation do not exist, no estimate. */
  | 'beyond-curve'
  /** The batch scatters too much: no estimate of the batch. */
  | 'split-batch';

export interface Estimate {
  rule: EstimateRule;
  min_MPa: string;
  mean_MPa: string | null;
  S_MPa: string | null;
  /** Decimal, `<10.0`, `>60.0`, or null where the standard gives none. */
  estimate_MPa: string | null;
  trace: TraceStep[];
}

export const ESTIMATE_RULE: Readonly<Record<EstimateRule, string>> = {
  minimum: `测区数少于 ${STATISTICAL_ZONES} 个，取最小值`,
  statistical: `m − ${FACTOR_K}·S`,
  'below-range': `有测区强度小于 ${RANGE.min_MPa} MPa`,
  'beyond-curve': `有测区强度大于 ${RANGE.max_MPa} MPa，不能计算平均值和标准差`,
  'split-batch': '该批离散过大，应全部按单个构件检测',
};

const isBelow = (zone: string): boolean =>
  zone === BELOW || (zone !== ABOVE && new Exact(zone).lessThan(RANGE.min_MPa));

/** m − 1.645·S from mean and deviation as printed; below the curve's range only in words. */
export function statisticalEstimate(mean: string, deviation: string): string {
  const value = roundRatio(new Exact(mean).minus(new Exact(FACTOR_K).times(deviation)), new Exact(1), '0.1');
  return new Exact(value).lessThan(RANGE.min_MPa) ? BELOW : value;
}

/** Whether a batch with this mean and deviation (as printed) is none. */
export function scattersTooMuch(mean: string, deviation: string): boolean {
  if (new Exact(mean).greaterThan(RANGE.max_MPa)) return false;
  const row = BATCH_SCATTER.find(({ below_MPa: below }) => below === null || new Exact(mean).lessThan(below));
  return row !== undefined && new Exact(deviation).greaterThan(row.max_MPa);
}

const step = (name: string, formula: string, value: string | null, rule: string): TraceStep => ({
  name,
  formula,
  value,
  unit: 'MPa',
  rule,
  clause: CLAUSE_ESTIMATE,
});

export function estimateOf(zones: readonly string[], scope: 'member' | 'batch'): Estimate {
  const numbers = zones.filter((zone) => zone !== BELOW && zone !== ABOVE);
  if (zones.some(isBelow)) {
    const trace = [step('强度推定值', 'fcu,e', BELOW, ESTIMATE_RULE['below-range'])];
    return { rule: 'below-range', min_MPa: BELOW, mean_MPa: null, S_MPa: null, estimate_MPa: BELOW, trace };
  }
  const least = numbers.length === 0 ? ABOVE : roundRatio(new Exact(leastOf(numbers)), new Exact(1), '0.1');
  const trace = [step('测区强度最小值', 'fcu,min', least, `${zones.length} 个测区中的最小值`)];
  const statistical = zones.length >= STATISTICAL_ZONES || scope === 'batch';
  if (zones.includes(ABOVE)) {
    const rule = statistical ? 'beyond-curve' : 'minimum';
    const estimate = statistical ? null : least;
    trace.push(step('强度推定值', 'fcu,e', estimate, ESTIMATE_RULE[rule]));
    return { rule, min_MPa: least, mean_MPa: null, S_MPa: null, estimate_MPa: estimate, trace };
  }
  const mean = meanOf(zones, '0.1');
  trace.push({ ...step('强度平均值', 'Σf / n', mean, '修约至 0.1 MPa'), symbol: 'm', substituted: zones.join('、') });
  if (!statistical) {
    trace.push(step('强度推定值', 'fcu,min', least, ESTIMATE_RULE.minimum));
    return { rule: 'minimum', min_MPa: least, mean_MPa: mean, S_MPa: null, estimate_MPa: least, trace };
  }
  const deviation = standardDeviationOf(zones, '0.01');
  const formula = '√[(n·Σf² − (Σf)²) / (n(n − 1))]';
  trace.push({ ...step('强度标准差', formula, deviation, '用未修约的平均值，修约至 0.01 MPa'), symbol: 'S' });
  if (scope === 'batch') {
    const split = scattersTooMuch(mean, deviation);
    const limits = BATCH_SCATTER.map(({ mean: range, max_MPa: max }) => `${range} 时 S > ${max} MPa`).join('，');
    trace.push({
      name: '批的离散',
      formula: limits,
      substituted: `m ${mean}，S ${deviation}`,
      value: split ? '应按单个构件检测' : '可按批推定',
      rule: split ? ESTIMATE_RULE['split-batch'] : '标准差未超过',
      clause: CLAUSE_BATCH,
    });
    if (split) {
      trace.push(step('强度推定值', 'fcu,e', null, ESTIMATE_RULE['split-batch']));
      return { rule: 'split-batch', min_MPa: least, mean_MPa: mean, S_MPa: deviation, estimate_MPa: null, trace };
    }
  }
  const estimate = statisticalEstimate(mean, deviation);
  trace.push({
    ...step('强度推定值', ESTIMATE_RULE.statistical, estimate, '修约至 0.1 MPa'),
    substituted: `${mean} − ${FACTOR_K} × ${deviation}`,
  });
  return { rule: 'statistical', min_MPa: least, mean_MPa: mean, S_MPa: deviation, estimate_MPa: estimate, trace };
}
