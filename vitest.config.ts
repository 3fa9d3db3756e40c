import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { testEnvironment } from './scripts/test-environment.mjs';

// Taken over by the forks and by every program that a test starts.
Object.assign(process.env, testEnvironment(fileURLToPath(new URL('.', import.meta.url))));

// No state but tables computed once, no port, no process, no store: files of this folder may share a process, which
// saves starting one and loading the same modules for each. A test that replaces a module, the clock or the
// environment would reach into the next file: it belongs elsewhere.
const pure = ['shared/**/*.test.ts'];

const waits = ['/tests/faults/', '/main/instruments/', '/main/cli/'];

/** The files that wait most begin first, so that none of them runs alone at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification) => {
      const place = waits.findIndex((folder) => moduleId.includes(folder));
      return place < 0 ? waits.length : place;
    };
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}

// Forked processes, never worker threads: serialport 13 aborts the whole process inside a worker.
export default defineConfig({
  test: {
    pool: 'forks',
    // One more than the cores of the smallest machine: tests of ports and processes wait more than they compute.
    maxWorkers: 3,
    // Against what hangs, never a measure of speed: long enough for a machine that does much else.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: 'shared', include: pure, isolate: false } },
      {
        extends: true,
        test: {
          name: 'rest',
          include: ['{sync,main,renderer,scripts}/**/*.test.{ts,tsx}', 'tests/{unit,faults}/**/*.test.ts'],
        },
      },
    ],
  },
});
