import { defineConfig } from 'vitest/config';

/** The ring in which whole workflows are executed, and every request of theirs is made to fail. */
export default defineConfig({
  test: {
    include: ['test/workflows/pull-request/**/*.test.ts', 'test/faults/**/*.test.ts'],
    execArgv: ['--import', new URL('test/support/json-imports.mjs', import.meta.url).href],
    maxWorkers: '100%',
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
