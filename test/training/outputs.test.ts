import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UserMistake } from '../../src/errors.ts';
import { clearOutputs, digestOutputs } from '../../src/training/outputs.ts';
import { makeProject, writeFiles } from './project.ts';

const YAML = `data: { train: { path: data/train.csv } }
train: { run: python3 src/train.py --out out/model.json, inputs: [lib/*.txt], outputs: { model: out/model.json } }
`;
const FILES = {
  'src/train.py': '',
  'lib/a.txt': 'a',
  'data/train.csv': 'x',
  'out/model.json': 'old',
  'out/other.txt': 'o',
};

function declare(path: string, folder = true) {
  return { path, place: ['train', 'outputs', 'model'], folder };
}

test('outputs of an earlier run are removed, other files beside them stay, and the folder is made', async () => {
  const project = await makeProject(YAML, FILES);
  await clearOutputs(project, [declare('out/model.json'), declare('new/deep/history.jsonl')]);
  expect(readdirSync(join(project.folder, 'out'))).toEqual(['other.txt']);
  expect(existsSync(join(project.folder, 'new/deep'))).toBe(true);
});

test('a model folder is removed with all that is in it, but for checkpoints', async () => {
  const project = await makeProject(YAML, { ...FILES, 'out/m/old.bin': 'o', 'out/m/checkpoints/1/state': 's' });
  await clearOutputs(project, [declare('out/m')], { checkpoints: 'out/m/checkpoints' });
  expect(readdirSync(join(project.folder, 'out/m'), { recursive: true }).sort()).toEqual([
    'checkpoints',
    'checkpoints/1',
    'checkpoints/1/state',
  ]);
});

test('a model among checkpoints is removed, and the checkpoints stay', async () => {
  const project = await makeProject(YAML, FILES);
  await clearOutputs(project, [declare('out/model.json')], { checkpoints: 'out' });
  expect(readdirSync(join(project.folder, 'out'))).toEqual(['other.txt']);
});

test.each([
  ['.', 'holds modelgate.yml itself'],
  ['data', 'holds data/train.csv, which the run reads'],
  ['data/train.csv', 'is also read by the run'],
  ['src', 'holds src/train.py, which the run reads'],
  ['lib', 'holds lib/*.txt, which the run reads'],
  ['linked/train.csv', 'is also read by the run'],
  ['outside/model.json', 'leads out of the repository'],
  ['.git/hooks', 'lies in .git'],
  ['out/checkpoints', 'is also the folder of checkpoints'],
])('an output at %s is refused, and nothing is removed', async (path, fault) => {
  const project = await makeProject(YAML, FILES);
  await writeFiles(join(project.folder, '../away'), { 'model.json': 'theirs' });
  await symlink('../away', join(project.folder, 'outside'));
  await symlink('data', join(project.folder, 'linked'));
  const cleared = clearOutputs(project, [declare('out/model.json'), declare(path)], { checkpoints: 'out/checkpoints' });
  await expect(cleared).rejects.toThrow(UserMistake);
  await expect(cleared).rejects.toThrow(fault);
  for (const file of Object.keys(FILES)) expect(existsSync(join(project.folder, file))).toBe(true);
  expect(existsSync(join(project.folder, '../away/model.json'))).toBe(true);
});

test('an output that is a link is removed, and what it leads to is not', async () => {
  const project = await makeProject(YAML, FILES);
  await writeFiles(join(project.folder, '../away'), { 'model.json': 'theirs' });
  await symlink('../away', join(project.folder, 'model'));
  await clearOutputs(project, [declare('model')]);
  expect(existsSync(join(project.folder, 'model'))).toBe(false);
  expect(existsSync(join(project.folder, '../away/model.json'))).toBe(true);
});

test('the files of a model folder are digested, sorted, without checkpoints', async () => {
  const project = await makeProject(YAML, { 'm/b.bin': 'b', 'm/a/x.bin': 'x', 'm/empty': '', 'm/ck/1': '1' });
  const { files, faults } = await digestOutputs(project, [declare('m/')], 'm/ck');
  expect(faults).toEqual([]);
  expect(files[0]?.map(({ path, size }) => [path, size])).toEqual([
    ['m/a/x.bin', 1],
    ['m/b.bin', 1],
    ['m/empty', 0],
  ]);
});

test('every output that does not count is named', async () => {
  const project = await makeProject(YAML, { 'empty.json': '', 'folder/a': 'a', 'hollow/empty': '' });
  await writeFiles(join(project.folder, '..'), { 'secret.json': 's' });
  await symlink('../secret.json', join(project.folder, 'link.json'));
  execFileSync('mkfifo', [join(project.folder, 'pipe')]);
  const paths = ['gone.json', 'empty.json', 'link.json', 'pipe', 'hollow'];
  const { faults } = await digestOutputs(project, [...paths.map((path) => declare(path)), declare('folder', false)]);
  expect(faults).toEqual([
    'gone.json is not there',
    'empty.json is empty',
    'link.json leads out of the repository',
    'pipe is neither a file nor a folder',
    'hollow is empty',
    'folder is a folder, and a file is asked for',
  ]);
});
