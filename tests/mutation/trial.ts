// The chosen mutants of one family against the tests: first its own, then, for what these let through, those of others.
import type { LogLevel } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import { familyOf, keepOnly, keyOf, LEFT_OUT, relativeName, type Mutant } from './mutants.ts';

type Result = Awaited<ReturnType<Stryker['runMutationTest']>>[number];
export interface Outcome {
  readonly family: string;
  readonly file: string;
  readonly line: number;
  readonly operator: string;
  readonly replacement: string;
  readonly status: Result['status'];
}

/** Where Stryker works and writes, below the folder of built things. */
export const WORK = 'build/mutation';

const ROOT = 'shared/methods/*.test.ts';
const EVERY = 'shared/methods/**/*.test.ts';

/** How far a mutant is followed: by the tests of its family, also by those of the library, also by every other. */
export type Depth = 'own' | 'library' | 'every';

/** What lies beside the families has no tests but those of the library. */
function stagesOf(family: string, depth: Depth): string[] {
  const own = family === 'core' ? ROOT : `shared/methods/${family}/**/*.test.ts`;
  const deeper = { own: [], library: [ROOT], every: [ROOT, EVERY] }[depth];
  return [...new Set([own, ...deeper])];
}

type Status = Result['status'];

/** Own tests first: most mutants fall there within a moment, and a family answers for itself. */
export async function tryFamily(
  family: string,
  mutants: readonly Mutant[],
  jobs: number,
  depth: Depth,
): Promise<Outcome[]> {
  const found = new Map<string, Status>();
  const open = (mutant: Mutant): boolean => {
    const status = found.get(keyOf(mutant));
    return status === undefined || status === 'Survived' || status === 'NoCoverage';
  };
  for (const tests of stagesOf(family, depth)) {
    const left = mutants.filter(open);
    if (left.length === 0) break;
    for (const [key, status] of await tryMutants(left, tests, jobs))
      // What survived the family's own tests did not lack a test because the others do not reach it.
      if (status !== 'NoCoverage' || !found.has(key)) found.set(key, status);
  }
  return mutants.map((mutant) => outcomeOf(mutant, found.get(keyOf(mutant)) ?? 'NoCoverage'));
}

/** Tries exactly these. Stryker copies what the method tests need and changes nothing in place. */
async function tryMutants(mutants: readonly Mutant[], tests: string, jobs: number): Promise<Map<string, Status>> {
  const keyOfNumber = keepOnly(new Set(mutants.map(keyOf)));
  process.env.MUTATION_TESTS = tests;
  const results = await new Stryker({
    mutate: [...new Set(mutants.map(({ fileName }) => relativeName(fileName)))],
    mutator: { excludedMutations: LEFT_OUT },
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'tests/mutation/vitest.config.ts', related: true },
    coverageAnalysis: 'perTest',
    // Limits are read while a module loads: leaving static mutants out would leave the figures out.
    ignoreStatic: false,
    concurrency: jobs,
    // A busy machine is not an endless loop; those Stryker finds by counting how often a place is passed.
    timeoutMS: 20_000,
    timeoutFactor: 3,
    dryRunTimeoutMinutes: 10,
    disableTypeChecks: false,
    ignorePatterns: [
      '**',
      '!shared',
      '!shared/**',
      '!tests',
      '!tests/fixtures',
      '!tests/fixtures/*.json',
      '!tests/mutation',
      '!tests/mutation/**',
      '!package.json',
    ],
    tempDirName: `${WORK}/sandbox`,
    // A file that none of these tests reaches has mutants without a test; that is an answer, not an accident.
    allowEmpty: true,
    reporters: [],
    logLevel: 'error' as LogLevel,
    thresholds: { high: 100, low: 0, break: null },
    warnings: { unknownOptions: true, preprocessorErrors: true, unserializableOptions: true, slow: false },
  }).runMutationTest();
  return new Map(results.map(({ id, status }) => [keyOfNumber.get(id) ?? '', status]));
}

function outcomeOf({ fileName, location, mutatorName, replacement }: Mutant, status: Status): Outcome {
  const file = relativeName(fileName);
  // Stryker counts lines from 0 while it plants mutants.
  return {
    family: familyOf(file),
    file,
    line: location.start.line + 1,
    operator: mutatorName,
    replacement,
    status,
  };
}
