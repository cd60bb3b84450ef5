import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hidePredictions } from '../../../src/pipeline/baseline-run/hiding.ts';

let temporary: string;
let brought: string;
beforeEach(async () => {
  temporary = await realpath(await mkdtemp(join(tmpdir(), 'modelgate-hiding-')));
  brought = await realpath(await mkdtemp(join(tmpdir(), 'modelgate-brought-')));
});
afterEach(async () => {
  for (const folder of [temporary, brought]) await rm(folder, { recursive: true, force: true });
});

const TEXT = 'id,answer\nr1,yes\n';
const signal = new AbortController().signal;
const hide = (paths: readonly string[]) => {
  const lookups = paths.map((path) => ({ name: 'base', state: 'found', text: '', predictions: { path, sha256: '' } }));
  return hidePredictions({ temporary, signal }, lookups as never);
};
const write = async (folder: string, path: string) => {
  await mkdir(join(folder, 'former/predictions'), { recursive: true });
  await writeFile(join(folder, path), TEXT);
  return join(folder, path);
};
const readAll = async () => {
  const entries = await readdir(temporary, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1')));
};

describe('what a run made of baselines, while the candidate runs', () => {
  test('cannot be read: only what is encrypted is left of its temporary folder', async () => {
    const path = await write(temporary, 'former/predictions/p.csv');
    await write(temporary, 'former/model.txt');
    const layOpen = await hide([path, path]);
    const [only, ...more] = await readAll();
    expect(more).toEqual([]);
    expect(only).toHaveLength(TEXT.length);
    expect(only).not.toContain('yes');
    await layOpen();
    expect(await readFile(path, 'utf8')).toBe(TEXT);
  });

  test('is not what the candidate put at its place, and is gone where it took it away', async () => {
    const path = await write(temporary, 'former/predictions/p.csv');
    let layOpen = await hide([path]);
    await mkdir(join(temporary, 'former/predictions'), { recursive: true });
    await writeFile(path, 'planted');
    await layOpen();
    expect(await readFile(path, 'utf8')).toBe(TEXT);
    layOpen = await hide([path]);
    await rm(temporary, { recursive: true });
    await layOpen();
    await expect(readFile(path)).rejects.toThrow('ENOENT');
  });

  test('does not hold what somebody brought: that stays where it is', async () => {
    const path = await write(brought, 'p.csv');
    await (await hide([path]))();
    expect([await readFile(path, 'utf8'), await readdir(temporary)]).toEqual([TEXT, []]);
  });
});
