import { array, assert, double, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { type CurvePoint, decimateCurve, type PrintedCurve } from '../../shared/reports/load-curve.ts';
import { axesByKind, roundAxis } from './curve-axes.ts';

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

test('pictures share their axes kind by kind: bending is not drawn on the scale of pressing', () => {
  const curve = (specimen: string, load: string): PrintedCurve => ({
    runNo: specimen,
    sampleNo: 'YP-1',
    specimenNo: 1,
    specimen,
    peakKn: load,
    validity: 'valid',
    points: [
      ['0', '0'],
      ['30', load],
    ],
  });
  const axes = axesByKind([curve('抗折试体 1', '2.77'), curve('抗折试体 2', '3.10'), curve('抗压试体 1', '72.40')]).map(
    (each) => each.axes.kilonewtons.max,
  );
  expect(axes[0]).toBe(axes[1]);
  expect(axes[0]).toBeLessThan(5);
  expect(axes[2]).toBeGreaterThan(72);
});
