// A sample of pull-lines.ts: some pulls of every line protocol on real pseudo-terminals.
import { expect, test } from 'vitest';
import { lackingForPulls, pullAll } from './pull-lines.ts';

const lacking = lackingForPulls();

test.skipIf(lacking !== null)(
  `a cable pulled in the middle of a line leaves no value that was not sent whole${lacking === null ? '' : ` (skipped: ${lacking})`}`,
  { timeout: 120_000 },
  async () => {
    const results = await pullAll({ pulls: 4, seed: 7 });
    expect(results.length).toBeGreaterThanOrEqual(10);
    expect(results.flatMap(({ name, violations }) => violations.map((each) => `${name}: ${each}`))).toEqual([]);
    // A test in which nothing arrives proves nothing.
    for (const { name, sent, said } of results) expect(said / sent, name).toBeGreaterThan(0.25);
  },
);
