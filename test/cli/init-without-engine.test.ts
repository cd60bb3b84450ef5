import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createRepository, modelgate } from './repository.ts';

// A file of its own: once a process has loaded the engine, it is at hand.
describe('without DuckDB at hand', () => {
  test('the columns of a csv are seen, what was not is said, and the rest is asked for', async () => {
    const { folder, read } = await createRepository();
    const without = { MODELGATE_DUCKDB: join(folder, 'nowhere') };
    const first = await modelgate(['init', '--yes', '--folder', folder], without);
    expect(first.code).toBe(2);
    expect(first.stderr).toContain('the columns of test.csv were seen, its values were not');
    expect(first.stderr).toContain('--task is missing');
    const given = ['--task', 'binary-classification', '--positive', 'yes'];
    const second = await modelgate(['init', '--yes', '--folder', folder, ...given], without);
    expect([second.code, second.stderr]).toEqual([0, expect.stringContaining('+ modelgate.yml')]);
    expect(await read('contracts/churn.odcs.yaml')).toContain('The values of the file were not looked at');
    expect((await modelgate(['run', '--config', folder])).code).toBe(0);
  });
});
