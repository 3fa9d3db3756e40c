// The tests as the mutants meet them: the method tests alone, with fast-check replaced by its capped stand-in.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Which tests take part is said by the driver: those of one family first, all of them for what these let through.
const include = (process.env.MUTATION_TESTS ?? 'shared/methods/**/*.test.ts').split(' ');
const standIn = fileURLToPath(new URL('./fewerRuns.ts', import.meta.url));

export default defineConfig({
  plugins: [
    {
      name: 'fewer-runs',
      enforce: 'pre',
      resolveId: (id, importer) => (id === 'fast-check' && importer !== standIn ? standIn : null),
    },
  ],
  test: {
    pool: 'forks',
    include,
    // Looks at the files of the whole repository, not at a method.
    exclude: ['**/recipe.test.ts'],
    // One process for all files of a run; every mutant has a run of its own, so what a module computed is never stale.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
