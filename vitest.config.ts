import { defineConfig } from 'vitest/config';

/** These change what all of a process shares: the module `electron`, the screen that windows open on. */
const ALONE = ['test/window/**/*.test.{ts,tsx}', 'test/adapters/hosts/**/*.test.{ts,tsx}'];

/** Real processes, browsers and databases run here: a file at a time per core, generous limits, no retries. */
export default defineConfig({
  test: {
    globalSetup: ['test/support/build-programs.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    pool: 'forks',
    retry: 0,
    expect: { poll: { timeout: 20_000 } },
    projects: [
      // Modules are loaded once for all of these: loading them anew for every file took as long as their tests.
      {
        extends: true,
        test: { name: 'together', include: ['test/**/*.test.{ts,tsx}'], exclude: ALONE, isolate: false },
      },
      { extends: true, test: { name: 'alone', include: ALONE } },
    ],
  },
});
