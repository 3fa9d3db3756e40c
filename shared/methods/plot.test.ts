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
});
