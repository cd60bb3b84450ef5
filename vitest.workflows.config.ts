import { defineConfig } from 'vitest/config';

/** The ring of whole pull requests and releases: executed as workflows, and with every request of theirs made to fail. */
export default defineConfig({
  test: {
    include: [
      'test/workflows/pull-request/**/*.test.ts',
      'test/pipeline/pull-request/**/*.test.ts',
      'test/faults/**/*.test.ts',
      'test/releases/**/*.test.ts',
      'test/slow/**/*.test.ts',
      'test/postgres/**/*.test.ts',
      'test/support/**/*.test.ts',
      'test/process/{actions,hostile-candidate}.test.ts',
    ],
    execArgv: ['--import', new URL('test/support/json-imports.mjs', import.meta.url).href],
    maxWorkers: '100%',
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
