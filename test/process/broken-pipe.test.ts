import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createEnvironment, ROOT } from '../support/program.ts';

test('a reader that stops early costs neither the exit code nor a stack', () => {
  const script = 'set -o pipefail; "$0" "$1" --help | true; echo "ended with $?"';
  const args = ['-c', script, process.execPath, join(ROOT, 'dist/cli.js')];
  const { stdout, stderr } = spawnSync('bash', args, { encoding: 'utf8', env: createEnvironment() });
  expect(stdout).toBe('ended with 0\n');
  expect(stderr).toBe('');
});
