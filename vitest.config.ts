import { defineConfig } from 'vitest/config';
import { functionTests } from './scripts/check/function-tests.mjs';

/**
 * Tests that open a real workbench: one at a time, with time for a busy machine. `npm test` runs them next to all
 * others (scripts/test.mjs), `npx vitest run` after them.
 */
const workbench = 'test/workbench/**/*.test.ts';

/** Tests that need a Slurm, with a configuration of their own (`npm run test:slurm`). */
const slurm = 'test/slurm/**/*.test.ts';

/** Of all tests but those of the workbench. */
const room = {
  globalSetup: ['test/support/global-setup.ts'],
  setupFiles: ['test/support/before-each-file.ts'],
  testTimeout: 180_000,
  hookTimeout: 180_000,
  // More than the two cores of a small machine: many tests wait for a lock, a page or another program.
  maxWorkers: 3,
  sequence: { groupOrder: 0 },
};

export default defineConfig({
  test: {
    reporters: ['default', './scripts/check/tally-reporter.mjs'],
    pool: 'forks',
    projects: [
      // Vitest runs projects in the order of their names: these take the longest, so they come first.
      { test: { ...room, name: 'programs', include: ['test/**/*.test.ts'], exclude: [workbench, slurm, ...functionTests] } },
      { test: { ...room, name: 'rooms', include: functionTests, isolate: false } },
      {
        test: {
          name: 'workbench',
          include: [workbench],
          // One process: the files share loaded modules, and each has a workspace, a code-server and a page of its own.
          isolate: false,
          globalSetup: ['test/workbench/harness/global-setup.ts'],
          testTimeout: 600_000,
          hookTimeout: 300_000,
          // Everything comes to the window in its own time.
          expect: { poll: { timeout: 240_000, interval: 100 } },
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
