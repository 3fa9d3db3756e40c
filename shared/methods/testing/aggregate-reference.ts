// Test help: sand and stone written down a second time on BigInt rationals, with other arrangements of the formulas than
// the program's, so that the two can only agree by both being right.
import { add, compare, divide, multiply, rational, roundRational } from './rational.ts';
import type { Rational } from './rational.ts';

const whole = (value: number): Rational => ({ n: BigInt(value), d: 1n });
const minus = (a: Rational, b: Rational): Rational => add(a, { n: -b.n, d: b.d });
const total = (values: readonly string[]): Rational => values.map(rational).reduce(add, whole(0));
const magnitude = (a: Rational): Rational => ({ n: a.n < 0n ? -a.n : a.n, d: a.d });

export interface ReferencePortion {
  loss_percent: string;
  accepted: boolean;
  individual_percent: string[];
  cumulative_percent: string[];
  finenessModulus: string;
}

/** μf as Σ(βi − β1)/(100 − β1) over the five finer sieves, which is the same quotient. */
export function referencePortion(
  sample: string,
  masses: readonly string[],
  basis: 'rounded' | 'mass',
): ReferencePortion {
  const all = rational(sample);
  const hundredths = (part: Rational): string => roundRational(divide(multiply(part, whole(100)), all), '0.1');
  const share = divide(total(masses), all);
  const individual = masses.map((mass) => hundredths(rational(mass)));
  const cumulative = [1, 2, 3, 4, 5, 6].map((count) =>
    basis === 'mass'
      ? hundredths(total(masses.slice(0, count)))
      : roundRational(total(individual.slice(0, count)), '0.1'),
  );
  const [first = whole(0), ...finer] = cumulative.map(rational);
  const above = finer.map((value) => minus(value, first)).reduce(add, whole(0));
  return {
    loss_percent: roundRational(multiply(minus(whole(1), share), whole(100)), '0.1'),
    accepted: compare(share, rational('0.99')) >= 0 && compare(share, rational('1.01')) <= 0,
    individual_percent: individual,
    cumulative_percent: cumulative,
    finenessModulus: roundRational(divide(above, minus(whole(100), first)), '0.01'),
  };
}

export function referenceMean(first: string, second: string, most: string | null, step: string): string | null {
  const gap = magnitude(minus(rational(first), rational(second)));
  if (most !== null && compare(gap, rational(most)) > 0) return null;
  return roundRational(divide(add(rational(first), rational(second)), whole(2)), step);
}

/** What is left over 100, taken from 100 %: the washed share, not the lost one. */
export function referenceContent(before: string, after: string): string {
  const left = divide(rational(after), rational(before));
  return roundRational(multiply(minus(whole(1), left), whole(100)), '0.1');
}

/** Zone limits as passing percentages, which is how a grading curve is drawn. */
const PASSING: Readonly<Record<string, readonly [number, number][]>> = {
  Ⅰ: [
    [90, 100],
    [65, 95],
    [35, 65],
    [15, 29],
    [5, 20],
    [0, 10],
  ],
  Ⅱ: [
    [90, 100],
    [75, 100],
    [50, 90],
    [30, 59],
    [8, 30],
    [0, 10],
  ],
  Ⅲ: [
    [90, 100],
    [85, 100],
    [75, 100],
    [60, 84],
    [15, 45],
    [0, 10],
  ],
};

export function referenceGrading(cumulative: readonly number[]): {
  zone: string | null;
  excess: number;
  meets: boolean;
} {
  const passing = cumulative.map((value) => 100 - value);
  const beyond = ([low, high]: readonly [number, number], value: number) => Math.max(low - value, value - high, 0);
  for (const [zone, limits] of Object.entries(PASSING)) {
    const outside = limits.map((limit, index) => beyond(limit, passing[index] ?? 0));
    if (outside[3] !== 0) continue;
    const excess = (outside[1] ?? 0) + (outside[2] ?? 0) + (outside[4] ?? 0) + (outside[5] ?? 0);
    return { zone, excess, meets: outside[0] === 0 && excess <= 5 };
  }
  return { zone: null, excess: 0, meets: false };
}
