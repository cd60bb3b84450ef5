import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { ROOT } from '../support/program.ts';

test('what the scripts run on is Node 24, and nothing is installed twice', async () => {
  const launcher = join(ROOT, 'scripts/with-node24.mjs');
  const run = promisify(execFile)('node', [launcher, '--print', 'process.versions.node'], { cwd: ROOT });
  const { stdout, stderr } = await run;
  expect(stdout).toMatch(/^24\./);
  expect(stderr).not.toContain('Installing');
});
