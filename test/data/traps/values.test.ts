import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UserMistake } from '../../../src/errors.ts';
import { check, checkCsv, checkFolder, contract, createFolder, find, writeParquet } from '../project.ts';

/** How many of some values are not of a type. */
async function countRefused(logicalType: string, values: readonly string[]): Promise<number> {
  const rows = values.map((value) => `"${value}",1\n`);
  const evidence = await checkCsv(`v,x\n${rows.join('')}`, [{ name: 'v', logicalType }]);
  return find(evidence, 'logicalType', 'v').count;
}

// What DuckDB's casts take for values of these types, most of them changed on the way.
test.each([
  ['integer', ['7', '-7', '+7', '007'], ['1.5', '2.5', '1e3', '0x1F', '1_000', ' 12 ', '1,000', '٣', '']],
  ['number', ['1.5', '-0.5', '1e3'], ['NaN', 'nan', 'inf', 'Infinity', '-inf', '1_000.5', '0x1F', ' 1.5', '1,5']],
  ['boolean', ['true', 'FALSE'], ['t', 'yes', '1', 'on', 'no', '0']],
  ['date', ['2024-01-05'], ['2024-1-5', 'inf', '2024-02-30', '2024-01-05T00:00:00', '01/02/2024', ' 2024-01-05']],
  ['timestamp', ['2024-01-05T10:00:00Z', '2024-01-05 10:00:00'], ['2024-01-05', '2024-1-5 10:00:00', 'inf', 'now']],
])('%s: what a cast would change is refused', async (type, good, bad) => {
  expect([await countRefused(type, good), await countRefused(type, bad)]).toEqual([0, bad.length]);
});

test('the offset of a timestamp counts', async () => {
  const csv = 'at,x\n2024-01-05T12:30:00+02:00,1\n2024-01-05T10:30:00Z,1\n';
  const evidence = await checkCsv(csv, [{ name: 'at', logicalType: 'timestamp', unique: true }]);
  expect(find(evidence, 'unique', 'at').count).toBe(1);
});

// The end of a date looks like an offset.
test.each([
  [false, ['2024-01-05', '2024-01-05T10:00:00'], ['2024-01-05T10:00:00-05', '2024-01-05T10:00:00.5Z']],
  [true, ['2024-01-05T10:00:00-05', '2024-01-05 10:00:00+0530'], ['2024-01-05', '2024-01-05T10:00:00']],
])('an offset stands behind a time: timezone %s', async (timezone, good, bad) => {
  const rows = [...good, ...bad].map((value) => `${value},1\n`).join('');
  const property = { name: 'v', logicalType: 'timestamp', logicalTypeOptions: { timezone } };
  const { examples } = find(await checkCsv(`v,x\n${rows}`, [property]), 'timezone', 'v');
  expect(examples.map(({ value }) => value)).toEqual(bad);
});

test('integers keep all their digits: two that are one as doubles are two', async () => {
  const csv = 'n,x\n9007199254740992,1\n9007199254740993,1\n170141183460469231731687303715884105727,1\n';
  const evidence = await checkCsv(csv, [{ name: 'n', logicalType: 'integer', unique: true }]);
  expect(evidence.outcome).toBe('pass');
});

test('leading zeros are part of a text, and not of a number', async () => {
  const csv = 'text,number\n007,007\n7,7\n';
  const evidence = await checkCsv(csv, [
    { name: 'text', logicalType: 'string', unique: true },
    { name: 'number', logicalType: 'integer', unique: true },
  ]);
  expect(find(evidence, 'unique', 'text').count).toBe(0);
  expect(find(evidence, 'unique', 'number').count).toBe(1);
});

test('JSON tells 2 from "2", and a line that is no JSON is no row', async () => {
  const promise = contract([
    { name: 'n', logicalType: 'integer' },
    { name: 't', logicalType: 'string' },
  ]);
  const run = (text: string) =>
    check({ b: { path: 'b.jsonl', contract: 'c.yaml' } }, { 'b.jsonl': text, 'c.yaml': promise });
  const evidence = await run('{"n":2,"t":"x"}\n{"n":"2","t":3}\n');
  expect(find(evidence, 'logicalType', 'n').examples).toEqual([{ row: 2, line: 2, value: '2' }]);
  expect(find(evidence, 'logicalType', 't').examples).toEqual([{ row: 2, line: 2, value: '3' }]);
  const error = await run('{"n":2,"t":"x"}\n{"n":3,\n').catch((thrown: unknown) => thrown);
  expect((error as UserMistake).problems).toMatchObject([{ file: 'b.jsonl', line: 2, found: 'this line is not JSON' }]);
});

test('\\w, \\d and \\b are of ASCII, as in ECMA-262', async () => {
  const property = (name: string, pattern: string) => ({
    name,
    logicalType: 'string',
    logicalTypeOptions: { pattern },
  });
  const evidence = await checkCsv('w,d\nabc,7\nécole,٣\n', [property('w', '^\\w+$'), property('d', '^\\d$')]);
  expect(find(evidence, 'pattern', 'w').examples).toEqual([{ row: 2, line: 3, value: 'école' }]);
  expect(find(evidence, 'pattern', 'd').examples).toEqual([{ row: 2, line: 3, value: '٣' }]);
});

// RE2 has neither; that they are a mistake of the contract is told before any row is read.
test.each(['^(?=a)b$', '(?<!a)b', '(a)\\1'])(
  'the regular expression %s, which cannot be run, is refused',
  async (pattern) => {
    const property = { name: 'v', logicalType: 'string', logicalTypeOptions: { pattern } };
    const error = await checkCsv('v,x\na,1\n', [property]).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserMistake);
    expect(String(error)).toContain('birds.odcs.yaml');
  },
);

test('NaN and Inf in Parquet break a number, fail no query and are no maximum', async () => {
  const folder = await createFolder({
    'modelgate.yml': JSON.stringify({
      version: 1,
      model: 'birds',
      data: { b: { path: 'b.parquet', contract: 'c.yaml' }, c: { path: 'c.parquet' }, checks: [DRIFT] },
    }),
    'c.yaml': contract([{ name: 'v', logicalType: 'number', logicalTypeOptions: { maximum: 5 } }]),
  });
  const values = `select case range when 0 then 'nan'::double when 1 then 'inf'::double else range % 5 end as v from range(200)`;
  await writeParquet(join(folder, 'b.parquet'), values);
  await writeParquet(join(folder, 'c.parquet'), values);
  const evidence = await checkFolder(folder);
  // As the greatest of all, NaN would be a maximum, and the deviation that drift is told in would be an error.
  expect([find(evidence, 'logicalType', 'v').count, find(evidence, 'maximum', 'v').count]).toEqual([2, 2]);
  expect(evidence.checks.map(({ rule, outcome }) => [rule, outcome])).toEqual([['drift', 'pass']]);
});

test('counts and whole numbers beyond 2^53 are numbers, and not texts', async () => {
  const evidence = await checkCsv('n,x\n9007199254740993,1\n1,1\n', [
    { name: 'n', logicalType: 'integer', logicalTypeOptions: { maximum: 9007199254740991 } },
  ]);
  const { count, examples } = find(evidence, 'maximum', 'n');
  expect([count, examples]).toEqual([1, [{ row: 1, line: 2, value: '9007199254740993' }]]);
});

const DRIFT = { drift: { from: 'b', to: 'c', 'max-share': 1 } };

test('sums of doubles come out alike run for run, whatever the threads did', async () => {
  const rows = Array.from({ length: 50_000 }, (_, index) => `${Math.sin(index) * 10 ** (index % 17)},${index}\n`);
  const folder = await createFolder({
    'modelgate.yml': JSON.stringify({
      version: 1,
      model: 'birds',
      data: { b: { path: 'b.csv' }, c: { path: 'c.csv' }, checks: [DRIFT] },
    }),
    'b.csv': `v,x\n${rows.join('')}`,
    'c.csv': `v,x\n${rows.toReversed().join('')}`,
  });
  const [first, second] = [await checkFolder(folder), await checkFolder(folder)];
  expect(JSON.stringify(second)).toBe(JSON.stringify(first));
});
