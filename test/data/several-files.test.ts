import { createHash } from 'node:crypto';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { UserMistake } from '../../src/errors.ts';
import { check, checkFolder, contract, createFolder, type Files, find } from './project.ts';

const PARTS = { 'data/b.csv': 'id,t\n3,"x\ny"\n1,z\n', 'data/a.csv': 'id,t\n1,x\n2,y\n', 'data/C.csv': 'id,t\n' };
const UNIQUE = { 'birds.yaml': contract([{ name: 'id', unique: true }, { name: 't' }]) };

async function read(path: string, files: Files, more: object = {}) {
  const evidence = await check({ birds: { path, ...more } }, files);
  return evidence.datasets[0];
}

async function problems(path: string, files: Files, more: object = {}) {
  const error = await read(path, files, more).catch((thrown: unknown) => thrown);
  if (!(error instanceof UserMistake)) throw error ?? new Error('nothing was refused');
  return error.problems.map(({ found, fix }) => [found, fix].join(' '));
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

test('a pattern and a folder stand for their files, sorted by code point', async () => {
  for (const path of ['data/*.csv', 'data', 'data/', './data/[abC].csv', '**/*.csv']) {
    const dataset = await read(path, PARTS);
    expect(dataset?.files?.map((file) => [file.path, file.rows])).toEqual([
      ['data/C.csv', 0],
      ['data/a.csv', 2],
      ['data/b.csv', 2],
    ]);
    expect([dataset?.rows, dataset?.size]).toEqual([4, Object.values(PARTS).join('').length]);
  }
});

test('the digest of several files is that of their list, as sha256sum prints it', async () => {
  const dataset = await read('data/*.csv', PARTS);
  const list = (['data/C.csv', 'data/a.csv', 'data/b.csv'] as const).map((name) => `${digest(PARTS[name])}  ${name}\n`);
  expect(dataset?.sha256).toBe(`sha256:${digest(list.join(''))}`);
});

test('an example names its file, its row and its line there', async () => {
  const evidence = await check({ birds: { path: 'data', contract: 'birds.yaml' } }, { ...PARTS, ...UNIQUE });
  expect(find(evidence, 'unique').examples).toEqual([{ file: 'data/b.csv', row: 2, line: 4, value: '1' }]);
});

test('records that break a JSON Schema are named by file and line', async () => {
  const files = {
    'd/a.jsonl': '{"n":1}\n{"n":2}\n',
    'd/b.jsonl': '{"n":3}\n{"n":"x"}\n',
    's.json': '{"properties":{"n":{"type":"number"}}}',
  };
  const dataset = await read('d', files, { 'record-schema': 's.json' });
  expect(dataset?.findings.at(-1)?.examples).toEqual([{ file: 'd/b.jsonl', row: 2, line: 2, value: 'x' }]);
});

test('a pattern that finds one file lists it all the same', async () => {
  const dataset = await read('data/a*.csv', PARTS);
  expect(dataset?.files).toHaveLength(1);
  expect((await read('data/a.csv', PARTS))?.files).toBeUndefined();
});

test('rows of one data set that stand in another are named by file', async () => {
  const checks = [{ 'no-overlap': { between: ['a', 'b'], on: ['id'] } }];
  const data = { a: { path: 'data/a.csv' }, b: { path: 'data/[bC].csv' }, checks };
  const evidence = await check(data, PARTS);
  expect(evidence.checks[0]?.examples).toEqual([{ file: 'data/b.csv', row: 2, line: 4, value: '1' }]);
});

describe('folders of partitions', () => {
  const files = { 'd/country=D%20E/a.csv': 'id\n1\n', 'd/country=FR/y=1/a.csv': 'id\n2\n' };
  const promise = (partitioned: boolean) =>
    contract([{ name: 'id' }, { name: 'country', partitioned, required: true }]);

  test('give no column that the contract does not call partitioned', async () => {
    expect((await read('d', files))?.columns).toEqual(['id']);
    const evidence = await check({ birds: { path: 'd', contract: 'c.yaml' } }, { ...files, 'c.yaml': promise(false) });
    expect(find(evidence, 'present', 'country').outcome).toBe('fail');
  });

  test('give the one that it does', async () => {
    const evidence = await check({ birds: { path: 'd', contract: 'c.yaml' } }, { ...files, 'c.yaml': promise(true) });
    expect(evidence.datasets[0]?.columns).toEqual(['id', 'country']);
    expect(find(evidence, 'required', 'country')).toMatchObject({ outcome: 'pass', count: 0 });
  });

  test('must do so for all files', async () => {
    const mixed = { ...files, 'd/a.csv': 'id\n3\n', 'c.yaml': promise(true) };
    expect(await problems('d', mixed, { contract: 'c.yaml' })).toEqual([
      expect.stringContaining('lies in other partitions than the first file'),
    ]);
  });
});

test('what cannot be one data set is refused with what to do', async () => {
  expect(await problems('data/*.cvs', PARTS)).toEqual([
    expect.stringMatching(/^no file matches .*There is .*data\/[abC]/),
  ]);
  expect(await problems('data/aa.csv', PARTS)).toEqual([
    expect.stringMatching(/no such file.*There is "?data\/a\.csv/),
  ]);
  expect(await problems('data', { 'data/a.csv': 'a\n', 'data/b.jsonl': '{}\n' })).toEqual([
    expect.stringContaining('several formats: csv, jsonl'),
  ]);
  expect(await problems('data', { 'data/_a.csv': 'a\n', 'data/.b.csv': 'a\n', 'data/x.txt': '' })).toEqual([
    expect.stringContaining('there is no csv, parquet or jsonl file below data'),
  ]);
  expect(await problems('a.csv.gz', { 'a.csv.gz': '' })).toEqual([expect.stringContaining('not unpacked here')]);
  expect(await problems('data/*', { 'data/a.csv': 'a\n1\n', 'data/b.csv': 'b\n1\n' })).toEqual([
    expect.stringContaining('column 1 is "b", and in data/a.csv it is "a"'),
  ]);
});

test('links stay in the repository, and no file counts twice', async () => {
  const outside = await createFolder({ 'secret.csv': 'id\n1\n' });
  const folder = await createFolder({ 'data/a.csv': 'id\n1\n' });
  const run = async (path: string) => {
    await writeFile(
      join(folder, 'modelgate.yml'),
      JSON.stringify({ version: 1, model: 'birds', data: { b: { path } } }),
    );
    const error = await checkFolder(folder).catch((thrown: unknown) => thrown);
    return String(error);
  };
  await symlink(join(folder, 'data/a.csv'), join(folder, 'data/b.csv'));
  expect(await run('data')).toContain('data/a.csv" and "data/b.csv" are one file');
  await symlink(join(outside, 'secret.csv'), join(folder, 'data/c.csv'));
  expect(await run('data/*')).toMatch(/data\/c\.csv.*a symbolic link leads out of the repository/);
  await mkdir(join(folder, 'more'));
  await symlink(outside, join(folder, 'more/linked'));
  expect(await run('more')).toContain('there is no csv, parquet or jsonl file below more');
});

test('how a CSV file is written can be said', async () => {
  const text = 'id;t\n1;é\nNA;😀\n';
  const files = {
    'u.csv': Buffer.from(`\ufeff${text}`, 'utf16le'),
    'l.csv': Buffer.from('id;t\n1;é\nNA;ü\n', 'latin1'),
    'c.yaml': contract([
      { name: 'id', logicalType: 'integer' },
      { name: 't', logicalTypeOptions: { maxLength: 1 }, logicalType: 'string' },
    ]),
  };
  const csv = { delimiter: ';', 'null-values': ['NA'] };
  for (const [path, encoding] of [
    ['u.csv', 'utf-16'],
    ['l.csv', 'latin-1'],
  ] as const) {
    const dataset = await read(path, files, { contract: 'c.yaml', csv: { ...csv, encoding } });
    expect(dataset?.findings.map(({ outcome }) => outcome)).not.toContain('fail');
    expect(dataset?.sha256).toBe(`sha256:${createHash('sha256').update(files[path]).digest('hex')}`);
  }
});

test('options of CSV that cannot be meant are refused in modelgate.yml', async () => {
  const text = (csv: object) => problems('a.csv', { 'a.csv': 'a\n1\n' }, { csv });
  expect(await text({ delimiter: '"' })).toEqual([expect.stringContaining('it is the quote that encloses values')]);
  expect(await text({ delimiter: '\n' })).toEqual([expect.stringContaining('it is a line break')]);
  expect(await text({ delimiter: 'x' })).toEqual([expect.stringContaining('it is a letter')]);
  expect(await text({ 'null-values': ['a,b'] })).toEqual([expect.stringContaining('it has the delimiter in it')]);
  expect(await problems('a.jsonl', { 'a.jsonl': '{}\n' }, { csv: { delimiter: ';' } })).toEqual([
    expect.stringContaining('`csv` of a jsonl file'),
  ]);
});

test('labels are one file, written as CSV usually is', async () => {
  const evaluate = (path: string) => ({
    task: 'regression',
    evaluate: {
      labels: { path, id: 'id', label: 'y' },
      predictions: { path: 'p.csv', id: 'id', prediction: 'y' },
      metrics: ['mae'],
    },
  });
  const run = (data: unknown, labels: string) =>
    check(data, { 'a.csv': 'id\n1\n' }, evaluate(labels)).then(String, (error: unknown) => String(error));
  expect(await run({ a: { path: 'a.csv' } }, '*.csv')).toContain('labels in several files');
  expect(await run({ a: { path: './a.csv', csv: { delimiter: ';' } } }, 'a.csv')).toContain(
    '`csv` of the file that is the labels',
  );
});

test('values of labels that a pattern covers are shown nowhere', async () => {
  const more = {
    task: 'regression',
    evaluate: {
      labels: { path: './data/b.csv', id: 'id', label: 't' },
      predictions: { path: 'p.csv', id: 'id', prediction: 't' },
      metrics: ['mae'],
    },
  };
  const files = { ...PARTS, ...UNIQUE };
  const evidence = await check({ birds: { path: 'data', contract: 'birds.yaml' } }, files, more);
  expect(find(evidence, 'unique').examples).toEqual([{ file: 'data/b.csv', row: 2, line: 4 }]);
});

test.each([
  ['an empty value', '\n', 1, {}],
  ['a text that stands for none', 'NA\n', 1, { csv: { 'null-values': ['NA'] } }],
  ['a quoted text that stands for none elsewhere', '"NA"\n', 0, { csv: { 'null-values': ['NA'] } }],
  ['a quoted value without any text', '""\n', 0, {}],
])('one row among others is seen to have no value, or to have one: %s', async (_name, last, count, options) => {
  const files = {
    'a.csv': `t\n${'text\n'.repeat(3)}${last}`,
    'c.yaml': contract([{ name: 't', logicalType: 'string', required: true }]),
  };
  const dataset = await read('a.csv', files, { contract: 'c.yaml', ...options });
  expect(dataset?.findings.find(({ rule }) => rule === 'required')).toMatchObject({ count });
});
