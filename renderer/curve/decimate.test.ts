import { array, assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { decimate } from './decimate.ts';

test('short curves pass unchanged', () => {
  expect(decimate({ timeS: [0, 1, 2], loadKn: [1, 5, 2] }, 10)).toEqual({ timeS: [0, 1, 2], loadKn: [1, 5, 2] });
});

test('peak, lowest point and order of time survive any decimation', () => {
  assert(
    property(
      array(integer({ min: 0, max: 2_000 }), { minLength: 1, maxLength: 3_000 }),
      integer({ min: 1, max: 300 }),
      (loadKn, columns) => {
        const timeS = loadKn.map((_, index) => index / 50);
        const kept = decimate({ timeS, loadKn }, columns);
        expect(kept.loadKn.length).toBeLessThanOrEqual(Math.max(columns * 2, 1));
        expect(Math.max(...kept.loadKn)).toBe(Math.max(...loadKn));
        expect(Math.min(...kept.loadKn)).toBe(Math.min(...loadKn));
        expect(kept.timeS).toEqual([...kept.timeS].sort((a, b) => a - b));
      },
    ),
    { numRuns: 50 },
  );
});
