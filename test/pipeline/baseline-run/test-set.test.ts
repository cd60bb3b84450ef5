import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Project } from '../../../src/config/project.ts';
import { bringTestSet } from '../../../src/pipeline/baseline-run/test-set.ts';

let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'modelgate-test-set-')));
});
afterEach(() => rm(root, { recursive: true, force: true }));

interface Side {
  readonly data: Readonly<Record<string, string>>;
  readonly inputs?: readonly string[];
  readonly labels?: string;
  readonly files: Readonly<Record<string, string>>;
}

/** A project of which only what is asked here is there. */
async function open(name: string, { data, inputs, labels = 'data/labels.csv', files }: Side): Promise<Project> {
  const folder = join(root, name);
  for (const [path, text] of Object.entries({ [labels]: name, ...files })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const datasets = Object.fromEntries(Object.entries(data).map(([key, path]) => [key, { path }]));
  const config = { data: datasets, evaluate: { labels: { path: labels } }, ...(inputs && { train: { inputs } }) };
  return { folder, root: folder, config } as unknown as Project;
}

async function bring(today: Side, former: Side) {
  const fault = await bringTestSet(await open('today', today), await open('former', former));
  return { fault, read: (path: string) => readFile(join(root, 'former', path), 'utf8').catch(() => undefined) };
}

describe('what a former model was trained on stays as it was', () => {
  test('where it has moved since, and a pattern named it then', async () => {
    const { fault, read } = await bring(
      { data: { train: 'datasets/train.csv' }, files: { 'datasets/train.csv': 'new' } },
      { data: { train: 'data/train_v1.csv' }, inputs: ['data/*.csv'], files: { 'data/train_v1.csv': 'old' } },
    );
    expect(fault).toBeUndefined();
    expect(await read('data/train_v1.csv')).toBe('old');
    expect(await read('datasets/train.csv')).toBeUndefined();
    expect(await read('data/labels.csv')).toBe('today');
  });

  test('where it was called otherwise, and stands at a place that is another data set today', async () => {
    const { fault, read } = await bring(
      { data: { test: 'data/rows.csv' }, files: { 'data/rows.csv': 'new' } },
      {
        data: { train: 'data/rows.csv', test: 'data/test.csv' },
        inputs: ['fit.py'],
        files: { 'data/rows.csv': 'old' },
      },
    );
    expect(fault).toBeUndefined();
    expect([await read('data/rows.csv'), await read('data/test.csv')]).toEqual(['old', 'new']);
  });

  test('where it names no inputs: only labels and the data set `test` are brought', async () => {
    const data = { train: 'train.csv', more: 'more.csv', test: 'test.csv' };
    const { fault, read } = await bring(
      { data, files: { 'train.csv': 'new', 'more.csv': 'same', 'test.csv': 'new' } },
      { data, files: { 'train.csv': 'old', 'more.csv': 'same', 'test.csv': 'old' } },
    );
    expect(fault).toBeUndefined();
    expect([await read('train.csv'), await read('test.csv'), await read('data/labels.csv')]).toEqual([
      'old',
      'new',
      'today',
    ]);
  });
});

describe('features that would stay old are refused', () => {
  const reason = (path: string, today = path) =>
    `its ${path} stays as it was, since it may have been trained on it, and today's ${today} is another`;

  test.each([
    ['a pattern', ['data/**/*.csv']],
    ['a folder', ['./data/']],
    ['a path', ['data/test.csv']],
  ])('below %s that it was trained on', async (_what, inputs) => {
    const data = { test: 'data/test.csv' };
    const { fault } = await bring(
      { data, files: { 'data/test.csv': 'new' } },
      { data, inputs, files: { 'data/test.csv': 'old' } },
    );
    expect(fault).toEqual({ reason: reason('data/test.csv') });
  });

  test('where they have moved, and where the commit does not keep them', async () => {
    const { fault } = await bring(
      { data: { test: 'rows/test.csv' }, files: { 'rows/test.csv': 'new' } },
      { data: { test: 'data/test.csv' }, inputs: ['data/*.csv'], files: {} },
    );
    expect(fault).toEqual({ reason: reason('data/test.csv', 'rows/test.csv') });
  });

  test('and where their format has changed', async () => {
    const { fault } = await bring(
      { data: { test: 'test.parquet' }, files: { 'test.parquet': 'new' } },
      { data: { test: 'test.csv' }, inputs: ['fit.py'], files: { 'test.csv': 'old' } },
    );
    expect(fault).toMatchObject({ reason: expect.stringContaining('the two are of different formats') });
  });

  test("but not where they lie in the file of the labels, which is always today's", async () => {
    const data = { test: 'data/labels.csv' };
    const { fault, read } = await bring({ data, files: {} }, { data, inputs: ['data'], files: {} });
    expect([fault, await read('data/labels.csv')]).toEqual([undefined, 'today']);
  });

  test('but not where they are the same today', async () => {
    const data = { test: 'data/test.csv' };
    const files = { 'data/test.csv': 'same' };
    expect(await bring({ data, files }, { data, inputs: ['data'], files })).toMatchObject({ fault: undefined });
  });
});
