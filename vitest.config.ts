import { defineConfig } from 'vitest/config';

/** Real processes, browsers and databases run here: a file at a time per core, generous limits, no retries. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/bench/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    pool: 'forks',
    retry: 0,
    expect: { poll: { timeout: 20_000 } },
  },
});
