import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createRepository } from '../cli/repository.ts';
import { runDist } from '../support/program.ts';

test('init, validate and run, one after the other, lead from a script to a verdict that passes', async () => {
  const { folder, read } = await createRepository();
  const modelgate = (...args: string[]) => runDist('cli.js', args, { cwd: folder });
  const init = await modelgate('init', '--yes');
  expect([init.code, init.stdout]).toEqual([0, expect.stringMatching(/Try it now: node \S*dist\/cli\.js run\n/)]);
  expect(await read('.github/workflows/model.yml')).toContain('uses: modelgate/modelgate/');
  expect((await modelgate('validate')).code).toBe(0);
  expect((await modelgate('run')).code).toBe(0);
});

test('init without a terminal and without flags ends with exit code 2, names the flags, and writes nothing', async () => {
  const { folder } = await createRepository();
  const { code, stdout, stderr } = await runDist('cli.js', ['init'], { cwd: folder });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('--labels is missing');
  expect(existsSync(join(folder, 'modelgate.yml'))).toBe(false);
});
