import { defineConfig } from 'vitest/config';

/** Tests that need a Slurm: `npm run test:slurm` starts one for them. One file at a time, since all share its node. */
export default defineConfig({
  test: {
    include: ['test/slurm/**/*.test.ts'],
    reporters: ['default', './scripts/check/tally-reporter.mjs'],
    pool: 'forks',
    globalSetup: ['test/support/global-setup.ts'],
    setupFiles: ['test/support/before-each-file.ts'],
    maxWorkers: 1,
    testTimeout: 600_000,
    hookTimeout: 180_000,
  },
});
