// A sample of modbus-bus.ts: fifty callers on one line against independent slaves.
import { expect, test } from 'vitest';
import { askTogether } from './modbus-bus.ts';
import { lackingFor, slaveKinds } from './peers/slaves.ts';

for (const slave of slaveKinds) {
  const lacking = lackingFor(slave);

  test.skipIf(lacking !== null)(
    `${slave}: fifty callers at once, every one gets its own meter's values in every word order${lacking === null ? '' : ` (skipped: ${lacking})`}`,
    { timeout: 60_000 },
    async () => {
      const result = await askTogether({ slave, callers: 50, rounds: 2, absent: true });
      expect(result.errors).toEqual([]);
      expect(result.wrong).toEqual([]);
      expect(result).toMatchObject({ readings: 100, absentRefused: 2 });
      expect(result.periodic).toBeGreaterThanOrEqual(4);
      const absent = result.statistics.find((one) => one.slave === 99);
      expect(absent?.answers).toBe(0);
      for (const one of result.statistics) if (one.slave !== 99) expect(one.answers).toBeGreaterThan(0);
    },
  );
}
