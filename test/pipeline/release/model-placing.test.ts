import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Project, readProject } from '../../../src/config/project.ts';
import { placeModelFiles } from '../../../src/pipeline/release/model-placing.ts';

const CONFIG = 'version: 1\nmodel: churn\ntrain: { run: make, outputs: { model: out/model } }\n';
let root: string;
let project: Project;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'placing-'));
  await mkdir(join(root, 'checkout/.git'), { recursive: true });
  await writeFile(join(root, 'checkout/modelgate.yml'), CONFIG);
  await writeFile(join(root, 'weights'), 'learnt');
  project = await readProject(join(root, 'checkout/modelgate.yml'), join(root, 'checkout'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const place = (path: string) => placeModelFiles(project, new Map([[path, join(root, 'weights')]]));

test('the files of a model go where the training writes them, over what git has there', async () => {
  await mkdir(join(root, 'checkout/out/model'), { recursive: true });
  await writeFile(join(root, 'checkout/out/model/weights.bin'), 'old');
  await place('out/model/weights.bin');
  expect(await readFile(join(root, 'checkout/out/model/weights.bin'), 'utf8')).toBe('learnt');
});

test.each([
  '../escaped',
  '/etc/escaped',
  'out/model/../../modelgate.yml',
  'modelgate.yml',
  'out/model2/x',
  '.git/hooks/post-checkout',
  'out/model/.git/config',
  'out/model/a\nb',
])('a path of the machine that trained is refused: %j', async (path) => {
  await expect(place(path)).rejects.toThrow(/the training does not declare it|it lies in|it is absolute|it has/);
  expect(await readFile(join(root, 'checkout/modelgate.yml'), 'utf8')).toBe(CONFIG);
  expect(await readdir(root)).toEqual(['checkout', 'weights']);
});

test('a link on the way leads nowhere', async () => {
  await mkdir(join(root, 'elsewhere'));
  await symlink('../elsewhere', join(root, 'checkout/out'));
  await expect(place('out/model/weights.bin')).rejects.toThrow('a link stands where');
  expect(await readdir(join(root, 'elsewhere'))).toEqual([]);
});
