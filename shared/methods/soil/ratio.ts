// Exact quotients. Moisture and dry density are quotients of readings; under the policy that rounds only the result they
// go on into further quotients, which must stay exact until the one rounding at the end. Nothing is divided here.
import { Exact, roundRatio } from '../foundation/decimal.ts';

export interface Ratio {
  n: Exact;
  /** More than zero. */
  d: Exact;
}

type Figure = Exact | string | number;

/** n/d with the sign in the numerator. */
export function ratio(n: Figure, d: Figure = 1): Ratio {
  const below = new Exact(d);
  if (below.isZero()) throw new RangeError('ratio over zero');
  return below.isNegative() ? { n: new Exact(n).negated(), d: below.negated() } : { n: new Exact(n), d: below };
}

export function plus(a: Ratio, b: Ratio): Ratio {
  return a.d.equals(b.d) ? { n: a.n.plus(b.n), d: a.d } : { n: a.n.times(b.d).plus(b.n.times(a.d)), d: a.d.times(b.d) };
}

export function minus(a: Ratio, b: Ratio): Ratio {
  return plus(a, { n: b.n.negated(), d: b.d });
}

export function times(a: Ratio, b: Ratio): Ratio {
  return { n: a.n.times(b.n), d: a.d.times(b.d) };
}

export function over(a: Ratio, b: Ratio): Ratio {
  return ratio(a.n.times(b.d), a.d.times(b.n));
}

export function absolute(a: Ratio): Ratio {
  return { n: a.n.abs(), d: a.d };
}

/** Less than zero, zero or more than zero as `a` is smaller than, equal to or greater than `b`. */
export function compareRatios(a: Ratio, b: Ratio): number {
  return a.n.times(b.d).comparedTo(b.n.times(a.d));
}

export function meanOfRatios(values: readonly Ratio[]): Ratio {
  const [first, ...others] = values;
  if (first === undefined) throw new RangeError('mean of no values');
  const sum = others.reduce(plus, first);
  return { n: sum.n, d: sum.d.times(values.length) };
}

/** Printed to a step, half to even. */
export function printed({ n, d }: Ratio, step: string): string {
  return roundRatio(n, d, step);
}

/** What stands in the trace of a quotient that is not rounded: its first twelve digits. */
export function shownInFull({ n, d }: Ratio): string {
  const quotient = n.div(d).toSignificantDigits(12);
  return quotient.times(d).equals(n) ? quotient.toFixed() : `${quotient.toFixed()}…`;
}
