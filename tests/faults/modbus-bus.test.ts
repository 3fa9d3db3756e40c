// A sample of modbus-bus.ts: fifty callers on one line against an independent slave.
import { expect, test } from 'vitest';
import { askTogether, missing } from './modbus-bus.ts';

const lacking = missing();

test.skipIf(lacking !== null)(
  `fifty callers at once: every one gets its own meter's values${lacking === null ? '' : ` (skipped: ${lacking})`}`,
  { timeout: 60_000 },
  async () => {
    const result = await askTogether({ callers: 50, rounds: 2, absent: true });
    expect(result.errors).toEqual([]);
    expect(result.wrong).toEqual([]);
    expect(result).toMatchObject({ readings: 100, absentRefused: 2 });
    expect(result.periodic).toBeGreaterThanOrEqual(4);
    const absent = result.statistics.find(({ slave }) => slave === 99);
    expect(absent?.answers).toBe(0);
    for (const one of result.statistics) if (one.slave !== 99) expect(one.answers).toBeGreaterThan(0);
  },
);
