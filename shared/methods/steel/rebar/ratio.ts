// A quotient that is never formed: strengths, elongations and deviations stay numerator and denominator until the one
// rounding, and are compared with limits by cross-multiplication.
import { Exact, roundRatio } from '../../foundation/decimal.ts';

export interface Ratio {
  numerator: Exact;
  /** Positive. */
  denominator: Exact;
}

export const ratio = (numerator: Exact, denominator: Exact | string): Ratio => ({
  numerator,
  denominator: new Exact(denominator),
});

export const roundedTo = (value: Ratio, step: string): string => roundRatio(value.numerator, value.denominator, step);

export const atLeast = (value: Ratio, limit: string): boolean =>
  value.numerator.greaterThanOrEqualTo(value.denominator.times(limit));
export const atMost = (value: Ratio, limit: string): boolean =>
  value.numerator.lessThanOrEqualTo(value.denominator.times(limit));

export const within = (value: Ratio, limit: { min?: string; max?: string }): boolean =>
  (limit.min === undefined || atLeast(value, limit.min)) && (limit.max === undefined || atMost(value, limit.max));
