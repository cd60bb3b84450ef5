import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CrossCheck } from '../../src/evidence/schema/data.ts';
import { createRandom } from '../../src/statistics/random.ts';
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
      { row: 1, line: 2, value: '2' },
      { row: 3, line: 4, value: '2' },
      { row: 4, line: 5, value: '1' },
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
    examples: [{ row: 3, line: 4, value: '2, y' }],
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
  expect(evidence.checks[0]?.examples).toEqual([{ row: 1, line: 2 }]);
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
  expect((await overlap(files, ['id'], evaluate('metrics'))).examples).toEqual([{ row: 1, line: 2 }]);
  expect((await overlap(files, ['id'], evaluate('rows'))).examples).toEqual([{ row: 1, line: 2, value: '1' }]);
});

async function wholeRows(files: Files, more: object = {}): Promise<CrossCheck> {
  const [train = '', test = ''] = Object.keys(files);
  const checks = [{ 'no-overlap': { between: ['train', 'test'] } }];
  const evidence = await check({ train: { path: train }, test: { path: test }, checks, ...more }, files);
  const [result] = evidence.checks;
  if (!result) throw new Error('no check');
  expect(evidence.outcome).toBe(result.outcome);
  return result;
}

test('without columns whole rows are compared, in whatever order the columns stand', async () => {
  const files = { 'train.csv': 'a,b\n1,x\n2,\n3,z\n', 'test.csv': 'b,a\nx,1\n,2\nz,1\nx,1.0\n' };
  const result = await wholeRows(files);
  expect(result).toEqual({
    text: 'no row of test stands in train as well',
    rule: 'no-overlap',
    outcome: 'fail',
    count: 3,
    share: 0.75,
    reason: '3 of 4 rows of test stand in train as well',
    // A row is no value, and is not shown.
    examples: [
      { row: 1, line: 2 },
      { row: 2, line: 3 },
      { row: 4, line: 5 },
    ],
    place: expect.anything(),
  });
  expect(await wholeRows({ ...files, 'test.csv': 'b,a\nz,1\nx,3\n,3\n' })).toMatchObject({
    outcome: 'pass',
    reason: 'none of 3 rows of test stands in train, by all 2 columns',
  });
});

test('whole rows are found again in another format', async () => {
  const target = join(await createFolder({}), 'x.parquet');
  await writeParquet(target, "select 1::bigint as a, 'x' as b, 2.0::double as c union all select 2, null, 0.5");
  const train = { 'train.parquet': await readFile(target) };
  expect(await wholeRows({ ...train, 'test.csv': 'a,b,c\n2,,0.5\n1,y,2\n1,x,2\n' })).toMatchObject({
    count: 2,
    examples: [
      { row: 1, line: 2 },
      { row: 3, line: 4 },
    ],
  });
  expect(
    await wholeRows({ ...train, 'test.jsonl': '{"a":2,"b":null,"c":0.5}\n{"c":2.0,"a":1,"b":"x"}\n' }),
  ).toMatchObject({
    count: 2,
  });
});

test('whole rows that cannot be compared are never a pass', async () => {
  const cases: [Files, string][] = [
    [
      { 'train.csv': 'a,b\n1,2\n', 'test.csv': 'a,c,d\n1,2,3\n' },
      'whole rows cannot be compared: only train has "b"; only test has "c", "d"',
    ],
    [{ 'train.csv': 'a,b\n1,2\n', 'test.csv': 'a,b\n' }, 'test has no rows'],
    [
      { 'train.csv': 'a,b\n1,2\n,\n', 'test.csv': 'a,b\n,\n1,3\n' },
      '1 row of train and 1 row of test have no value at all',
    ],
    [{ 'train.csv': 'a,b\n1,2\n', 'test.csv': 'a,b\n,\n1,3\n' }, '1 row of test has no value at all'],
  ];
  for (const [files, reason] of cases) {
    expect(await wholeRows(files)).toMatchObject({ outcome: 'cannot-measure', reason, count: 0, examples: [] });
  }
});

test('whole rows agree with a naive comparison', async () => {
  const draw = createRandom(11);
  const rows = (count: number) =>
    Array.from({ length: count }, () => [0, 1, 2].map(() => ['', 'a', 'b', 'c'][Math.floor(draw() * 4)]).join(','));
  const [train, other] = [rows(30), rows(30)];
  const expected = other.filter((row) => row !== ',,' && train.includes(row)).length;
  const result = await wholeRows({
    'train.csv': `x,y,z\n${train.join('\n')}\n`,
    'test.csv': `x,y,z\n${other.join('\n')}\n`,
  });
  expect(result.count).toBe(expected);
});
