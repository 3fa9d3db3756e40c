// A sample of the campaign of three-windows.ts.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WindowsBed } from './three-windows.ts';

let bed: WindowsBed;
beforeAll(async () => {
  bed = await WindowsBed.start();
}, 60_000);
afterAll(() => bed.stop(), 60_000);

const seeds = [
  { seed: 11, machine: true },
  { seed: 12, machine: false },
  { seed: 13, machine: false },
];
test.each(seeds)('three windows end equal to the store: $seed', { timeout: 90_000 }, async ({ seed, machine }) => {
  const run = await bed.run(seed, 2, machine);
  expect(run.differences).toEqual([]);
  expect(run.untold).toEqual([]);
  expect(run.reloads).toBeGreaterThan(0);
  expect(run.changes).toBeGreaterThan(10);
});
