import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Project } from '../../src/config/project.ts';
import { UserMistake } from '../../src/errors.ts';
import { digestInputs } from '../../src/training/inputs.ts';
import { makeProject, writeFiles } from './project.ts';

const FILES = { 'train.py': 'pass\n', 'data/a.csv': 'a\n', 'data/b.csv': 'b\n', 'data/deep/c.csv': 'c\n' };

function makeYaml(inputs: readonly string[], model = 'out/model.json'): string {
  return `train:\n  run: 'true'\n  outputs: { model: ${model} }\n  inputs:\n${inputs.map((input) => `    - ${JSON.stringify(input)}\n`).join('')}`;
}

async function listInputs(inputs: readonly string[], files: Record<string, string> = FILES): Promise<string[]> {
  return (await digestInputs(await makeProject(makeYaml(inputs), files))).map(({ path }) => path);
}

async function findMistakes(project: Project) {
  const error: unknown = await digestInputs(project).catch((thrown: unknown) => thrown);
  if (!(error instanceof UserMistake)) throw new Error('no mistake was found', { cause: error });
  return error.problems;
}

test('a file is recorded by its digest and size', async () => {
  const project = await makeProject(makeYaml(['data/a.csv']), FILES);
  // printf 'a\n' | sha256sum
  const sha256 = 'sha256:87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7';
  expect(await digestInputs(project)).toEqual([{ path: 'data/a.csv', sha256, size: 2 }]);
});

test('globs and folders are expanded, sorted by path, each file once', async () => {
  expect(await listInputs(['train.py', 'data/*.csv', './data/b.csv'])).toEqual([
    'data/a.csv',
    'data/b.csv',
    'train.py',
  ]);
  expect(await listInputs(['data/'])).toEqual(['data/a.csv', 'data/b.csv', 'data/deep/c.csv']);
  expect(await listInputs(['**/*.csv'])).toEqual(['data/a.csv', 'data/b.csv', 'data/deep/c.csv']);
});

test('a file whose name looks like a glob is that file', async () => {
  expect(await listInputs(['a[1].csv'], { 'a[1].csv': 'x', 'a1.csv': 'y' })).toEqual(['a[1].csv']);
});

test('no inputs are no files', async () => {
  expect(await digestInputs(await makeProject("train: { run: 'true', outputs: { model: m } }\n"))).toEqual([]);
});

test('every input that matches nothing is reported at its line', async () => {
  const problems = await findMistakes(await makeProject(makeYaml(['gone.py', 'data/a.csv', '*.parquet']), FILES));
  expect(problems).toMatchObject([
    { file: 'modelgate.yml', line: 7, column: 7, found: 'the input `gone.py` matches no file' },
    { line: 9, found: 'the input `*.parquet` matches no file' },
  ]);
});

test.each([
  ['a link to a file outside', 'link.csv', '../secret.csv', 'leads out of the repository'],
  ['a link to a folder outside', 'link', '..', 'leads out of the repository'],
  ['a link to a folder inside', 'link', 'data', 'is a link to a folder'],
  ['a link to nothing', 'link', 'gone', 'is not there'],
  ['a link to itself', 'link', 'link', 'is not there'],
])('%s is refused', async (_name, link, target, fault) => {
  const project = await makeProject(makeYaml([link]), FILES);
  await writeFiles(join(project.folder, '..'), { 'secret.csv': 's' });
  await symlink(target, join(project.folder, link));
  expect((await findMistakes(project))[0]?.found).toContain(fault);
});

test('a link that leads out is also refused where a glob or a folder covers it', async () => {
  for (const input of ['data/*', 'data']) {
    const project = await makeProject(makeYaml([input]), FILES);
    await writeFiles(join(project.folder, '..'), { 'secret.csv': 's' });
    await symlink('../../secret.csv', join(project.folder, 'data/z.csv'));
    expect((await findMistakes(project))[0]?.found).toContain('data/z.csv leads out of the repository');
    await rm(join(project.folder, 'data/z.csv'));
    await symlink('gone', join(project.folder, 'data/z.csv'));
    expect((await findMistakes(project))[0]?.found).toContain('data/z.csv is not there');
  }
});

test('a glob walks nothing outside the repository, also by way of a link', async () => {
  const project = await makeProject(makeYaml(['link/*/*.csv', 'link/**']), FILES);
  await symlink('/', join(project.folder, 'link'));
  expect((await findMistakes(project)).map(({ found }) => found)).toEqual([
    'the input `link/*/*.csv` matches no file',
    'the input `link/**` cannot be used: link leads out of the repository',
  ]);
});

test('a link to a file inside the repository counts with the content that it leads to', async () => {
  const project = await makeProject(makeYaml(['link.csv', 'data/a.csv']), FILES);
  await symlink('data/a.csv', join(project.folder, 'link.csv'));
  const [original, link] = await digestInputs(project);
  expect(link).toEqual({ ...original, path: 'link.csv' });
});

test('what the run itself writes is no input: left out of globs, refused by name', async () => {
  const files = { ...FILES, 'out/model.json': '{}', '.git/HEAD': 'x', '.modelgate/evidence/data.json': '{}' };
  expect(await listInputs(['**/*'], files)).toEqual([...Object.keys(FILES).sort(), 'modelgate.yml'].sort());
  const problems = await findMistakes(await makeProject(makeYaml(['out']), files));
  expect(problems[0]?.found).toBe('the input `out` holds out/model.json, which the run itself writes');
});
