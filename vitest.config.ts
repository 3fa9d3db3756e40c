import { defineConfig } from 'vitest/config';

// Forked processes, never worker threads: serialport 13 aborts the whole process inside a worker.
export default defineConfig({
  test: {
    pool: 'forks',
    // The tests of ports and processes wait more than they compute: a second one beside them costs nothing.
    maxWorkers: 2,
    include: ['{shared,sync,main,renderer,scripts}/**/*.test.{ts,tsx}', 'tests/{unit,faults}/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    setupFiles: [],
  },
});
