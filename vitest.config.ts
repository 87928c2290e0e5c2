import { defineConfig } from 'vitest/config';

/** Real processes, browsers and databases run here, and wait for each other: one file more at a time than cores, generous limits, no retries. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/bench/**'],
    globalSetup: ['test/support/build-programs.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 3,
    pool: 'forks',
    retry: 0,
    expect: { poll: { timeout: 20_000 } },
  },
});
