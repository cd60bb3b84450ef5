import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [
      'test/browser/**',
      'test/workflows/pull-request/**',
      'test/pipeline/pull-request/**',
      'test/faults/**',
      'test/releases/**',
      'test/slow/**',
      // What the tests stand on: a local GitHub, a runner of workflows, a Hub, a registry.
      'test/support/**',
      // Starts servers of PostgreSQL.
      'test/postgres/**',
      // Slow, and of what runs in a job, as the executed workflows are.
      'test/process/{actions,hostile-candidate}.test.ts',
      'node_modules/**',
    ],
    execArgv: ['--import', new URL('test/support/json-imports.mjs', import.meta.url).href],
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
