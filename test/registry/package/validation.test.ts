import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readProject } from '../../../src/config/project.ts';
import { findReleaseFileProblems } from '../../../src/registry/package/validation.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelgate-validation-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const validate = async (text: string, files: readonly string[] = []) => {
  await mkdir(join(folder, 'out'), { recursive: true });
  for (const path of files) await writeFile(join(folder, path), 'x');
  await writeFile(join(folder, 'modelgate.yml'), `version: 1\nmodel: churn\n${text}\n`);
  return findReleaseFileProblems(await readProject(folder));
};
const TRAIN = 'train: { run: x, outputs: { model: out/m } }\n';

test('a card that is not there is found where it is named', async () => {
  expect(await validate(`${TRAIN}release: { card: CARD.md }`)).toMatchObject([
    { file: 'modelgate.yml', line: 4, found: '`CARD.md`: there is no such file or folder' },
  ]);
  expect(await validate(`${TRAIN}release: { card: CARD.md }`, ['CARD.md'])).toEqual([]);
});

test('what is neither there nor a part of the model that a training writes is found', async () => {
  const assets = 'release: { assets: [out/m, out, "out/*.txt", out/words.txt] }';
  expect(await validate(`${TRAIN}${assets}`)).toMatchObject([
    {
      line: 4,
      found: '`out/words.txt`: there is no such file or folder',
      fix: expect.stringContaining('outputs.model'),
    },
  ]);
  expect(await validate(`${TRAIN}${assets}`, ['out/words.txt'])).toEqual([]);
});

test('files of the model may be missing as long as a training will write them', async () => {
  expect(await validate(`${TRAIN}release: { assets: [out/m] }`)).toEqual([]);
  expect(await validate('release: { assets: [out/m, "out/*.bin"] }')).toHaveLength(2);
  expect(await validate('release: { assets: [out/m, "out/*.bin"] }', ['out/m', 'out/x.bin'])).toEqual([]);
});
