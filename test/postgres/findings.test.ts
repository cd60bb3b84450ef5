import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { contract } from '../data/project.ts';
import { CASES } from './cases.ts';
import { ring, useCluster } from './ring.ts';
import { checkProject, compare, loadTable, renderCsv } from './same.ts';

const cluster = useCluster();

type Rows = readonly (readonly (string | null)[])[];

/** The findings about one CSV file, and about a table with the same values. */
async function findBoth(columns: Readonly<Record<string, string>>, rows: Rows, odcs: string) {
  await loadTable(cluster(), 'public.birds', columns, rows);
  const files = { 'birds.csv': renderCsv(Object.keys(columns), rows), 'birds.odcs.yaml': odcs };
  const table = { engine: 'postgres', table: 'public.birds', connection: 'BIRDS', contract: 'birds.odcs.yaml' };
  const data = { birds: { path: 'birds.csv', contract: 'birds.odcs.yaml' }, table };
  const evidence = await checkProject(data, files, { BIRDS: cluster().url });
  const findings = (name: string) => evidence.datasets.find((dataset) => dataset.name === name)?.findings ?? [];
  return { file: findings('birds'), table: findings('table') };
}

ring('a table of texts and the CSV file of the same rows come to the same', async () => {
  const names = Object.keys(CASES);
  const height = Math.max(...Object.values(CASES).map(({ values }) => values.length));
  const rows = Array.from({ length: height }, (_, row) =>
    Object.values(CASES).map(({ values }) => values[row] ?? null),
  );
  const odcs = contract(Object.entries(CASES).map(([name, { promise }]) => ({ name, ...promise })));
  const both = await findBoth(Object.fromEntries(names.map((name) => [name, 'text'])), rows, odcs);
  expect(both.table.length).toBeGreaterThan(names.length * 2);
  expect(compare(both.table)).toEqual(compare(both.file));
});

const NATIVES: Readonly<Record<string, readonly [type: string, promise: object, values: readonly (string | null)[]]>> =
  {
    small: [
      'smallint',
      { logicalType: 'integer', logicalTypeOptions: { minimum: 0, maximum: 9 }, unique: true },
      ['1', '-1', '1', null],
    ],
    big: [
      'bigint',
      { logicalType: 'number', logicalTypeOptions: { maximum: 9e18 } },
      ['9223372036854775807', '1', null, null],
    ],
    exact: [
      'numeric(12,2)',
      { logicalType: 'number', logicalTypeOptions: { multipleOf: 0.1 }, unique: true },
      ['0.30', '0.35', '0.3', '1.00'],
    ],
    long: [
      'numeric',
      { logicalType: 'number', unique: true },
      ['12345678901234567890', '12345678901234567891', '1', '1.0'],
    ],
    single: ['real', { logicalType: 'number', logicalTypeOptions: { maximum: 0.1 } }, ['0.1', '0.2', '1e10', '-3.5']],
    double: [
      'double precision',
      { logicalType: 'number', logicalTypeOptions: { minimum: 0 } },
      ['NaN', 'Infinity', '-1', '2'],
    ],
    flag: ['boolean', { logicalType: 'boolean', unique: true }, ['true', 'false', 'true', null]],
    day: [
      'date',
      { logicalType: 'date', logicalTypeOptions: { minimum: '2000-01-01' } },
      ['2024-02-29', '1999-12-31', null, '2000-01-01'],
    ],
    clock: [
      'time',
      { logicalType: 'time', logicalTypeOptions: { maximum: '12:00' } },
      ['12:00:00', '12:00:01', '00:00:00', null],
    ],
    instant: [
      'timestamptz',
      { logicalType: 'timestamp', logicalTypeOptions: { minimum: '2024-01-05T10:00:00Z' } },
      ['2024-01-05T11:59:59+02:00', '2024-01-05T12:00:00+02:00', null, '2025-01-01T00:00:00Z'],
    ],
    local: [
      'timestamp',
      {
        logicalType: 'timestamp',
        logicalTypeOptions: { defaultTimezone: 'Europe/Paris', maximum: '2024-01-05T09:00:00Z' },
      },
      ['2024-01-05T10:00:00', '2024-01-05T10:00:01', null, null],
    ],
    name: ['varchar(20)', { logicalType: 'string', logicalTypeOptions: { maxLength: 2 } }, ['é😀', 'abc', '', null]],
    code: [
      'uuid',
      { logicalType: 'string', logicalTypeOptions: { pattern: '^1' } },
      ['123e4567-e89b-12d3-a456-426614174000', '223e4567-e89b-12d3-a456-426614174000', null, null],
    ],
  };

ring('columns with types of their own come to the same as the texts of their values', async () => {
  const rows = [0, 1, 2, 3].map((row) => Object.values(NATIVES).map(([, , values]) => values[row] ?? null));
  const columns = Object.fromEntries(Object.entries(NATIVES).map(([name, [type]]) => [name, type]));
  const odcs = contract(Object.entries(NATIVES).map(([name, [, promise]]) => ({ name, ...promise })));
  const both = await findBoth(columns, rows, odcs);
  expect(compare(both.table)).toEqual(compare(both.file));
});

ring('conditions of rows, composite keys, references and freshness come to the same', async () => {
  const columns = { id: 'text', 'it\'s a "key"': 'text', parent: 'text', at: 'timestamptz' };
  const rows = [
    ['1', 'x', null, '2026-11-01T00:00:00Z'],
    ['2', 'x', '1', '2026-11-20T00:00:00Z'],
    ['2', 'x', '7', null],
    [null, 'y', '2', null],
  ];
  const rule = Object.fromEntries([
    ['when', [{ column: `it's a "key"`, in: ['x'] }]],
    ['then', [{ column: 'parent', present: true }]],
  ]);
  const odcs = contract(
    [
      { name: 'id', logicalType: 'integer', primaryKey: true, primaryKeyPosition: 1 },
      { name: `it's a "key"`, logicalType: 'string', primaryKey: true, primaryKeyPosition: 2 },
      { name: 'parent', logicalType: 'integer' },
      { name: 'at', logicalType: 'timestamp' },
    ],
    [{ type: 'custom', engine: 'modelgate', implementation: rule }],
    { slaProperties: [{ property: 'freshness', value: 1, unit: 'd', element: 'birds.at' }] },
  ).replace('"quality": [', '"relationships": [{"from": "birds.parent", "to": "birds.id"}],\n"quality": [');
  const both = await findBoth(columns, rows, odcs);
  expect(compare(both.table)).toEqual(compare(both.file));
  expect(
    both.table.filter(({ outcome }) => outcome === 'fail').map(({ rule: failed, count }) => [failed, count]),
  ).toMatchInlineSnapshot(`
    [
      [
        "required",
        1,
      ],
      [
        "primaryKey",
        1,
      ],
      [
        "row",
        1,
      ],
      [
        "relationships",
        1,
      ],
      [
        "latency",
        0,
      ],
    ]
  `);
});

ring('the bird strikes of the FAA: the table has the violations that the file has, and no others', async () => {
  const path = new URL('../../node_modules/vega-datasets/data/birdstrikes.csv', import.meta.url);
  const [head = '', ...lines] = (await readFile(path, 'utf8')).trim().split(/\r?\n/);
  const cells = (line: string) =>
    [...line.matchAll(/"((?:[^"]|"")*)"|([^,]+)|(?<=^|,)(?=,|$)/g)].map(
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? null,
    );
  const names = cells(head).map((name) => name ?? '');
  const damage = names.find((name) => /damage/i.test(name)) ?? '';
  const odcs = contract([
    {
      name: damage,
      required: true,
      quality: [
        { metric: 'invalidValues', arguments: { validValues: ['None', 'Minor', 'Medium', 'Substantial'] }, mustBe: 0 },
      ],
    },
  ]);
  const rows = lines.map(cells);
  expect(rows.every((row) => row.length === names.length)).toBe(true);
  const both = await findBoth(Object.fromEntries(names.map((name) => [name, 'text'])), rows, odcs);
  expect(compare(both.table)).toEqual(compare(both.file));
  const found = both.table.find(({ rule }) => rule === 'invalidValues');
  expect(found?.count).toBe(15);
  expect(found?.examples).toEqual([{ value: 'C' }, { value: 'B' }]);
});

ring('what objects and lists hold is not looked into in a table, and does not pass', async () => {
  const x = { name: 'x', logicalType: 'integer', required: true };
  const odcs = contract([
    { name: 'o', logicalType: 'object', properties: [x] },
    { name: 'l', logicalType: 'array', items: { logicalType: 'integer' } },
  ]);
  const both = await findBoth({ o: 'jsonb', l: 'integer[]' }, [['{"x": 1}', null]], odcs);
  expect(both.table.map(({ column, rule, outcome }) => [column, rule, outcome])).toEqual([
    ['o', 'present', 'pass'],
    ['o', 'logicalType', 'pass'],
    ['o.x', 'logicalType', 'cannot-measure'],
    ['o.x', 'required', 'cannot-measure'],
    ['l', 'present', 'pass'],
    ['l', 'logicalType', 'cannot-measure'],
    ['l[]', 'logicalType', 'cannot-measure'],
  ]);
  expect(both.table[2]?.reason).toBe(
    'what objects and lists hold is not looked into in a table of PostgreSQL; check an export of it',
  );
});
