// Test help: bricks and blocks written down a second time on BigInt rationals. The standard deviation is found with whole
// numbers (the k whose half-steps enclose the root), without any square root of a decimal.
import { add, compare, divide, multiply, rational, roundRational } from './rational.ts';
import type { Rational } from './rational.ts';

const whole = (value: number | bigint): Rational => ({ n: BigInt(value), d: 1n });
const minus = (a: Rational, b: Rational): Rational => add(a, { n: -b.n, d: b.d });
const total = (values: readonly Rational[]): Rational => values.reduce(add, whole(0));

export function referenceArea(lengths: readonly [string, string], widths: readonly [string, string]): string {
  const edge = (readings: readonly string[]) =>
    rational(roundRational(divide(total(readings.map(rational)), whole(readings.length)), '1'));
  return roundRational(multiply(edge(lengths), edge(widths)), '1');
}

/** kN on mm² is GPa: multiplied by a thousand at the very end. */
export function referenceSingle(load_kN: string, area_mm2: string, step: string): string {
  return roundRational(multiply(divide(rational(load_kN), rational(area_mm2)), whole(1000)), step);
}

export function referenceAverage(values: readonly string[]): string {
  return roundRational(divide(total(values.map(rational)), whole(values.length)), '0.1');
}

/** Sample standard deviation to 0.01, from the deviations themselves. */
export function referenceDeviation(values: readonly string[]): string {
  const figures = values.map(rational);
  const mean = divide(total(figures), whole(figures.length));
  const squares = figures.map((figure) => multiply(minus(figure, mean), minus(figure, mean)));
  const variance = divide(total(squares), whole(figures.length - 1));
  // The root in hundredths lies between (2k − 1)/2 and (2k + 1)/2.
  const target = multiply(variance, whole(40_000));
  const square = (odd: bigint): Rational => whole(odd * odd);
  let low = 0n;
  let high = 1_000_000n;
  while (low < high) {
    const middle = (low + high) / 2n;
    if (compare(target, square(2n * middle + 1n)) > 0) low = middle + 1n;
    else high = middle;
  }
  const tie = compare(target, square(2n * low + 1n)) === 0;
  return roundRational({ n: tie && low % 2n === 1n ? low + 1n : low, d: 100n }, '0.01');
}

export function referenceCharacteristic(mean: string, deviation: string, factor: string): string {
  return roundRational(minus(rational(mean), multiply(rational(factor), rational(deviation))), '0.1');
}

/** Grade from the lowest up: the last one whose two limits are both reached. */
export function referenceGrade(
  table: readonly (readonly [string, string, string])[],
  mean: string,
  second: string,
): string | null {
  let best: string | null = null;
  for (const [grade, first, other] of table) {
    if (compare(rational(mean), rational(first)) >= 0 && compare(rational(second), rational(other)) >= 0) best = grade;
  }
  return best;
}

export const REFERENCE_BRICKS = [
  ['MU10', '10.0', '6.5'],
  ['MU15', '15.0', '10.0'],
  ['MU20', '20.0', '14.0'],
  ['MU25', '25.0', '18.0'],
  ['MU30', '30.0', '22.0'],
] as const;

export const REFERENCE_BLOCKS = [
  ['MU7.5', '7.5', '6.0'],
  ['MU10', '10.0', '8.0'],
  ['MU15', '15.0', '12.0'],
  ['MU20', '20.0', '16.0'],
] as const;
