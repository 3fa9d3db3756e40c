// A sample of the campaign of three-windows.ts.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WindowsBed } from './three-windows.ts';

let bed: WindowsBed;
beforeAll(async () => {
  bed = await WindowsBed.start();
}, 60_000);
afterAll(() => bed.stop(), 60_000);

test.each([11, 12])('three windows end equal to the store, seed %i', { timeout: 60_000 }, async (seed) => {
  const run = await bed.run(seed, 3);
  expect(run.differences).toEqual([]);
  expect(run.untold).toEqual([]);
  expect(run.reloads).toBeGreaterThan(0);
  expect(run.changes).toBeGreaterThan(100);
});
