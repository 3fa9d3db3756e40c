// Test help: mean and sample deviation a second time, on BigInt rationals. The root is never taken: the multiple of the
// step whose square lies nearest is found with whole numbers, so a tie is a tie.
import { add, compare, divide, multiply, rational, roundRational } from './rational.ts';
import type { Rational } from './rational.ts';

const whole = (value: number): Rational => ({ n: BigInt(value), d: 1n });
const minus = (a: Rational, b: Rational): Rational => add(a, { n: -b.n, d: b.d });

export function referenceMean(values: readonly string[]): Rational {
  return divide(values.map(rational).reduce(add), whole(values.length));
}

/** Σ(x − m)² / (n − 1), exact. */
export function referenceVariance(values: readonly string[]): Rational {
  const mean = referenceMean(values);
  const squares = values.map((value) => {
    const difference = minus(rational(value), mean);
    return multiply(difference, difference);
  });
  return divide(squares.reduce(add), whole(values.length - 1));
}

function integerRoot(value: bigint): bigint {
  let low = 0n;
  let high = value + 1n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle * middle <= value) low = middle;
    else high = middle;
  }
  return low;
}

/** √value to the step, tie to the even multiple. */
export function referenceRoot(value: Rational, step: string): string {
  const unit = rational(step);
  const squared = divide(value, multiply(unit, unit));
  const below = integerRoot(squared.n / squared.d);
  const half: Rational = { n: 2n * below + 1n, d: 2n };
  const side = compare(squared, multiply(half, half));
  const multiple = side > 0 || (side === 0 && below % 2n === 1n) ? below + 1n : below;
  return roundRational(multiply({ n: multiple, d: 1n }, unit), step);
}

export function referenceDeviation(values: readonly string[], step: string): string {
  return referenceRoot(referenceVariance(values), step);
}
