// A sample of kill-port.ts.
import { expect, test } from 'vitest';
import { killPorts } from './kill-port.ts';

test(
  'the port process dies in the middle of runs: every file is whole as far as it goes',
  { timeout: 120_000 },
  async () => {
    const result = await killPorts({ kills: 3, seed: 4 });
    expect(result.violations).toEqual([]);
    expect(result.kills).toBe(3);
    expect(result.bytes.most).toBeGreaterThan(0);
  },
);
