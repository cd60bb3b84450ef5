import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DataEvidence } from '../../src/evidence/schema/data.ts';
import { check, checkCsv, contract, createFolder, find, writeParquet } from './project.ts';

/** The values that are not of a type, out of some that a CSV file holds. */
async function refused(logicalType: string, values: readonly string[]): Promise<(string | undefined)[]> {
  const refusedOnes: (string | undefined)[] = [];
  const csv = `n,x\n${values.map((value, index) => `${index},"${value}"`).join('\n')}\n`;
  for (let start = 0; start < values.length; start += 5) {
    const part = csv.split('\n').slice(start + 1, start + 6);
    const evidence = await checkCsv(`n,x\n${part.join('\n')}\n`, [{ name: 'x', logicalType }]);
    refusedOnes.push(...find(evidence, 'logicalType').examples.map(({ value }) => value));
  }
  return refusedOnes;
}

test('integers are digits: what a cast would take besides is refused', async () => {
  const traps = ['1.5', '2.0', '1e3', '0x1F', '1_000', ' 12 ', 'inf', 'NaN', '', '١', '--1', '1-', '9'.repeat(60)];
  expect(
    await refused('integer', [...traps, '12', '-12', '+3', '0', '170141183460469231731687303715884105727']),
  ).toEqual(traps);
});

test('numbers are finite and decimal', async () => {
  const traps = ['inf', '-Infinity', 'nan', 'NaN', '1_000', ' 1', '0x1F', '1,5', '1e', 'e5', '.', '1e999', ''];
  expect(await refused('number', [...traps, '1', '-1.5', '.5', '1.', '1e-3', '+2E5'])).toEqual(traps);
});

test('booleans are true and false in any case', async () => {
  const traps = ['t', 'yes', '1', '0', 'on', 'truely', ''];
  expect(await refused('boolean', [...traps, 'true', 'False', 'TRUE'])).toEqual(traps);
});

test('dates are ten characters of a day that exists', async () => {
  const traps = ['2024-1-5', 'inf', '2023-02-29', '05/01/2024', '2024-01-05T00:00:00', 'epoch', '2024-01-05 ', ''];
  expect(await refused('date', [...traps, '2024-02-29', '0001-01-01'])).toEqual(traps);
});

test('timestamps need a day, a time to the second and may have an offset', async () => {
  const traps = [
    '2024-01-05',
    '2024-01-05T10:00',
    'now',
    '2024-02-30T00:00:00',
    '2024-01-05T25:00:00',
    '2024-01-05T10:00:00 Europe/Paris',
  ];
  const good = [
    '2024-01-05T10:00:00',
    '2024-01-05 10:00:00.123',
    '2024-01-05T10:00:00Z',
    '2024-01-05T10:00:00+02:00',
    '2024-01-05T10:00:00-0530',
  ];
  expect(await refused('timestamp', [...traps, ...good])).toEqual(traps);
});

test('an offset counts, and a timestamp without one is in UTC', async () => {
  const options = { minimum: '2024-01-05T10:00:00Z' };
  const evidence = await checkCsv('x\n2024-01-05T11:59:59+02:00\n2024-01-05T12:00:00+02:00\n2024-01-05 10:00:00\n', [
    { name: 'x', logicalType: 'timestamp', logicalTypeOptions: options },
  ]);
  expect(find(evidence, 'minimum').examples).toEqual([{ row: 1, line: 2, value: '2024-01-05T11:59:59+02:00' }]);
});

test('a value that is no number breaks every range', async () => {
  const options = { minimum: 0, maximum: 10 };
  const evidence = await checkCsv('x\nNaN\ninf\nten\n5\n', [
    { name: 'x', logicalType: 'number', logicalTypeOptions: options },
  ]);
  expect([find(evidence, 'minimum').count, find(evidence, 'maximum').count]).toEqual([3, 3]);
});

test('an empty value is missing, a quoted empty one is a text', async () => {
  const evidence = await checkCsv('id,x\n1,\n2,""\n3,NA\n4,NULL\n', [
    { name: 'x', logicalType: 'string', required: true },
  ]);
  expect(find(evidence, 'required').examples).toEqual([{ row: 1, line: 2 }]);
});

test('unique numbers are told apart by their value, not by how they are written', async () => {
  const evidence = await checkCsv('x,y\n1,1\n01,01\n+1,1.0\n', [
    { name: 'x', logicalType: 'integer', unique: true },
    { name: 'y', logicalType: 'string', unique: true },
  ]);
  expect([find(evidence, 'unique', 'x').count, find(evidence, 'unique', 'y').count]).toEqual([2, 0]);
});

const PROPERTIES = [
  { name: 'id', logicalType: 'integer', primaryKey: true, logicalTypeOptions: { minimum: 2 } },
  { name: 'mass', logicalType: 'number', logicalTypeOptions: { exclusiveMinimum: 0, maximum: 5.5 } },
  {
    name: 'species',
    logicalType: 'string',
    required: true,
    logicalTypeOptions: { pattern: '^[A-Z]' },
    quality: [{ metric: 'invalidValues', arguments: { validValues: ['Adelie', 'Gentoo'] }, mustBe: 0 }],
  },
  {
    name: 'tagged',
    logicalType: 'boolean',
    quality: [{ metric: 'invalidValues', arguments: { validValues: [true] }, mustBe: 0 }],
  },
  { name: 'day', logicalType: 'date', logicalTypeOptions: { maximum: '2024-12-31' } },
  { name: 'at', logicalType: 'timestamp', unique: true },
  { name: 'gone', required: true },
];
const QUALITY = [{ metric: 'rowCount', mustBeGreaterThan: 4 }];
const ROWS = [
  { id: 1, mass: 3.75, species: 'Adelie', tagged: true, day: '2024-01-05', at: '2024-01-05 10:00:00' },
  { id: 2, mass: 5.5, species: 'Gentoo', tagged: false, day: '2024-02-29', at: '2024-01-05 11:00:00' },
  { id: 2, mass: -1, species: 'emu', tagged: true, day: '2025-01-01', at: '2024-01-05 10:00:00' },
  { id: 3, mass: null, species: null, tagged: null, day: null, at: null },
];
const cell = (value: unknown) => (value === null ? '' : String(value));

async function checkFile(path: string, content: string | Uint8Array): Promise<DataEvidence> {
  return check(
    { birds: { path, contract: 'birds.odcs.yaml' } },
    { [path]: content, 'birds.odcs.yaml': contract(PROPERTIES, QUALITY) },
  );
}

test('the same contract gives the same findings on CSV, JSONL and Parquet of the same data', async () => {
  const columns = Object.keys(ROWS[0] ?? {});
  const csv = `${columns.join(',')}\n${ROWS.map((row) => Object.values(row).map(cell).join(',')).join('\n')}\n`;
  const jsonl = ROWS.map((row) => `${JSON.stringify(row)}\n`).join('');
  const sql = (value: unknown) => (typeof value === 'string' ? `'${value}'` : String(value));
  const values = ROWS.map((row) => `(${Object.values(row).map(sql).join(', ')})`).join(', ');
  const target = join(await createFolder({}), 'birds.parquet');
  await writeParquet(
    target,
    `select id::bigint as id, mass::double as mass, species, tagged::boolean as tagged, day::date as day, "at"::timestamp as "at"
     from (values ${values}) as t("${columns.join('", "')}")`,
  );
  const [first, second, third] = [
    await checkFile('birds.csv', csv),
    await checkFile('birds.jsonl', jsonl),
    await checkFile('birds.parquet', await readFile(target)),
  ].map((evidence) => evidence.datasets[0]);
  expect(
    first?.findings.filter(({ outcome }) => outcome !== 'pass').map(({ rule, column, count }) => [rule, column, count]),
  ).toEqual([
    ['minimum', 'id', 1],
    ['unique', 'id', 1],
    ['exclusiveMinimum', 'mass', 1],
    ['pattern', 'species', 1],
    ['required', 'species', 1],
    ['invalidValues', 'species', 1],
    ['invalidValues', 'tagged', 1],
    ['maximum', 'day', 1],
    ['unique', 'at', 1],
    ['present', 'gone', 4],
    ['required', 'gone', 0],
    ['rowCount', undefined, 0],
  ]);
  // A line is another in each format, and Parquet has none.
  const [one, two, three] = [first, second, third].map((dataset) =>
    dataset?.findings.map((finding) => ({
      ...finding,
      examples: finding.examples.map(({ line: _line, ...example }) => example),
    })),
  );
  expect(two).toEqual(one);
  expect(three).toEqual(one);
});

test('in JSONL the type of a value counts, not what it looks like', async () => {
  const lines = [
    '{"n":"2","s":3}',
    '{"n":2,"s":"3"}',
    '{"n":2.0,"s":"x"}',
    '{"n":true,"s":{"a":1}}',
    '{"n":null}',
    '{"s":"y"}',
  ];
  const evidence = await check(
    { birds: { path: 'birds.jsonl', contract: 'birds.odcs.yaml' } },
    {
      'birds.jsonl': `${lines.join('\n')}\n`,
      'birds.odcs.yaml': contract([
        { name: 'n', logicalType: 'integer', required: true },
        { name: 's', logicalType: 'string' },
      ]),
    },
  );
  expect(find(evidence, 'logicalType', 'n').examples).toEqual([
    { row: 1, line: 1, value: '2' },
    { row: 3, line: 3, value: '2.0' },
    { row: 4, line: 4, value: 'true' },
  ]);
  expect(find(evidence, 'logicalType', 's').examples).toEqual([
    { row: 1, line: 1, value: '3' },
    { row: 4, line: 4, value: '{"a":1}' },
  ]);
  expect(find(evidence, 'required', 'n').examples).toEqual([
    { row: 5, line: 5 },
    { row: 6, line: 6 },
  ]);
});

test('in Parquet the stored type counts, and NaN is no number', async () => {
  const target = join(await createFolder({}), 'birds.parquet');
  await writeParquet(
    target,
    `select 1.0::double as i, 'nan'::double as n, 5 as s, 1.5::decimal(4, 2) as d union all select 2, 1, 6, 2.5`,
  );
  const evidence = await check(
    { birds: { path: 'birds.parquet', contract: 'birds.odcs.yaml' } },
    {
      'birds.parquet': await readFile(target),
      'birds.odcs.yaml': contract([
        { name: 'i', logicalType: 'integer' },
        { name: 'n', logicalType: 'number', logicalTypeOptions: { minimum: 0 } },
        { name: 's', logicalType: 'string' },
        { name: 'd', logicalType: 'number', logicalTypeOptions: { maximum: 2 } },
      ]),
    },
  );
  expect(find(evidence, 'logicalType', 'i').reason).toBe(
    '2 of 2 values are not integers: the file stores the column as DOUBLE',
  );
  expect([find(evidence, 'logicalType', 'n').count, find(evidence, 'minimum', 'n').count]).toEqual([1, 1]);
  expect(find(evidence, 'logicalType', 's').count).toBe(2);
  expect(find(evidence, 'maximum', 'd').examples).toEqual([{ row: 2, value: '2.50' }]);
});
