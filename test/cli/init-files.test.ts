import { chmod, lstat, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { writeFiles } from '../../src/cli/init/file-writing.ts';
import { type FileState, inspectFiles, type PlannedFile } from '../../src/cli/init/planned-files.ts';
import { parseContract } from '../../src/data/contract/contract.ts';
import type { Problem } from '../../src/errors.ts';
import { createRepository, modelgate } from './repository.ts';

const plan = (...entries: [path: string, state: FileState][]) =>
  new Map<PlannedFile, FileState>(entries.map(([path, state]) => [{ path, content: `new ${path}` }, state]));

describe('a set of files is written', () => {
  test('whole, with the rights of the files that it replaces', async () => {
    const { folder, read, list } = await createRepository({ a: 'old' });
    await chmod(join(folder, 'a'), 0o640);
    await writeFiles(folder, plan(['a', 'replaced'], ['deep/er/b', 'new'], ['data/test.csv', 'same']));
    expect([await read('a'), await read('deep/er/b')]).toEqual(['new a', 'new deep/er/b']);
    expect((await stat(join(folder, 'a'))).mode & 0o777).toBe(0o640);
    expect(list()).toEqual(['a', 'data/test.csv', 'deep/er/b', 'predict.py']);
  });

  // A name that no file system takes stands for every reason not to write: it fails after others were written.
  test('or not at all: what was replaced comes back, and folders that were made go', async () => {
    const { folder, read, list } = await createRepository({ a: 'old' });
    const before = list();
    const files = plan(['a', 'replaced'], ['deep/er/b', 'new'], ['deep/c', 'new'], ['x'.repeat(300), 'new']);
    await expect(writeFiles(folder, files)).rejects.toThrow('ENAMETOOLONG');
    expect([await read('a'), list()]).toEqual(['old', before]);
    await expect(lstat(join(folder, 'deep'))).rejects.toThrow('ENOENT');
  });

  test('and never over a file that appeared in between', async () => {
    const { folder, read, list } = await createRepository({ late: 'theirs' });
    const before = list();
    await expect(writeFiles(folder, plan(['first', 'new'], ['late', 'new']))).rejects.toThrow('EEXIST');
    expect([await read('late'), list()]).toEqual(['theirs', before]);
  });
});

test('a link in the place of a file is replaced itself, and lines are added to none', async () => {
  const { folder } = await createRepository({ real: 'theirs' });
  await symlink('real', join(folder, 'link'));
  const inspect = async (more: Partial<PlannedFile>, force: boolean) => {
    const problems: Problem[] = [];
    const states = await inspectFiles(folder, [{ path: 'link', content: 'new', ...more }], force, problems);
    return { state: [...states.values()], found: problems.map(({ found }) => found) };
  };
  expect(await inspect({}, false)).toEqual({ state: ['replaced'], found: ['this file is there already'] });
  expect(await inspect({}, true)).toEqual({ state: ['replaced'], found: [] });
  expect((await inspect({ adds: true }, true)).found).toEqual(['this is a symbolic link, and lines are to be added']);
  await writeFiles(folder, plan(['link', 'replaced']));
  expect((await lstat(join(folder, 'link'))).isSymbolicLink()).toBe(false);
});

/** What GitHub would evaluate, in pieces so that nobody takes it for a mistake here. */
const EXPRESSION = ['$', '{{ secrets.X }}'].join('');
const HOSTILE = [
  `row id,"a: b",#c,"{d}","- e",yes,"q""q",한국어,🐧,$(id),\`x\`,${EXPRESSION},class: "y"`,
  ...Array.from({ length: 40 }, (_, at) =>
    [at, 'x: y', '#', '{', '-', at % 2 ? 'yes' : 'no', '"""a"""', '펭귄', '🐧', '$(id)', '`', EXPRESSION]
      .concat(['null', '1.0', '~', "it's"][at % 4] ?? '')
      .join(','),
  ),
].join('\n');

test('names and values that mean something to YAML, a shell or a workflow stay names and values', async () => {
  const header = HOSTILE.replace('class: "y"', '"class: ""y"""');
  const { folder, read } = await createRepository({ 'data/test.csv': `${header}\n` });
  const label = 'class: "y"';
  const init = ['init', '--yes', '--folder', folder, '--id', 'row id', '--label', label, '--prediction', '*p: #'];
  const { code, stderr } = await modelgate([
    ...init,
    '--predict',
    'python3 "a b.py" # : {x}',
    '--predictions',
    'o u/{t}.csv',
  ]);
  expect([code, stderr]).toEqual([0, expect.stringContaining('+ modelgate.yml')]);
  expect(parse(await read('modelgate.yml'))).toMatchObject({
    task: 'multiclass-classification',
    evaluate: {
      run: 'python3 "a b.py" # : {x}',
      predictions: { path: 'o u/{t}.csv', id: 'row id', prediction: '*p: #' },
      labels: { id: 'row id', label },
    },
  });
  const contract = parseContract(await read('contracts/churn.odcs.yaml'), { file: 'x', tables: [] });
  expect(contract.columns.map(({ property }) => property)).toEqual([
    'row id',
    'a: b',
    '#c',
    '{d}',
    '- e',
    'yes',
    'q"q',
    '한국어',
    '🐧',
    '$(id)',
    '`x`',
    EXPRESSION,
    label,
  ]);
  const allowed = contract.checks.filter(({ test: { kind } }) => kind === 'allowed');
  expect(allowed.at(-1)?.test).toEqual({ kind: 'allowed', values: ['1.0', "it's", 'null', '~'] });
  expect((await modelgate(['validate', '--config', folder])).code).toBe(0);
  const data = await modelgate(['data', 'check', '--config', folder]);
  expect([data.code, data.stdout]).toEqual([0, expect.any(String)]);
});
