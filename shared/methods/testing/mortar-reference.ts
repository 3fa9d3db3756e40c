// Test help: mortar cubes and mortar batches a second time, on BigInt rationals.
import { referenceMean } from './foundation-deviation.ts';
import { compare, divide, multiply, rational, roundRational } from './rational.ts';

/** 1.35·N / 70.7², N in newtons. */
export function referenceMortar(load_kN: string): string {
  const side = rational('70.7');
  return roundRational(divide(multiply(rational(load_kN), rational('1350')), multiply(side, side)), '0.1');
}

export function referenceMortarBatch(
  values: readonly string[],
  strength: string,
  comparison: string,
): { mean: string; meanOk: boolean; minOk: boolean } {
  const exact = referenceMean(values);
  const mean = roundRational(exact, '0.1');
  const full = multiply(rational(strength), { n: 11n, d: 10n });
  const low = values.length < 3 ? full : multiply(rational(strength), { n: 17n, d: 20n });
  return {
    mean,
    meanOk: compare(comparison === 'raw' ? exact : rational(mean), full) >= 0,
    minOk: values.every((value) => compare(rational(value), low) >= 0),
  };
}
