import { expect, test } from 'vitest';
import { UserMistake } from '../../src/errors.ts';
import { renderCanonical } from '../../src/evidence/canonical.ts';
import { check, checkCsv, checkFolder, contract, createFolder, find } from './project.ts';

const NAMES = [
  'a"b',
  "it's",
  'x; drop table birds; --',
  '__proto__',
  'select',
  '"',
  "');--",
  'ü 🦤',
  '%s',
  '$x{}',
  'a, b',
];
const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;

test('names of columns reach SQL as names only', async () => {
  const csv = `${NAMES.map(quote).join(',')}\n${NAMES.map((_, index) => index).join(',')}\n${NAMES.map(() => 0).join(',')}\n`;
  const properties = NAMES.map((name) => ({
    name,
    logicalType: 'integer',
    primaryKey: true,
    unique: true,
    logicalTypeOptions: { maximum: 0 },
  }));
  const evidence = await checkCsv(csv, properties, [
    { metric: 'duplicateValues', mustBe: 0, arguments: { properties: NAMES } },
  ]);
  for (const [index, name] of NAMES.entries()) {
    expect(find(evidence, 'maximum', name)).toMatchObject({ count: index === 0 ? 0 : 1 });
    expect(find(evidence, 'present', name).outcome).toBe('pass');
  }
  expect(find(evidence, 'duplicateValues').count).toBe(0);
});

test('values and patterns reach SQL as texts only', async () => {
  const values = ["'", "''", '"', "'); drop table birds; --", 'a\nb', '\\', '%', '🦤', ''];
  const csv = `id,x\n${values.map((value, index) => `${index},${quote(value)}`).join('\n')}\n`;
  const rule = (validValues: readonly string[]) => ({ metric: 'invalidValues', arguments: { validValues }, mustBe: 0 });
  const evidence = await checkCsv(csv, [
    { name: 'x', logicalType: 'string', quality: [rule(values), rule(values.slice(1))], unique: true },
  ]);
  const results = evidence.datasets[0]?.findings.filter((finding) => finding.rule === 'invalidValues');
  expect(results?.map(({ count, examples }) => [count, examples])).toEqual([
    [0, []],
    [1, [{ row: 1, line: 2, value: "'" }]],
  ]);
  const pattern = `^['"\\\\%;\\s\\w🦤()-]*$`;
  const matched = await checkCsv(csv, [{ name: 'x', logicalType: 'string', logicalTypeOptions: { pattern } }]);
  expect(find(matched, 'pattern').outcome).toBe('pass');
});

test('a pattern that cannot be run is a mistake in the contract', async () => {
  const patterns = ['(?=x)', '(a', '[', '(a)\\1', "a'(", '(((a{1000}){1000}){1000})'];
  const properties = patterns.map((pattern, index) => ({
    name: `x${index}`,
    logicalType: 'string',
    logicalTypeOptions: { pattern },
  }));
  const error = await checkCsv('x\n1\n', properties).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserMistake);
  const { problems } = error as UserMistake;
  expect(problems).toHaveLength(patterns.length);
  expect(problems[0]).toMatchObject({ file: 'birds.odcs.yaml', line: 15 });
  expect(problems[0]?.found).toMatch(/^the pattern "\(\?=x\)" cannot be used: invalid perl operator/);
});

test('a pattern that takes other engines for ever takes no time', async () => {
  const csv = `x\n${'a'.repeat(5000)}!\n`;
  const evidence = await checkCsv(csv, [
    { name: 'x', logicalType: 'string', logicalTypeOptions: { pattern: '^(a+)+$' } },
  ]);
  expect(find(evidence, 'pattern').count).toBe(1);
});

test('every file that is missing is reported where modelgate.yml names it', async () => {
  const error = await check(
    { a: { path: 'a.csv', contract: 'c.yaml' }, b: { path: 'b.dat' }, c: { path: '.' } },
    { 'b.dat': 'x\n' },
  ).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserMistake);
  expect((error as UserMistake).problems.map(({ file, line, found }) => [file, line, found])).toEqual([
    ['modelgate.yml', 1, 'a.csv: there is no such file or folder'],
    ['modelgate.yml', 1, 'c.yaml: there is no such file or folder'],
    ['modelgate.yml', 1, 'the name of b.dat does not say whether it is csv, parquet or jsonl'],
    ['modelgate.yml', 1, 'there is no csv, parquet or jsonl file below .'],
  ]);
});

test('broken files of all data sets are reported together, each by its name in the repository', async () => {
  const data = { a: { path: 'a.csv' }, b: { path: 'b.jsonl' } };
  const folder = await createFolder({
    'models/x/modelgate.yml': JSON.stringify({ version: 1, model: 'birds', data }),
    'models/x/a.csv': 'a,b\n1,2\n1\n',
    'models/x/b.jsonl': '{"a":1}\n{"a":\n',
  });
  const error = await checkFolder(folder, 'models/x/modelgate.yml').catch((thrown: unknown) => thrown);
  const { problems } = error as UserMistake;
  expect(problems.map(({ file, line }) => [file, line])).toEqual([
    ['models/x/a.csv', 3],
    ['models/x/b.jsonl', 2],
  ]);
});

test('a data set that is held against itself is a mistake', async () => {
  const checks = [{ drift: { from: 'train', to: 'train', 'max-share': 0.5 } }];
  const error = await check({ train: { path: 'a.csv' }, checks }, { 'a.csv': 'id\n1\n' }).catch(
    (thrown: unknown) => thrown,
  );
  expect((error as UserMistake).problems.map(({ found }) => found)).toEqual(['a data set is compared with itself']);
});

test('the same files give the same bytes', async () => {
  const rows = Array.from(
    { length: 20_000 },
    (_, i) => `${i % 19_000},${(i * 7919) % 1013},${'abcdef'[i % 6]},${i / 7}`,
  );
  const files = {
    'a.csv': `id,n,c,x\n${rows.join('\n')}\n`,
    'b.csv': `id,n,c,x\n${rows.slice(0, 5000).reverse().join('\n')}\n`,
    'c.yaml': contract([
      { name: 'id', logicalType: 'integer', unique: true },
      { name: 'n', logicalType: 'integer', logicalTypeOptions: { maximum: 900 } },
      { name: 'c', quality: [{ metric: 'invalidValues', arguments: { validValues: ['a', 'b'] }, mustBe: 0 }] },
      { name: 'x', logicalType: 'number', logicalTypeOptions: { exclusiveMinimum: 1 } },
    ]),
  };
  const checks = [
    { 'no-overlap': { between: ['a', 'b'], on: ['id'] } },
    { drift: { from: 'a', to: 'b', 'max-share': 0.1 } },
  ];
  const data = { a: { path: 'a.csv', contract: 'c.yaml' }, b: { path: 'b.csv', contract: 'c.yaml' }, checks };
  const first = renderCanonical(await check(data, files));
  expect(renderCanonical(await check(data, files))).toBe(first);
  expect(first).toContain('"outcome": "fail"');
});

test('a data set without a contract promises nothing', async () => {
  const evidence = await check({ a: { path: 'a.csv' } }, { 'a.csv': 'x,y\n1,2\n' });
  expect(evidence).toMatchObject({ outcome: 'pass', checks: [], parents: [] });
  expect(evidence.datasets[0]).toMatchObject({
    name: 'a',
    format: 'csv',
    size: 8,
    rows: 1,
    columns: ['x', 'y'],
    contract: null,
    findings: [],
  });
});
