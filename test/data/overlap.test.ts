import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CrossCheck } from '../../src/evidence/schema/data.ts';
import { check, contract, createFolder, type Files, writeParquet } from './project.ts';

async function overlap(files: Files, on: readonly string[] = ['id'], more: object = {}): Promise<CrossCheck> {
  const [train = '', test = ''] = Object.keys(files);
  const checks = [{ 'no-overlap': { between: ['train', 'test'], on } }];
  const evidence = await check({ train: { path: train }, test: { path: test }, checks }, files, more);
  const [result] = evidence.checks;
  if (!result) throw new Error('no check');
  expect(evidence.outcome).toBe(result.outcome);
  return result;
}

test('rows of the second set whose key the first has as well are counted and shown', async () => {
  const result = await overlap({ 'train.csv': 'id,x\n1,a\n2,b\n2,c\n', 'test.csv': 'id,x\n2,z\n3,a\n2,q\n1,a\n' });
  expect(result).toMatchObject({
    text: 'no row of test has the id of a row of train',
    rule: 'no-overlap',
    column: 'id',
    outcome: 'fail',
    count: 3,
    share: 0.75,
    reason: '3 of 4 rows of test have the id of a row of train',
    examples: [
      { row: 1, value: '2' },
      { row: 3, value: '2' },
      { row: 4, value: '1' },
    ],
  });
  expect(result.place?.file).toBe('modelgate.yml');
});

test('sets without a common key pass', async () => {
  const result = await overlap({ 'train.csv': 'id\n1\n2\n', 'test.csv': 'id\n3\n4\n' });
  expect([result.outcome, result.count, result.reason]).toEqual([
    'pass',
    0,
    'none of 2 rows of test has the id of a row of train',
  ]);
});

test('keys of several columns are compared together', async () => {
  const files = { 'train.csv': 'a,b\n1,x\n2,y\n', 'test.csv': 'a,b\n1,y\n2,x\n2,y\n' };
  expect(await overlap(files, ['a', 'b'])).toMatchObject({
    outcome: 'fail',
    count: 1,
    examples: [{ row: 3, value: '2, y' }],
  });
});

test('a key is found again when another format or tool writes it', async () => {
  const target = join(await createFolder({}), 'x.parquet');
  await writeParquet(target, 'select 2::bigint as id union all select 7');
  const parquet = await readFile(target);
  expect(await overlap({ 'train.parquet': parquet, 'test.csv': 'id\n2.0\n3\n' })).toMatchObject({
    outcome: 'fail',
    count: 1,
  });
  expect(await overlap({ 'train.csv': 'id\n1\n2\n', 'test.csv': 'id\n2.0\n3.5\n' })).toMatchObject({
    outcome: 'fail',
    count: 1,
  });
  expect(await overlap({ 'train.jsonl': '{"id":2}\n', 'test.parquet': parquet })).toMatchObject({
    outcome: 'fail',
    count: 1,
  });
});

test('identifiers with leading zeros are texts, not numbers', async () => {
  expect(await overlap({ 'train.csv': 'id\n007\n', 'test.csv': 'id\n7\n' })).toMatchObject({ outcome: 'pass' });
});

test('what cannot be compared is never a pass', async () => {
  const cases: [Files, string][] = [
    [{ 'train.csv': 'id\n1\n', 'test.csv': 'ID\n1\n' }, 'test has no column "id"'],
    [{ 'train.csv': 'id\n1\n', 'test.csv': 'id\n' }, 'test has no rows'],
    [{ 'train.csv': 'id,x\n1,a\n', 'test.csv': 'id,x\n2,a\n,b\n' }, '1 row of test has no value in id'],
    [{ 'train.csv': 'id,x\n1,a\n,b\n,c\n', 'test.csv': 'id,x\n2,a\n' }, '2 rows of train have no value in id'],
  ];
  for (const [files, reason] of cases) {
    expect(await overlap(files)).toMatchObject({ outcome: 'cannot-measure', reason, count: 0, examples: [] });
  }
});

test('three sets are compared pair by pair', async () => {
  const files = { 'a.csv': 'id\n1\n', 'b.csv': 'id\n2\n', 'c.csv': 'id\n1\n' };
  const checks = [{ 'no-overlap': { between: ['a', 'b', 'c'], on: ['id'] } }];
  const data = { a: { path: 'a.csv' }, b: { path: 'b.csv' }, c: { path: 'c.csv' }, checks };
  const evidence = await check(data, files);
  expect(evidence.checks.map(({ outcome }) => outcome)).toEqual(['pass', 'fail', 'pass']);
});

test('values of a classified column are left out', async () => {
  const promise = contract([{ name: 'id', logicalType: 'string', classification: 'restricted' }]);
  const checks = [{ 'no-overlap': { between: ['train', 'test'], on: ['id'] } }];
  const data = { train: { path: 'train.csv', contract: 'c.yaml' }, test: { path: 'test.csv' }, checks };
  const evidence = await check(data, { 'train.csv': 'id\nada\n', 'test.csv': 'id\nada\n', 'c.yaml': promise });
  expect(evidence.checks[0]?.examples).toEqual([{ row: 1 }]);
});

test('values of the test set are written down only where reveal says rows', async () => {
  const evaluate = (reveal: string) => ({
    task: 'regression',
    evaluate: {
      predictions: { path: 'out.csv', id: 'id', prediction: 'p' },
      labels: { path: 'test.csv', id: 'id', label: 'x' },
      reveal,
      metrics: ['mae'],
    },
  });
  const files = { 'train.csv': 'id,x\n1,a\n', 'test.csv': 'id,x\n1,a\n' };
  expect((await overlap(files, ['id'], evaluate('metrics'))).examples).toEqual([{ row: 1 }]);
  expect((await overlap(files, ['id'], evaluate('rows'))).examples).toEqual([{ row: 1, value: '1' }]);
});
