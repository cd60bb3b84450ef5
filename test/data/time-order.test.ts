import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CrossCheck } from '../../src/evidence/schema/data.ts';
import { check, contract, createFolder, type Files, writeParquet } from './project.ts';

async function order(train: string, later: string, files: Files = {}, datasets: object = {}): Promise<CrossCheck> {
  const data = { train: { path: 'train.csv' }, test: { path: 'test.csv' }, ...datasets };
  const checks = [{ 'time-order': { before: 'train', after: 'test', on: 'at' } }];
  const csv = { 'train.csv': `at\n${train}\n`, 'test.csv': `at\n${later}\n` };
  const evidence = await check({ ...data, checks }, { ...csv, ...files });
  const [result] = evidence.checks;
  if (!result) throw new Error('no check');
  expect(evidence.outcome).toBe(result.outcome);
  return result;
}

const lines = (...values: string[]) => values.join('\n');

test('a newer set passes, and says where the two meet', async () => {
  expect(await order(lines('2024-02-01', '2024-01-01'), lines('2024-03-01', '2024-02-02'))).toMatchObject({
    text: 'every at of test comes after all of train',
    rule: 'time-order',
    column: 'at',
    outcome: 'pass',
    count: 0,
    reason: 'the newest of train (2024-02-01) comes before the oldest of test (2024-02-02); 2 rows of test compared',
  });
});

test('rows that come too early are counted and shown; an equal instant is too early', async () => {
  const later = lines('2024-02-02', '2024-02-01', '2023-01-01');
  expect(await order(lines('2024-02-01', '2024-01-01'), later)).toMatchObject({
    outcome: 'fail',
    count: 2,
    share: 2 / 3,
    reason:
      '2 of 3 rows of test come no later than the newest of train (2024-02-01); the oldest of test (2023-01-01) is too early',
    examples: [
      { row: 2, value: '2024-02-01' },
      { row: 3, value: '2023-01-01' },
    ],
  });
});

test('timestamps are compared as instants, whatever their offset; numbers as numbers', async () => {
  expect((await order('2024-01-01T12:00:00+02:00', '2024-01-01T10:00:00Z')).outcome).toBe('fail');
  expect((await order('2024-01-01T12:00:00+02:00', '2024-01-01T10:00:00.000001Z')).outcome).toBe('pass');
  expect((await order('9', '10')).outcome).toBe('pass');
  expect((await order('9007199254740993', '9007199254740992')).outcome).toBe('fail');
  expect((await order('9007199254740992', '9007199254740993')).outcome).toBe('pass');
  expect((await order('1.5', '2')).outcome).toBe('pass');
});

test('a date and a timestamp are compared by day, for a date may be any hour of it', async () => {
  expect((await order('2024-01-01', '2024-01-01T10:00:00Z')).outcome).toBe('fail');
  expect((await order('2024-01-01T10:00:00Z', '2024-01-01')).outcome).toBe('fail');
  expect((await order('2024-01-01T23:59:59Z', '2024-01-02')).outcome).toBe('pass');
});

test('Parquet and JSONL are compared with CSV', async () => {
  const path = join(await createFolder({}), 'x.parquet');
  await writeParquet(path, `select timestamp '2024-01-01 00:00:00' + interval (range) hour as "at" from range(5)`);
  const train = { train: { path: 'train.parquet' } };
  const files = { 'train.parquet': await readFile(path) };
  expect(await order('', '2024-01-01T04:00:01Z', files, train)).toMatchObject({ outcome: 'pass' });
  expect(await order('', '2024-01-01T04:00:00Z', files, train)).toMatchObject({ outcome: 'fail', count: 1 });
  const later = { ...train, test: { path: 'test.jsonl' } };
  const jsonl = { ...files, 'test.jsonl': '{"at":"2024-01-01T05:00:00Z"}\n{"at":"2024-01-01T01:00:00Z"}\n' };
  expect(await order('', '', jsonl, later)).toMatchObject({ outcome: 'fail', examples: [{ row: 2 }] });
});

test('what cannot be compared is never a pass', async () => {
  const cases: [string, string, string][] = [
    [
      lines('2024-01-01', 'soon'),
      '2024-02-01',
      'not all values of at of train are dates, not all timestamps, and not all numbers',
    ],
    ['2024-01-01', '7', 'at is of the type date in train and integer in test'],
    ['""', '7', 'not all values of at of train are dates, not all timestamps, and not all numbers'],
  ];
  for (const [train, later, reason] of cases) {
    expect(await order(train, later)).toMatchObject({ outcome: 'cannot-measure', reason, count: 0, examples: [] });
  }
  const two = { 'train.csv': 'at,x\n2024-01-01,1\n,2\n', 'test.csv': 'at,x\n2024-02-01,1\n' };
  expect(await order('', '', two)).toMatchObject({
    outcome: 'cannot-measure',
    reason: '1 row of train has no value in at that can be compared',
  });
  const early = { ...two, 'test.csv': 'at,x\n2024-01-01,1\n' };
  expect((await order('', '', early)).outcome).toBe('fail');
  expect(await order('', '', { ...two, 'test.csv': 'At\n1\n' })).toMatchObject({ reason: 'test has no column "at"' });
  expect(await order('', '', { ...two, 'test.csv': 'at\n' })).toMatchObject({ reason: 'test has no rows' });
  expect(await order('', '', { ...two, 'test.csv': 'at,x\n,1\n' })).toMatchObject({
    reason: 'at of test has no values',
  });
});

test('a text of the contract has no order, and values of a classified column are shown nowhere', async () => {
  const promise = (property: object) => ({ 'c.yaml': contract([{ name: 'at', ...property }]) });
  const datasets = { train: { path: 'train.csv', contract: 'c.yaml' }, test: { path: 'test.csv', contract: 'c.yaml' } };
  expect(await order('2024-01-01', '2024-02-01', promise({ logicalType: 'string' }), datasets)).toMatchObject({
    reason: 'at of train is of the type string, which has no order in time',
  });
  const hidden = promise({ logicalType: 'date', classification: 'restricted' });
  const result = await order('2024-01-01', '2023-02-01', hidden, datasets);
  expect(result).toMatchObject({ outcome: 'fail', examples: [{ row: 1 }] });
  expect(JSON.stringify(result)).not.toMatch(/202[34]/);
});

test('a data set does not come before itself, and names that are no data sets are all told', async () => {
  const run = (asked: object) =>
    check(
      { train: { path: 'train.csv' }, test: { path: 'test.csv' }, checks: [asked] },
      { 'train.csv': 'at\n1\n', 'test.csv': 'at\n2\n' },
    );
  const twice = { 'time-order': { before: 'test', after: 'test', on: 'at' } };
  await expect(run(twice)).rejects.toThrow('a data set is compared with itself');
  await expect(run({ 'time-order': { before: 'tain', after: 'tset', on: 'at' } })).rejects.toThrow(
    /no data set `tain`[\s\S]*Did you mean `train`[\s\S]*no data set `tset`/,
  );
  await expect(run({ privacy: { in: ['train', 'trian'] } })).rejects.toThrow(
    /no data set `trian`[\s\S]*Did you mean `train`/,
  );
  await expect(run({ privacy: { in: ['train', 'train'] } })).rejects.toThrow(/in/);
  await expect(run({ 'label-leakage': { in: 'tran', label: 'y' } })).rejects.toThrow(/no data set `tran`/);
});
