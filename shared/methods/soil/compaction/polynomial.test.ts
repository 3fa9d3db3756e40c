// Where a fitted curve has its peak: a place where it only flattens, or a valley, is none.
import { describe, expect, test } from 'vitest';
import { Exact } from '../../foundation/decimal.ts';
import { maximaBetween } from './polynomial.ts';

/** Coefficients from the constant upwards. */
const maxima = (coefficients: readonly number[], from: number, to: number): string[] =>
  maximaBetween(
    { coefficients: coefficients.map((value) => new Exact(value)), over: new Exact(1) },
    new Exact(from),
    new Exact(to),
  ).map((place) => place.toFixed(6));

describe('the maxima of a polynomial between two places', () => {
  test('a parabola has one where it opens downwards, none where it opens upwards', () => {
    expect(maxima([0, 2, -1], 0, 3)).toEqual(['1.000000']);
    expect(maxima([0, -2, 1], 0, 3)).toEqual([]);
  });

  test('a peak on an end is not between', () => {
    expect(maxima([0, 2, -1], 1, 3)).toEqual([]);
    expect(maxima([0, 2, -1], -1, 1)).toEqual([]);
  });

  test('two peaks and the valley between them', () => {
    expect(maxima([0, 0, 2, 0, -1], -2, 2)).toEqual(['-1.000000', '1.000000']);
  });

  test('a place where the curve only flattens is no peak, rising or falling', () => {
    expect(maxima([0, 0, 0, -1], -1, 2)).toEqual([]);
    expect(maxima([0, 0, 0, 1], -1, 2)).toEqual([]);
    // Slope 12(x − 1)²(x − 2): flat at 1 while it falls, a valley at 2.
    expect(maxima([0, -24, 30, -16, 3], 0, 3)).toEqual([]);
    // Turned over: flat at 1 while it rises, the peak at 2.
    expect(maxima([0, 24, -30, 16, -3], 0, 3)).toEqual(['2.000000']);
  });
});
