// Comparing the figures of a batch with its limits, concrete or mortar. Whether the mean is rounded to 0.1 MPa first is
// not said clearly (32.87 fails 32.875, 32.9 passes), so it is a named policy of the lab; limits are never rounded.
import { Exact } from '../../foundation/decimal.ts';
import { meanOf, sumOf } from '../../foundation/statistics.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import type { PolicyDeclaration } from '../../method.ts';

/** Written digits of mean and least value. */
export const STRENGTH_STEP = '0.1';

export type MeanComparison = 'rounded' | 'raw';

export const MEAN_COMPARISON: PolicyDeclaration = {
  name: 'meanComparison',
  label: '平均值与限值比较时的取值',
  clause: '评定规则未写明',
  options: [
    { value: 'rounded', label: '平均值先修约至 0.1 MPa，再与限值比较' },
    { value: 'raw', label: '平均值不修约，直接与限值比较' },
  ],
  default: 'rounded',
};

/** Mean against a limit: rounded to 0.1, or raw by cross-multiplication, as the lab has settled. */
export function meanMeets(values: readonly string[], limit: Exact, comparison: MeanComparison): boolean {
  if (comparison === 'raw') return sumOf(values).greaterThanOrEqualTo(limit.times(values.length));
  return new Exact(meanOf(values, STRENGTH_STEP)).greaterThanOrEqualTo(limit);
}

/** The step of the trace that compares the mean; under `raw` it shows the sums, because the mean may have no end. */
export function meanStep(
  values: readonly string[],
  limit: Exact,
  comparison: MeanComparison,
  texts: { formula: string; clause: string },
): TraceStep {
  const met = meanMeets(values, limit, comparison);
  const raw = comparison === 'raw';
  const left = raw ? sumOf(values).toFixed() : meanOf(values, STRENGTH_STEP);
  const right = raw ? `${values.length} × ${limit.toFixed()}` : limit.toFixed();
  return {
    name: '平均值判定',
    formula: raw ? `Σf ≥ n × (${texts.formula})` : `m ≥ ${texts.formula}`,
    substituted: `${left} ${met ? '≥' : '<'} ${right}`,
    value: met ? '符合' : '不符合',
    rule: raw ? '平均值不修约，限值不修约' : '平均值修约至 0.1 MPa，限值不修约',
    clause: texts.clause,
  };
}

export function minimumStep(name: string, least: string, limit: Exact, formula: string, clause: string): TraceStep {
  const met = new Exact(least).greaterThanOrEqualTo(limit);
  return {
    name,
    formula: `f_min ≥ ${formula}`,
    substituted: `${least} ${met ? '≥' : '<'} ${limit.toFixed()}`,
    value: met ? '符合' : '不符合',
    rule: '全数值比较，限值不修约',
    clause,
  };
}

/** A limit as it was formed. */
export const limitStep = (
  name: string,
  formula: string,
  substituted: string,
  value: Exact,
  clause: string,
): TraceStep => ({
  name,
  formula,
  substituted,
  value: value.toFixed(),
  unit: 'MPa',
  rule: '限值不修约',
  clause,
});
