// Test help: the crushing index a second time, on BigInt rationals, from what stays on the sieve instead of what passes, and
// the mean over one common denominator.
import { add, divide, multiply, rational, roundRational } from './rational.ts';

const HUNDRED = rational('100');

export function referenceCrushing(
  pairs: readonly (readonly [before: string, retained: string])[],
  meanStep: string,
): { single_percent: string[]; result_percent: string } {
  const singles = pairs.map(([before, retained]) => {
    const kept = divide(multiply(rational(retained), HUNDRED), rational(before));
    return roundRational(add(HUNDRED, { n: -kept.n, d: kept.d }), '0.1');
  });
  const tenths = singles.reduce((sum, single) => sum + BigInt(single.replace('.', '')), 0n);
  return {
    single_percent: singles,
    result_percent: roundRational({ n: tenths, d: 10n * BigInt(singles.length) }, meanStep),
  };
}
