// An independent second implementation of JGJ/T 23-2011 for tests: integers and rationals on BigInt, the angle table by a
// rule from its four ten-rows instead of its 31 rows, the fractional power by series in fixed point. It shares no code
// with the method.
import { add, divide, multiply, rational, roundRational } from './rational.ts';
import type { Rational } from './rational.ts';

/** A decimal with one place as tenths. */
const tenths = (text: string): bigint => {
  const { n, d } = rational(text);
  return (n * 10n) / d;
};

const byValue = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** Mean of the middle ten of sixteen whole readings. */
export function referenceMean(readings: readonly string[]): string {
  const sorted = readings.map(BigInt).sort(byValue);
  let sum = 0n;
  for (let place = 3; place < 13; place += 1) sum += sorted[place] ?? 0n;
  return roundRational({ n: sum, d: 10n }, '0.1');
}

/** Magnitudes at 20, 30, 40 and 50 in tenths, as in the published summary. */
const TEN_ROWS: Readonly<Record<string, readonly [number, number, number, number]>> = {
  '90': [60, 50, 40, 35],
  '60': [50, 40, 35, 30],
  '45': [40, 35, 30, 25],
  '30': [30, 25, 20, 15],
  '-30': [25, 20, 15, 10],
  '-45': [30, 25, 20, 15],
  '-60': [35, 30, 25, 20],
  '-90': [40, 35, 30, 25],
};

/** One integer row, tenths with sign: a fall of 1.0 in ten rows goes 0.1 per row, one of 0.5 goes 0.1 every second row. */
export function referenceAngleRow(angle: string, row: number): bigint {
  const ten = Math.min(Math.floor((row - 20) / 10), 2);
  const [from = 0, to = 0] = [TEN_ROWS[angle]?.[ten], TEN_ROWS[angle]?.[ten + 1]];
  const steps = row - 20 - 10 * ten;
  const magnitude = from - (from - to === 10 ? steps : Math.floor(steps / 2));
  return BigInt(angle.startsWith('-') ? magnitude : -magnitude);
}

const faceRow = (face: string, row: number): bigint =>
  BigInt(face === 'top' ? Math.max(45 - row, 0) : -Math.max(50 - row, 0));

/** Clamped to 20…50, linear between integer rows, to 0.1. */
function between(row: (at: number) => bigint, rebound: string): bigint {
  const value = Number(tenths(rebound));
  const at = Math.min(Math.max(value, 200), 500);
  const low = Math.floor(at / 10);
  const part = BigInt(at - low * 10);
  const exact = { n: row(low) * (10n - part) + (part === 0n ? 0n : row(low + 1) * part), d: 100n };
  return tenths(roundRational(exact, '0.1'));
}

export function referenceCorrected(mean: string, angle: string, face: string): string {
  let value = tenths(mean);
  const text = (): string => roundRational({ n: value, d: 10n }, '0.1');
  if (angle !== '0') value += between((row) => referenceAngleRow(angle, row), text());
  if (face !== 'side') value += between((row) => faceRow(face, row), text());
  return text();
}

const SCALE = 10n ** 60n;

/** ln(x) for x > 0 by 2·atanh((x−1)/(x+1)), after halving to near one. */
function naturalLog(x: Rational): bigint {
  let halvings = 0n;
  let value = (x.n * SCALE) / x.d;
  while (value > (SCALE * 3n) / 2n) {
    value /= 2n;
    halvings += 1n;
  }
  while (value < (SCALE * 3n) / 4n) {
    value *= 2n;
    halvings -= 1n;
  }
  const series = (v: bigint): bigint => {
    const z = ((v - SCALE) * SCALE) / (v + SCALE);
    const square = (z * z) / SCALE;
    let [power, sum] = [z, 0n];
    for (let odd = 1n; power !== 0n; odd += 2n) {
      sum += power / odd;
      power = (power * square) / SCALE;
    }
    return 2n * sum;
  };
  return series(value) + halvings * series(2n * SCALE);
}

function exponential(x: bigint): bigint {
  const reduced = x / 1024n;
  let [term, sum] = [SCALE, SCALE];
  for (let n = 1n; term !== 0n; n += 1n) {
    term = (term * reduced) / SCALE / n;
    sum += term;
  }
  for (let doubling = 0; doubling < 10; doubling += 1) sum = (sum * sum) / SCALE;
  return sum;
}

/** 0.034488·R^1.94·10^(−0.0173·dm) as a rational with about fifty right digits. */
export function referencePower(rebound: string, carbonation_mm: string): Rational {
  const depth = rational(carbonation_mm);
  const exponent = (naturalLog(rational(rebound)) * 194n) / 100n;
  const reduction = (naturalLog(rational('10')) * 173n * depth.n) / (10_000n * depth.d);
  return multiply(rational('0.034488'), { n: exponential(exponent - reduction), d: SCALE });
}

export function referenceStrength(rebound: string, carbonation_mm: string): string {
  const depth = tenths(carbonation_mm) > 60n ? '6.0' : carbonation_mm;
  const value = roundRational(referencePower(rebound, depth), '0.1');
  if (tenths(value) < 100n) return '<10.0';
  return tenths(value) > 600n ? '>60.0' : value;
}

export function referenceMeanOf(values: readonly string[], step: string): string {
  const sum = values.map(rational).reduce(add);
  return roundRational(divide(sum, { n: BigInt(values.length), d: 1n }), step);
}

/** Deviation to 0.01 from the sum of squared differences of all pairs, by an integer root. */
export function referenceDeviation(values: readonly string[]): string {
  const all = values.map(tenths);
  let pairs = 0n;
  for (const [index, a] of all.entries()) for (const b of all.slice(index + 1)) pairs += (a - b) ** 2n;
  const count = BigInt(all.length);
  // In hundredths the variance is 100·pairs / (n(n−1)); tenths squared are hundredths squared times 100.
  const [n, d] = [100n * pairs, count * (count - 1n)];
  let root = 0n;
  while ((2n * root + 1n) ** 2n * d < 4n * n) root += 1n;
  const tie = (2n * root + 1n) ** 2n * d === 4n * n;
  return roundRational({ n: tie && root % 2n === 1n ? root + 1n : root, d: 100n }, '0.01');
}

export function referenceEstimate(values: readonly string[]): string {
  const least = values.map(tenths).sort(byValue)[0] ?? 0n;
  if (least < 100n) return '<10.0';
  if (values.length < 10) return roundRational({ n: least, d: 10n }, '0.1');
  const [mean, deviation] = [rational(referenceMeanOf(values, '0.1')), rational(referenceDeviation(values))];
  const less = multiply(rational('-1.645'), deviation);
  const value = roundRational(add(mean, less), '0.1');
  return value.startsWith('-') || tenths(value) < 100n ? '<10.0' : value;
}
