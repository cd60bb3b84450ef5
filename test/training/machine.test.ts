import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parsePythonVersion, readMachine } from '../../src/training/machine.ts';
import { makeFolder } from './project.ts';

const posix = process.platform !== 'win32';

test('a machine without Python and without devices says so', async () => {
  const folder = await makeFolder();
  const machine = await readMachine({ folder, environment: { PATH: folder } });
  expect(machine).toMatchObject({ python: null, accelerators: [], architecture: process.arch });
  expect(machine.cores).toBeGreaterThan(0);
  expect(Number.isSafeInteger(machine.memory) && machine.memory > 0).toBe(true);
});

test.runIf(posix)('programs are found by the search path of the command', async () => {
  const folder = await makeFolder({
    python3: '#!/bin/sh\necho Python 3.99.1\n',
    'nvidia-smi': '#!/bin/sh\necho "0, GPU-a, 81559, NVIDIA H100 80GB HBM3"\n',
    'rocm-smi': '#!/bin/sh\necho broken\nexit 1\n',
  });
  for (const name of ['python3', 'nvidia-smi', 'rocm-smi']) await chmod(join(folder, name), 0o755);
  const machine = await readMachine({ folder, environment: { PATH: folder } });
  expect(machine.python).toBe('3.99.1');
  expect(machine.accelerators).toEqual([{ kind: 'cuda', name: 'NVIDIA H100 80GB HBM3', memory: 81_559 * 1024 ** 2 }]);
});

test('only a version of Python 3 is taken from what a program prints', () => {
  expect(parsePythonVersion('Python 3.13.0rc2\n')).toBe('3.13.0rc2');
  expect(parsePythonVersion('pyenv: python3: command not found')).toBeNull();
  expect(parsePythonVersion(undefined)).toBeNull();
});
