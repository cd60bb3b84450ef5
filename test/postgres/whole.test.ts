import { join } from 'node:path';
import { expect } from 'vitest';
import type { DataEvidence, Finding } from '../../src/evidence/schema/data.ts';
import { checkFolder, contract, createFolder, writeParquet } from '../data/project.ts';
import { ring, useCluster } from './ring.ts';
import { compare } from './same.ts';

const cluster = useCluster();

/** Every kind of check that a contract knows, each at least once, most of them broken by a row. */
const PROPERTIES = [
  {
    name: 'id',
    logicalType: 'integer',
    primaryKey: true,
    logicalTypeOptions: { minimum: 1, exclusiveMaximum: 9, multipleOf: 1, format: 'i32' },
    quality: [{ metric: 'duplicateValues', mustBeLessThan: 2 }],
  },
  {
    name: 'mass',
    logicalType: 'number',
    logicalTypeOptions: { exclusiveMinimum: 0, maximum: 5.5, multipleOf: 0.25, format: 'f32' },
    quality: [{ metric: 'nullValues', mustBeLessThan: 10, unit: 'percent' }],
  },
  {
    name: 'species',
    logicalType: 'string',
    required: true,
    logicalTypeOptions: { pattern: '^[A-Z]', minLength: 4, maxLength: 6 },
    quality: [
      { metric: 'invalidValues', arguments: { validValues: ['Adelie', 'Gentoo'] }, mustBe: 0 },
      {
        metric: 'invalidValues',
        arguments: { pattern: 'e$' },
        mustBeLessThan: 50,
        unit: 'percent',
        severity: 'warning',
      },
      { metric: 'missingValues', arguments: { missingValues: [null, 'emu'] }, mustBeBetween: [1, 3] },
    ],
  },
  { name: 'mail', logicalType: 'string', classification: 'PII', logicalTypeOptions: { format: 'email' } },
  {
    name: 'tagged',
    logicalType: 'boolean',
    quality: [{ metric: 'invalidValues', arguments: { validValues: [true] }, mustBe: 0 }],
  },
  { name: 'day', logicalType: 'date', logicalTypeOptions: { minimum: '2024-01-31', maximum: '2024-12-31' } },
  { name: 'hour', logicalType: 'time', logicalTypeOptions: { maximum: '12:00' } },
  { name: 'at', logicalType: 'timestamp', unique: true, logicalTypeOptions: { minimum: '2024-01-05T10:30:00Z' } },
  { name: 'list', logicalType: 'array', logicalTypeOptions: { minItems: 1, maxItems: 2, uniqueItems: true } },
  {
    name: 'object',
    logicalType: 'object',
    logicalTypeOptions: { required: ['a'], minProperties: 1, maxProperties: 1 },
  },
  { name: 'parent', logicalType: 'integer', relationships: [{ to: 'birds.id' }] },
  { name: 'gone', required: true },
];
// Not written as an object: one with a `then` looks like a promise.
const implementation = Object.fromEntries([
  ['when', [{ column: 'species', in: ['Gentoo', 'emu'] }]],
  [
    'then',
    [
      { column: 'tagged', present: true },
      { column: 'mass', '>': { column: 'id' } },
    ],
  ],
]);
const QUALITY = [
  { metric: 'rowCount', mustBeGreaterThan: 4 },
  { metric: 'duplicateValues', arguments: { properties: ['species', 'tagged'] }, mustBe: 0 },
  { type: 'custom', engine: 'modelgate', implementation },
  { type: 'sql', query: 'SELECT count(*) FROM birds WHERE mass < id', mustBe: 0 },
];
const SLA = { slaProperties: [{ property: 'latency', value: 1, unit: 'd', element: 'birds.at' }] };

const ROWS = [
  [1, 3.75, 'Adelie', 'a@b.org', true, '2024-01-05', '10:00:00', '2024-01-05 10:00:00', [1], { a: 1 }, null],
  [2, 5.5, 'Gentoo', 'b@b.org', false, '2024-02-29', '12:00:00', '2024-01-05 11:00:00', [1, 1], { b: 1 }, 1],
  [2, -1, 'emu', 'nobody', true, '2025-01-01', '12:00:01', '2024-01-05 10:00:00', [], {}, 2],
  [9, 0.3, 'Adelie', 'c@b.org', true, '2024-05-05', '00:00:00', '2024-05-05 10:00:00', [1, 2, 3], { a: 1, b: 2 }, 7],
  [3, null, null, null, null, null, null, null, null, null, null],
] as const;
const NAMES = PROPERTIES.map(({ name }) => name).slice(0, -1);
const NATIVE = [
  'bigint',
  'double precision',
  'text',
  'text',
  'boolean',
  'date',
  'time',
  'timestamp',
  'jsonb',
  'jsonb',
  'bigint',
];

const text = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value));
const cell = (value: unknown) => (value === null ? '' : `"${text(value).replaceAll('"', '""')}"`);
const literal = (value: unknown) => (value === null ? 'null' : `'${text(value).replaceAll("'", "''")}'`);
const tuples = ROWS.map((row) => `(${row.map(literal).join(', ')})`).join(', ');

/** The findings about one data set, by its name. */
function findingsOf(evidence: DataEvidence, name: string): readonly Finding[] {
  return evidence.datasets.find((dataset) => dataset.name === name)?.findings ?? [];
}

ring('every kind of check comes to the same on CSV, JSONL, Parquet and PostgreSQL', async () => {
  const columns = NAMES.map((name, index) => `"${name}" ${NATIVE[index]}`).join(', ');
  await cluster().run(`create table birds (${columns}); insert into birds values ${tuples};`);
  const odcs = contract(PROPERTIES, QUALITY, SLA);
  const file = (path: string) => ({ path, contract: 'c.yaml' });
  const table = { engine: 'postgres', table: 'birds', connection: 'MODELGATE_TEST_WHOLE', contract: 'c.yaml' };
  const data = { csv: file('b.csv'), jsonl: file('b.jsonl'), parquet: file('b.parquet'), table };
  const folder = await createFolder({
    'modelgate.yml': JSON.stringify({ version: 1, model: 'birds', data }),
    'c.yaml': odcs,
    'b.csv': [NAMES.join(','), ...ROWS.map((row) => row.map(cell).join(','))].join('\n').concat('\n'),
    'b.jsonl': ROWS.map(
      (row) => `${JSON.stringify(Object.fromEntries(NAMES.map((name, at) => [name, row[at]])))}\n`,
    ).join(''),
  });
  const casts = NAMES.map((name, at) => `"${name}"::${(NATIVE[at] ?? '').replace('jsonb', 'json')} as "${name}"`);
  const named = NAMES.map((name) => `"${name}"`).join(', ');
  await writeParquet(join(folder, 'b.parquet'), `select ${casts.join(', ')} from (values ${tuples}) as t(${named})`);
  process.env['MODELGATE_TEST_WHOLE'] = cluster().url;
  const evidence = await checkFolder(folder).finally(() => delete process.env['MODELGATE_TEST_WHOLE']);
  const [csv, ...others] = ['csv', 'jsonl', 'parquet', 'table'].map((name) => compare(findingsOf(evidence, name)));
  for (const other of others) expect(other).toEqual(csv);
  const kinds = new Set(findingsOf(evidence, 'csv').map(({ outcome }) => outcome));
  expect([...kinds].sort()).toEqual(['cannot-measure', 'fail', 'pass']);
});
