import { array, assert, double, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { type CurvePoint, decimateCurve } from '../../shared/reports/load-curve.ts';
import { roundAxis } from './curve-axes.ts';

const peak = (points: readonly CurvePoint[]) => Math.max(-1, ...points.map((point) => Number(point[1])));

test('axes end on a round step and hold the largest value', () => {
  expect(roundAxis(847).ticks).toEqual([0, 200, 400, 600, 800, 1000]);
  expect(roundAxis(67.4).ticks).toEqual([0, 20, 40, 60, 80]);
  expect(roundAxis(0.3).max).toBeGreaterThanOrEqual(0.3);
  expect(roundAxis(0)).toEqual({ max: 1, ticks: [0, 1] });
  assert(
    property(double({ min: 1e-3, max: 1e6, noNaN: true }), (largest) => {
      const axis = roundAxis(largest);
      expect(axis.max).toBeGreaterThanOrEqual(largest * (1 - 1e-8));
      expect(axis.ticks.length).toBeLessThanOrEqual(7);
      expect(axis.ticks.at(-1)).toBe(axis.max);
    }),
  );
});

test('a thinned curve keeps its ends, its peak and its order, and invents no point', () => {
  assert(
    property(array(integer({ min: 0, max: 20_000 }), { maxLength: 3000 }), (loads) => {
      const points = loads.map((load, index): CurvePoint => [(index / 20).toFixed(2), (load / 10).toFixed(1)]);
      const thin = decimateCurve(points);
      expect(thin.length).toBeLessThanOrEqual(160);
      expect(thin[0]).toEqual(points[0]);
      expect(thin.at(-1)).toEqual(points.at(-1));
      expect(peak(thin)).toBe(peak(points));
      const times = thin.map((point) => Number(point[0]));
      expect(times).toEqual([...times].sort((a, b) => a - b));
      const all = new Set(points);
      expect(thin.every((point) => all.has(point))).toBe(true);
    }),
    { numRuns: 50 },
  );
});
