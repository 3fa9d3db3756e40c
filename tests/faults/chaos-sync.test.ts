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
