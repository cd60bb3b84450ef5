import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { placeFile } from '../../../src/pipeline/baseline-run/placing.ts';

let outside: string;
let root: string;
let source: string;
beforeEach(async () => {
  outside = await realpath(await mkdtemp(join(tmpdir(), 'modelgate-placing-')));
  root = join(outside, 'copy');
  source = join(outside, 'source');
  await mkdir(root);
  await writeFile(source, 'model');
});
afterEach(() => rm(outside, { recursive: true, force: true }));

const place = (path: string, sha256?: string) => placeFile({ folder: root, root }, path, source, sha256);

describe('a file that is put into a laid out repository', () => {
  test('stands at its path, in the place of what was there', async () => {
    await mkdir(join(root, 'out/model'), { recursive: true });
    expect(await place('out/model')).toBeUndefined();
    expect(await readFile(join(root, 'out/model'), 'utf8')).toBe('model');
  });

  test('takes the place of a link, and what that led to stays as it was', async () => {
    await writeFile(join(outside, 'other'), 'other');
    await symlink(join(outside, 'other'), join(root, 'model'));
    expect(await place('model')).toBeUndefined();
    expect(await readFile(join(outside, 'other'), 'utf8')).toBe('other');
    expect(await readFile(join(root, 'model'), 'utf8')).toBe('model');
  });

  test.each(['..', '.', '../planted', 'a/../../planted', 'link/planted'])('never lands outside: %s', async (path) => {
    await symlink(outside, join(root, 'link'));
    expect(await place(path)).toEqual({ reason: `the path ${path} leads out of its repository` });
    await expect(readFile(join(outside, 'planted'))).rejects.toThrow();
    expect(await readFile(source, 'utf8')).toBe('model');
  });

  test('below a file that is no folder is a fault, and no exception', async () => {
    await writeFile(join(root, 'file'), '');
    expect(await place('file/model')).toMatchObject({ reason: expect.stringContaining('cannot be put at its place') });
  });

  test('is refused when its content is another', async () => {
    expect(await place('model', `sha256:${'0'.repeat(64)}`)).toEqual({ reason: 'model is not the file that it was' });
  });
});
