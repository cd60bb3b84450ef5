import { describe, expect, test } from 'vitest';
import { judge, listOpen, pack } from './opened.ts';
import { contract, find } from './project.ts';

const CITY = { name: 'city', logicalType: 'string', required: true, logicalTypeOptions: { minLength: 4 } };
const LAT = { name: 'lat', logicalType: 'number', required: true, logicalTypeOptions: { maximum: 90 } };
const PLACE = { name: 'place', logicalType: 'object', properties: [LAT, { name: 'since', logicalType: 'date' }] };
const ZIP = {
  name: 'zip',
  logicalType: 'string',
  unique: true,
  logicalTypeOptions: { pattern: '^[0-9]{4}$' },
  quality: [{ metric: 'nullValues', mustBeLessThan: 50, unit: 'percent' }],
};
const ALLOWED = [{ metric: 'invalidValues', arguments: { validValues: ['a', 'b'] }, mustBe: 0 }];
const TAG = { logicalType: 'string', required: true, logicalTypeOptions: { maxLength: 1 }, quality: ALLOWED };
const LINE = { name: 'n', logicalType: 'integer', required: true, logicalTypeOptions: { minimum: 1 } };
const PROPERTIES = [
  { name: 'id', logicalType: 'integer' },
  { name: 'address', logicalType: 'object', properties: [CITY, ZIP, PLACE] },
  { name: 'tags', logicalType: 'array', items: TAG },
  { name: 'lines', logicalType: 'array', items: { logicalType: 'object', properties: [LINE] } },
  { name: 'grid', logicalType: 'array', items: { logicalType: 'array', items: { logicalType: 'integer' } } },
];
const ODCS = contract(PROPERTIES);

const ROWS = [
  {
    id: 1,
    address: { city: 'Oslo', zip: '0150', place: { lat: 59.5, since: '2020-01-31' } },
    tags: ['a', 'b'],
    lines: [{ n: 1 }, { n: 2 }],
    grid: [[1], [2, 3]],
  },
  {
    id: 2,
    address: { city: 'Ulm', zip: '', place: { lat: 91, since: '2020-01-31' } },
    tags: ['a', null, 'zz'],
    lines: [{ n: 1 }, { n: 0 }, { n: -1 }],
    grid: [[], [4]],
  },
  { id: 3, address: { city: null, zip: '0150', place: null }, tags: [], lines: [{ n: null }], grid: [] },
  { id: 4, address: null, tags: null, lines: null, grid: null },
  {
    id: 5,
    address: { city: 'Bonn', zip: '0150', place: { lat: null, since: null } },
    tags: ['c', 'c'],
    lines: [],
    grid: [[5]],
  },
];

const JSONL = ROWS.map((row) => `${JSON.stringify(row)}\n`).join('');
const TYPES = `{"id": "BIGINT", "address": {"city": "VARCHAR", "zip": "VARCHAR", "place": {"lat": "DOUBLE", "since": "DATE"}},
  "tags": ["VARCHAR"], "lines": [{"n": "INTEGER"}], "grid": [["INTEGER"]]}`;

const quoteText = (text: string) => `'${text.replaceAll("'", "''")}'`;
const rows = ROWS.map((row) => `(${quoteText(JSON.stringify(row))}::json)`).join(', ');
const STRUCTS = `select unnest(from_json(j, ${quoteText(TYPES)})) from (values ${rows}) as t(j)`;
const JSONS = `select (j ->> 'id')::bigint as id, j -> 'address' as address, j -> 'tags' as tags, j -> 'lines' as lines,
  j -> 'grid' as grid from (values ${rows}) as t(j)`;
const cell = (value: unknown) => (value === null ? '' : `"${JSON.stringify(value).replaceAll('"', '""')}"`);
const CSV = `id,address,tags,lines,grid\n${ROWS.map((row) => Object.values(row).map(cell).join(',')).join('\n')}\n`;

describe('what objects and lists hold', () => {
  const expected = [
    ['minLength', 'address.city', 1, ['2: Ulm']],
    ['required', 'address.city', 1, ['3']],
    ['pattern', 'address.zip', 1, ['2: ']],
    ['unique', 'address.zip', 2, ['3: 0150', '5: 0150']],
    ['maximum', 'address.place.lat', 1, ['2: 91']],
    ['required', 'address.place.lat', 1, ['5']],
    ['maxLength', 'tags[]', 1, ['2: zz']],
    ['required', 'tags[]', 1, ['2']],
    ['invalidValues', 'tags[]', 2, ['2: zz', '5: c']],
    ['minimum', 'lines[].n', 1, ['2: 0']],
    ['required', 'lines[].n', 1, ['3']],
  ];

  test.each([
    ['in JSONL', 'b.jsonl', async () => JSONL],
    ['in Parquet with structures', 'b.parquet', () => pack(STRUCTS)],
    ['in Parquet with JSON', 'b.parquet', () => pack(JSONS)],
    ['in CSV as JSON', 'b.csv', async () => CSV],
  ])('%s is held against what the contract promises of it', async (_where, path, write) => {
    const evidence = await judge(path, await write(), ODCS);
    expect(listOpen(evidence)).toEqual(expected);
    expect(evidence.datasets[0]?.notChecked).toEqual([]);
  });

  test('is told by its path, with how many rows have a place for it', async () => {
    const evidence = await judge('b.jsonl', JSONL, ODCS);
    const reason = (rule: string, column: string) => find(evidence, rule, column).reason;
    expect(reason('logicalType', 'address.city')).toBe('all 3 values are texts');
    expect(reason('required', 'address.city')).toBe('1 of 4 rows that could have it has no value there');
    expect(reason('maxLength', 'tags[]')).toBe(
      '1 of 3 rows with such values has one that is not at most 1 character long',
    );
    expect(reason('logicalType', 'grid[][]')).toBe('no row of the 3 with such values has one that is not an integer');
    expect(reason('nullValues', 'address.zip')).toBe(
      'no row of the 4 that could have it has no value there (0%); the contract allows less than 50%',
    );
  });
});
