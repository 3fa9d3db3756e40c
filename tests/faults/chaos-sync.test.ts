// A sample of chaos-sync.ts.
import { expect, test } from 'vitest';
import { oneRun } from './chaos-sync.ts';

test(
  'three seats, a bad network and processes that die: both sides end equal, one code per report revision',
  { timeout: 180_000 },
  async () => {
    const result = await oneRun(5, { seats: 3, records: 15, reports: 5, stormMs: 3000 });
    expect(result.violations).toEqual([]);
    expect(result.refused).toBe(3);
    // Five reports of a seat; the second was changed, the fifth changed and then void.
    expect(result.codes).toBe(3 * 7);
    expect(result.kills.seat + result.kills.platform).toBeGreaterThan(0);
  },
);

test.each([
  ['form', 2 * 3],
  ['exchange-tables', 2 * 2],
])(
  '%s: its own simulator and the seats die, what is lost is not doubled',
  { timeout: 180_000 },
  async (profile, codes) => {
    const result = await oneRun(7, { profile, seats: 2, records: 4, reports: 2, stormMs: 900 });
    expect(result.violations).toEqual([]);
    expect(result.refused).toBe(2);
    // Two reports of a seat; where the platform takes change orders the second has a second revision.
    expect(result.codes).toBe(codes);
  },
);
