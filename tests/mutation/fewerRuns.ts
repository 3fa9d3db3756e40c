// Stands in for fast-check while mutants run: the same properties on a fixed seed with fewer examples and without
// shrinking. A cap on examples, not on time, so that a verdict on a mutant does not depend on how busy the machine is.
import * as real from 'fast-check';
import { expect } from 'vitest';

export * from 'fast-check';

const MOST_RUNS = 100;
const SEED = 20_240_601;

/** Tests that count how many examples reached their case: with fewer examples they would fail for want of them. */
const COUNTING = [
  'agrees with an independent implementation, second sampling',
  'the peak of the curve > agrees with an independent implementation',
  'ring > agrees with an independent implementation',
];

export function assert<Ts>(
  property: real.IProperty<Ts> | real.IAsyncProperty<Ts>,
  parameters: real.Parameters<Ts> = {},
): unknown {
  const name = expect.getState().currentTestName ?? '';
  const counts = COUNTING.some((part) => name.includes(part));
  const few: real.Parameters<Ts> = {
    ...parameters,
    seed: parameters.seed ?? SEED,
    numRuns: counts ? parameters.numRuns : Math.min(parameters.numRuns ?? MOST_RUNS, MOST_RUNS),
    endOnFailure: true,
  };
  return real.assert(property as real.IProperty<Ts>, few);
}
