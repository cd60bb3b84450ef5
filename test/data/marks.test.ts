import { expect, test } from 'vitest';
import { type Progress, SILENT } from '../../src/progress.ts';
import { checkFolder, contract, createFolder } from './project.ts';

/** Runs the checks and says how each step ended. */
async function listMarks(data: unknown, files: Readonly<Record<string, string>>): Promise<string[]> {
  const marks: string[] = [];
  const progress: Progress = {
    ...SILENT,
    start: () => ({
      update() {},
      done: (text = '') => void marks.push(`done: ${text}`),
      fail: (text = '') => void marks.push(`fail: ${text}`),
    }),
  };
  const config = JSON.stringify({ version: 1, model: 'birds', data });
  await checkFolder(await createFolder({ 'modelgate.yml': config, ...files }), 'modelgate.yml', progress);
  return marks;
}

test('a data set that does not keep its contract ends as failed, one that does as done', async () => {
  const required = contract([{ name: 'id', required: true }]);
  const data = {
    good: { path: 'good.csv', contract: 'birds.yaml' },
    bad: { path: 'bad.csv', contract: 'birds.yaml' },
  };
  const files = { 'good.csv': 'id,x\n1,a\n', 'bad.csv': 'id,x\n1,a\n,b\n', 'birds.yaml': required };
  expect(await listMarks(data, files)).toEqual([
    'done: Read the data set good: 1 row',
    'done: Read the data set bad: 2 rows',
    expect.stringMatching(/^done: good: 1 row, all \d checks pass$/),
    expect.stringMatching(/^fail: bad: 2 rows, 1 of \d checks do not pass$/),
  ]);
});

test('what only warns does not end as failed', async () => {
  const quality = [{ metric: 'nullValues', mustBe: 0, severity: 'warning' }];
  const data = { birds: { path: 'birds.csv', contract: 'birds.yaml' } };
  const files = { 'birds.csv': 'id,x\n,a\n1,b\n', 'birds.yaml': contract([{ name: 'id', quality }]) };
  expect(await listMarks(data, files)).toEqual([
    'done: Read the data set birds: 2 rows',
    expect.stringMatching(/^done: birds: /),
  ]);
});

test('a check between data sets ends as what it came to', async () => {
  const checks = [{ 'no-overlap': { between: ['train', 'test'], on: ['id'] } }];
  const data = { train: { path: 'train.csv' }, test: { path: 'test.csv' }, checks };
  const last = async (rows: string) =>
    (await listMarks(data, { 'train.csv': 'id,x\n1,a\n', 'test.csv': `id,x\n${rows}\n` })).at(-1);
  expect(await last('2,b')).toMatch(/^done: .*: pass$/);
  expect(await last('1,b')).toMatch(/^fail: .*: fail$/);
  expect(await last(',b')).toMatch(/^fail: .*: cannot-measure$/);
});
