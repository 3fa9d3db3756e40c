// Mean and sample standard deviation on exact decimals, each rounded once. The deviation uses the unrounded mean
// (two-pass form): putting a rounded mean into Σf² − n·m² gives wrong and even negative variances.
import { Exact, roundRatio } from './decimal.ts';

export function sumOf(values: readonly string[]): Exact {
  return values.reduce((sum, value) => sum.plus(value), new Exact(0));
}

/** Arithmetic mean to `step`; at least one value. */
export function meanOf(values: readonly string[], step: string): string {
  if (values.length === 0) throw new RangeError('mean of no values');
  return roundRatio(sumOf(values), new Exact(values.length), step);
}

/** Sample standard deviation (n − 1) to `step`; at least two values. */
export function standardDeviationOf(values: readonly string[], step: string): string {
  const count = values.length;
  if (count < 2) throw new RangeError('standard deviation of fewer than two values');
  const sum = sumOf(values);
  // n·Σx² − (Σx)² over n(n−1): no quotient is formed before the root.
  const squares = values.reduce((total, value) => total.plus(new Exact(value).pow(2)), new Exact(0));
  const variance = squares
    .times(count)
    .minus(sum.pow(2))
    .div(count * (count - 1));
  return roundRatio(variance.sqrt(), new Exact(1), step);
}

export function leastOf(values: readonly string[]): string {
  return pick(values, (candidate, best) => candidate.lessThan(best));
}

export function greatestOf(values: readonly string[]): string {
  return pick(values, (candidate, best) => candidate.greaterThan(best));
}

/** The value as it was written. */
function pick(values: readonly string[], better: (candidate: Exact, best: Exact) => boolean): string {
  const [first, ...others] = values;
  if (first === undefined) throw new RangeError('extreme of no values');
  return others.reduce((best, value) => (better(new Exact(value), new Exact(best)) ? value : best), first);
}
