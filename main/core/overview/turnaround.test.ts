import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearestRank } from './turnaround.ts';

test('percentiles by nearest rank', () => {
  const ten = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  expect([nearestRank(ten, 50), nearestRank(ten, 90), nearestRank([7], 50), nearestRank([7], 90)]).toEqual([
    5, 9, 7, 7,
  ]);
  expect([nearestRank([1, 2, 3], 50), nearestRank([1, 2, 3], 90), nearestRank([], 50)]).toEqual([2, 3, null]);
});

test('at least so many are not longer, and it is one of the values', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5000), { minLength: 1 }), fc.integer({ min: 1, max: 100 }), (hours, percent) => {
      const ascending = hours.toSorted((one, other) => one - other);
      const value = nearestRank(ascending, percent) ?? -1;
      expect(ascending).toContain(value);
      expect(ascending.filter((hour) => hour <= value).length * 100).toBeGreaterThanOrEqual(percent * hours.length);
      expect(ascending.filter((hour) => hour < value).length * 100).toBeLessThan(percent * hours.length);
    }),
  );
});
