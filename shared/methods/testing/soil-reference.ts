// The arithmetic of soil tests written a second time, on BigInt rationals: Newton's divided differences for the parabola,
// orthogonal polynomials for least squares, and a search over a grid for the peak. It shares no code with the program.
import { add, compare, divide, multiply, rational, roundRational } from './rational.ts';
import type { Rational } from './rational.ts';

export const whole = (value: number | bigint): Rational => ({ n: BigInt(value), d: 1n });

function reduced({ n, d }: Rational): Rational {
  let [a, b] = [n < 0n ? -n : n, d];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? { n: 0n, d: 1n } : { n: n / a, d: d / a };
}
const sum = (values: readonly Rational[]): Rational => values.reduce((a, b) => reduced(add(a, b)), whole(0));
const product = (...values: Rational[]): Rational => values.reduce((a, b) => reduced(multiply(a, b)), whole(1));
const negative = ({ n, d }: Rational): Rational => ({ n: -n, d });
export const less = (a: Rational, b: Rational): Rational => reduced(add(a, negative(b)));
export const quotient = (a: Rational, b: Rational): Rational => reduced(divide(a, b));

/** Moisture of a tin, percent. */
export function referenceMoisture(tin: string, wet: string, dry: string): Rational {
  const solids = less(rational(dry), rational(tin));
  return product(quotient(less(rational(wet), rational(dry)), solids), whole(100));
}

/** Mean of two tins, or null when they differ too much; `keep` rounds what is carried on, or does not. */
export function referenceMean(
  singles: readonly [Rational, Rational],
  keep: (value: Rational) => Rational,
): Rational | null {
  const [a, b] = singles.map(keep) as [Rational, Rational];
  const mean = quotient(add(a, b), whole(2));
  const apart = compare(a, b) > 0 ? less(a, b) : less(b, a);
  const allowed = compare(mean, whole(10)) < 0 ? '0.5' : compare(mean, whole(40)) > 0 ? '2.0' : '1.0';
  return compare(apart, rational(allowed)) > 0 ? null : keep(mean);
}

/** ρd = 100ρ / (100 + w). */
export function referenceDry(wet: Rational, moisture: Rational): Rational {
  return quotient(product(wet, whole(100)), add(whole(100), moisture));
}

export type ReferencePoint = readonly [moisture: string, density: string];
export interface ReferencePeak {
  moisture: string;
  density: string;
}

/** Parabola through three points by divided differences; null when it has no maximum among them. */
export function referenceParabola(three: readonly ReferencePoint[]): ReferencePeak | null {
  const sorted = three.map(([x, y]) => [rational(x), rational(y)] as const).sort(([a], [b]) => compare(a, b));
  const [[x0, y0], [x1, y1], [x2, y2]] = sorted as [[Rational, Rational], [Rational, Rational], [Rational, Rational]];
  const first = quotient(less(y1, y0), less(x1, x0));
  const second = quotient(less(y2, y1), less(x2, x1));
  const bend = quotient(less(second, first), less(x2, x0));
  if (bend.n >= 0n) return null;
  const top = less(quotient(add(x0, x1), whole(2)), quotient(first, product(bend, whole(2))));
  if (compare(top, x0) < 0 || compare(top, x2) > 0) return null;
  const height = sum([y0, product(first, less(top, x0)), product(bend, less(top, x0), less(top, x1))]);
  return { moisture: roundRational(top, '0.1'), density: roundRational(height, '0.01') };
}

/** Least-squares polynomial by orthogonal polynomials; coefficients from the constant one up. */
export function referenceFit(points: readonly ReferencePoint[], degree: number): Rational[] {
  const xs = points.map(([x]) => rational(x));
  const ys = points.map(([, y]) => rational(y));
  const at = (coefficients: readonly Rational[], x: Rational): Rational =>
    coefficients.reduceRight((value, coefficient) => reduced(add(multiply(value, x), coefficient)), whole(0));
  const dot = (a: readonly Rational[], b: readonly Rational[]): Rational =>
    sum(a.map((value, index) => multiply(value, b[index] ?? whole(0))));
  let [before, basis]: Rational[][] = [[], [whole(1)]];
  let normBefore = whole(1);
  let fit: Rational[] = [];
  for (let k = 0; k <= degree; k += 1) {
    const values = xs.map((x) => at(basis ?? [], x));
    const norm = dot(values, values);
    const share = quotient(dot(values, ys), norm);
    fit = (basis ?? []).map((coefficient, index) => sum([fit[index] ?? whole(0), product(coefficient, share)]));
    const centre = quotient(
      dot(
        values.map((value, index) => multiply(value, xs[index] ?? whole(0))),
        values,
      ),
      norm,
    );
    const back = k === 0 ? whole(0) : quotient(norm, normBefore);
    const current: Rational[] = basis ?? [];
    const next = [whole(0), ...current].map((coefficient, index) =>
      sum([
        coefficient,
        negative(product(centre, current[index] ?? whole(0))),
        negative(product(back, before?.[index] ?? whole(0))),
      ]),
    );
    [before, basis, normBefore] = [current, next, norm];
  }
  return fit;
}

export function valueAt(coefficients: readonly Rational[], x: Rational): Rational {
  return coefficients.reduceRight((value, coefficient) => reduced(add(multiply(value, x), coefficient)), whole(0));
}

const GRID = 20n;
const FINE = 10n ** 30n;
const NEAR = `0.${'0'.repeat(19)}1`;

/**
 * Highest place of a polynomial between two moistures: the highest of a grid of 1/20 %, then the slope halved down to
 * 10⁻³⁰. Null when the highest of the grid is next to an end.
 */
export function referencePeak(coefficients: readonly Rational[], from: string, to: string): ReferencePeak | null {
  const slope = coefficients.slice(1).map((coefficient, index) => product(coefficient, whole(index + 1)));
  const [start, end] = [rational(from), rational(to)];
  const first = (start.n * GRID) / start.d;
  const last = (end.n * GRID) / end.d;
  let [best, height] = [first, valueAt(coefficients, { n: first, d: GRID })];
  for (let place = first + 1n; place <= last; place += 1n) {
    const value = valueAt(coefficients, { n: place, d: GRID });
    if (compare(value, height) > 0) [best, height] = [place, value];
  }
  if (best - first < 2n || last - best < 2n) return null;
  let [low, high] = [(best - 1n) * (FINE / GRID), (best + 1n) * (FINE / GRID)];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    const rise = valueAt(slope, { n: middle, d: FINE }).n;
    if (rise === 0n) [low, high] = [middle, middle];
    else if (rise > 0n) low = middle;
    else high = middle;
  }
  // Known to 10⁻³⁰: within 10⁻²⁰ of a tie it is the tie.
  const top = rational(roundRational({ n: low, d: FINE }, NEAR));
  const peak = rational(roundRational(valueAt(coefficients, { n: low, d: FINE }), NEAR));
  return { moisture: roundRational(top, '0.1'), density: roundRational(peak, '0.01') };
}
