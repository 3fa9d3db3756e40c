// A sample of the campaign of kill-core.ts: enough to notice when a rule is broken, short enough for every test run.
import { expect, test } from 'vitest';
import { describeResult, runCampaign } from './kill-core.ts';

test(
  'the core is killed in the middle of its work, and nothing that it acknowledged is lost',
  {
    timeout: 150_000,
  },
  async () => {
    const result = await runCampaign({ kills: 4, seed: 3, lengths: { jobMs: 6_000, restartMs: 800 } });
    expect(result.violations, describeResult(result)).toEqual([]);
    expect(result.kills).toBe(4);
    expect(result.codes).toBe(result.jobs);
  },
);
