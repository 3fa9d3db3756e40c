// Polynomials over exact decimals: the one through points or nearest to them in least squares, and where it has a maximum.
// Normal equations are solved by determinants (fraction-free elimination, every division comes out even), so the
// coefficients are exact quotients. Points are printed figures of a few digits; 400 digits hold every determinant.
import { Exact } from '../../foundation/decimal.ts';

export interface PlotPoint {
  x: Exact;
  y: Exact;
}

/** Σ cᵢ·xⁱ / over, with `over` more than zero. */
export interface Polynomial {
  /** c₀, c₁, … */
  coefficients: Exact[];
  over: Exact;
}

const ZERO = new Exact(0);

function determinant(matrix: readonly (readonly Exact[])[]): Exact {
  const rows = matrix.map((row) => [...row]);
  let previous = new Exact(1);
  let sign = 1;
  for (let k = 0; k < rows.length - 1; k += 1) {
    const pivotRow = rows.findIndex((row, index) => index >= k && !(row[k] ?? ZERO).isZero());
    if (pivotRow < 0) return ZERO;
    if (pivotRow !== k) {
      [rows[k], rows[pivotRow]] = [rows[pivotRow] ?? [], rows[k] ?? []];
      sign = -sign;
    }
    const top = rows[k] ?? [];
    const pivot = top[k] ?? ZERO;
    for (const row of rows.slice(k + 1)) {
      const lead = row[k] ?? ZERO;
      for (let j = k; j < row.length; j += 1) {
        row[j] = pivot
          .times(row[j] ?? ZERO)
          .minus(lead.times(top[j] ?? ZERO))
          .div(previous);
      }
    }
    previous = pivot;
  }
  return (rows.at(-1)?.at(-1) ?? ZERO).times(sign);
}

/** Least-squares polynomial; through the points themselves when there are degree + 1 of them. */
export function fitPolynomial(points: readonly PlotPoint[], degree: number): Polynomial {
  const size = degree + 1;
  const powerSum = (power: number): Exact => points.reduce((sum, { x }) => sum.plus(x.pow(power)), ZERO);
  const powers = Array.from({ length: 2 * degree + 1 }, (_, power) => powerSum(power));
  const right = Array.from({ length: size }, (_, power) =>
    points.reduce((sum, { x, y }) => sum.plus(x.pow(power).times(y)), ZERO),
  );
  const normal = Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_unused, column) => powers[row + column] ?? ZERO),
  );
  const over = determinant(normal);
  if (!over.greaterThan(0)) throw new RangeError(`fewer than ${size} different points`);
  const coefficients = normal.map((_, unknown) =>
    determinant(
      normal.map((row, index) => row.map((cell, column) => (column === unknown ? (right[index] ?? ZERO) : cell))),
    ),
  );
  return { coefficients, over };
}

/** Numerator of the value at x; exact. */
export function numeratorAt(coefficients: readonly Exact[], x: Exact): Exact {
  return coefficients.reduceRight((sum, coefficient) => sum.times(x).plus(coefficient), ZERO);
}

function derivative(coefficients: readonly Exact[]): Exact[] {
  return coefficients.slice(1).map((coefficient, index) => coefficient.times(index + 1));
}

/** Positions are decimals of so many places: far below any rounding step, and few enough that values stay exact. */
const PLACES = 50;
const LATTICE = new Exact(10).pow(-PLACES);

/** Where a polynomial that changes its sign once between two places does so, to 10⁻⁵⁰ from below. */
function bisect(coefficients: readonly Exact[], from: Exact, to: Exact): Exact {
  const leftIsPositive = numeratorAt(coefficients, from).greaterThan(0);
  let [low, high] = [from, to];
  while (high.minus(low).greaterThan(LATTICE)) {
    const middle = low.plus(high).div(2).toDecimalPlaces(PLACES, Exact.ROUND_FLOOR);
    const value = numeratorAt(coefficients, middle);
    if (value.isZero()) return middle;
    if (value.greaterThan(0) === leftIsPositive) low = middle;
    else high = middle;
  }
  return low;
}

/** Zeros between two places, in order; between one and the next the polynomial keeps its sign. */
function zeros(coefficients: readonly Exact[], from: Exact, to: Exact): Exact[] {
  if (coefficients.length < 2) return [];
  // Between the zeros of its derivative it only rises or only falls.
  const nodes = [from, ...zeros(derivative(coefficients), from, to), to];
  const found: Exact[] = [];
  for (const [index, node] of nodes.entries()) {
    const here = numeratorAt(coefficients, node);
    if (here.isZero()) found.push(node);
    const next = nodes[index + 1];
    if (next === undefined || here.isZero()) continue;
    const there = numeratorAt(coefficients, next);
    if (!there.isZero() && here.isNegative() !== there.isNegative()) found.push(bisect(coefficients, node, next));
  }
  return found;
}

/** Places strictly between two others where the polynomial has a maximum (rises before, falls after). */
export function maximaBetween({ coefficients }: Polynomial, from: Exact, to: Exact): Exact[] {
  const slope = derivative(coefficients);
  const flat = zeros(slope, from, to).filter((place) => place.greaterThan(from) && place.lessThan(to));
  const edges = [from, ...flat, to];
  return flat.filter((place, index) => {
    const before = edges[index]?.plus(place).div(2) ?? from;
    const after = edges[index + 2]?.plus(place).div(2) ?? to;
    return numeratorAt(slope, before).greaterThan(0) && numeratorAt(slope, after).lessThan(0);
  });
}
