// A seeded sample of the campaign of crash-steps.ts: three moments of the whole piece of work, and one full disk.
import { expect, test } from 'vitest';
import { canMount, describeSteps, runSteps } from './crash-steps.ts';
import { seededRandom } from './bed/random.ts';

/** A run has about 170 moments from the start of the program to its end; the last ones do not come in every run. */
const usualMoments = 155;
const random = seededRandom(6);
const moments = (count: number): number[] => Array.from({ length: count }, () => random.between(3, usualMoments));

test(
  'killed at any moment of record, signature, upload and code: nothing acknowledged is lost',
  { timeout: 150_000 },
  async () => {
    const result = await runSteps('kill', moments(3), () => undefined);
    expect(result.violations, describeSteps(result)).toEqual([]);
    expect(result.points).toBe(3);
  },
);

test.skipIf(!canMount())(
  'a full disk: told in words, and the work goes on when there is room',
  { timeout: 150_000 },
  async () => {
    const result = await runSteps('full', moments(1), () => undefined);
    expect(result.violations, describeSteps(result)).toEqual([]);
    expect(result.points).toBe(1);
  },
);
