import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { plotAxes, plotAxis } from './plot.ts';

test('an axis has round steps, holds every value, and is not much longer than they reach', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5000, max: 5000 }), { minLength: 1, maxLength: 9 }), (tenths) => {
      const values = tenths.map((value) => value / 10);
      const { min, max, ticks, labels } = plotAxis(values);
      expect(min).toBeLessThanOrEqual(Math.min(...values));
      expect(max).toBeGreaterThanOrEqual(Math.max(...values));
      expect(ticks.length).toBeGreaterThan(1);
      expect(ticks.length).toBeLessThanOrEqual(8);
      expect(labels.every((label) => label.length <= 7)).toBe(true);
    }),
  );
});

test('the axes of a compaction curve hold its points, its line and its peak', () => {
  const plot = {
    x: { label: '含水率 w', unit: '%' },
    y: { label: '干密度', unit: 'g/cm³' },
    points: [
      ['10.2', '1.74'],
      ['18.0', '1.72'],
    ] as const,
    line: [
      ['12.1', '1.81'],
      ['16.1', '1.79'],
    ] as const,
    mark: { at: ['13.8', '1.84'] as const, text: '' },
  };
  expect(plotAxes(plot)).toEqual({
    x: { min: 10, max: 18, ticks: [10, 12, 14, 16, 18], labels: ['10', '12', '14', '16', '18'] },
    y: { min: 1.7, max: 1.85, ticks: [1.7, 1.75, 1.8, 1.85], labels: ['1.70', '1.75', '1.80', '1.85'] },
  });
  const { mark, ...unmarked } = plot;
  expect([mark.at[1], plotAxes(unmarked).y.max]).toEqual(['1.84', 1.82]);
});

test.each<[values: number[], labels: string]>([
  [[], '0 1'],
  [[5, Number.POSITIVE_INFINITY], '0 1'],
  [[0], '0.0 0.2'],
  [[3], '3 4'],
  [[-3], '-3 -2'],
  [[0, 10], '0 2 4 6 8 10'],
  [[0, 10.1], '0 5 10 15'],
  [[-1.2, 3.4], '-2 -1 0 1 2 3 4'],
  [[100, 350], '100 150 200 250 300 350'],
  [[0.011, 0.049], '0.01 0.02 0.03 0.04 0.05'],
  [[7, 7.5], '7.0 7.1 7.2 7.3 7.4 7.5'],
])('the axis of %j is marked %s', (values, labels) => {
  const axis = plotAxis(values);
  expect(axis.labels.join(' ')).toBe(labels);
  expect([axis.min, axis.max, ...axis.ticks]).toEqual([
    axis.ticks[0],
    axis.ticks.at(-1),
    ...labels.split(' ').map(Number),
  ]);
});

test('an axis of twice as many steps has steps of half the size', () => {
  expect([2, 5, 10].map((wanted) => plotAxis([0, 10], wanted).ticks.length)).toEqual([3, 6, 11]);
});
