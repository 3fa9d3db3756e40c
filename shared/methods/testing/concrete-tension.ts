// Test help: splitting and flexural groups a second time, on BigInt rationals and with explicit thresholds.
import { add, compare, divide, multiply, rational, referenceGroup, referenceTimes, roundRational } from './rational.ts';

export function referenceSplitting(load_kN: string, side_mm: string): string {
  const side = rational(side_mm);
  return roundRational(divide(multiply(rational(load_kN), rational('637')), multiply(side, side)), '0.01');
}

export function referenceFlexural(load_kN: string, height_mm: string): string {
  const height = rational(height_mm);
  const moment = multiply(multiply(rational(load_kN), rational('3000')), height);
  return roundRational(divide(moment, multiply(height, multiply(height, height))), '0.1');
}

export interface ReferenceTension {
  rule: string;
  value: string | null;
}

/** Three singles, `null` where the beam does not count. */
export function referenceTension(singles: readonly (string | null)[], step: string): ReferenceTension {
  const counted = singles.filter((single) => single !== null);
  if (counted.length === 3) return referenceGroup(counted, step);
  if (counted.length < 2) return { rule: 'invalid', value: null };
  const [small, large] = counted.map(rational).sort(compare);
  if (small === undefined || large === undefined) throw new RangeError('two values');
  if (compare(large, multiply(small, { n: 23n, d: 20n })) > 0) return { rule: 'invalid', value: null };
  return { rule: 'mean-of-two', value: roundRational(divide(add(small, large), rational('2')), step) };
}

/** The group value with the factor before or after the rule. */
export function referenceFactored(
  singles: readonly (string | null)[],
  factor: string,
  order: string,
  step: string,
): ReferenceTension {
  if (order === 'single-first') {
    return referenceTension(
      singles.map((single) => (single === null ? null : referenceTimes(single, factor, step))),
      step,
    );
  }
  const group = referenceTension(singles, step);
  return { rule: group.rule, value: group.value === null ? null : referenceTimes(group.value, factor, step) };
}
