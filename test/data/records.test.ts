import { expect, test } from 'vitest';
import { check, contract, find } from './project.ts';

const SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  required: ['id', 'mass'],
  properties: {
    id: { type: 'integer' },
    mass: { type: 'number', exclusiveMinimum: 0 },
    seen: { type: 'string', format: 'date' },
    tags: { type: 'array', items: { enum: ['a', 'b'] } },
  },
  additionalProperties: false,
};
const LINES = [
  { id: 1, mass: 3.5, seen: '2024-02-29', tags: ['a'] },
  { id: 2, mass: -1, seen: '2023-02-29', tags: ['a', 'x', 'y'] },
  { id: '3', mass: 0 },
  { id: 4 },
  { id: 5, mass: 1, wings: 2 },
];

function run(schema: unknown = SCHEMA, more: Record<string, string> = {}, dataset: object = {}) {
  const lines = LINES.map((line) => JSON.stringify(line)).join('\n');
  const content = typeof schema === 'string' ? schema : JSON.stringify(schema);
  return check(
    { birds: { path: 'birds.jsonl', 'record-schema': 'bird.schema.json', ...dataset } },
    { 'birds.jsonl': `${lines}\n`, 'bird.schema.json': content, ...more },
  );
}

test('all records are counted, and each kind of fault is told with its lines', async () => {
  const evidence = await run();
  expect(evidence.outcome).toBe('fail');
  const found = evidence.datasets[0]?.findings.map(({ rule, column, count, reason, examples }) => [
    rule,
    column,
    count,
    reason,
    examples.map(({ line, value }) => [line, value]),
  ]);
  expect(found).toEqual([
    ['record-schema', undefined, 4, '4 of 5 records break the schema', []],
    [
      'exclusiveMinimum',
      '/mass',
      2,
      '2 of 5 records: it must be > 0',
      [
        [2, '-1'],
        [3, '0'],
      ],
    ],
    ['format', '/seen', 1, '1 of 5 records: it must match format "date"', [[2, '2023-02-29']]],
    ['enum', '/tags/*', 1, '1 of 5 records: it must be equal to one of the allowed values', [[2, 'x']]],
    ['type', '/id', 1, '1 of 5 records: it must be integer', [[3, '3']]],
    ['required', undefined, 1, '1 of 5 records: it must have "mass"', [[4, undefined]]],
    ['additionalProperties', undefined, 1, '1 of 5 records: it must NOT have additional properties', [[5, undefined]]],
  ]);
  expect(evidence.datasets[0]?.recordSchema?.path).toBe('bird.schema.json');
});

test('names that are missing are told apart, each with its own count', async () => {
  const evidence = await check(
    { events: { path: 'e.jsonl', 'record-schema': 'e.json' } },
    { 'e.jsonl': '{}\n{"x":1}\n{"x":1,"y":2}\n{}\n', 'e.json': '{"required":["x","y"]}' },
  );
  expect(
    evidence.datasets[0]?.findings.map(({ reason, examples }) => [reason, examples.map(({ line }) => line)]),
  ).toEqual([
    ['3 of 4 records break the schema', []],
    ['3 of 4 records: it must have "y"', [1, 2, 4]],
    ['2 of 4 records: it must have "x"', [1, 4]],
  ]);
});

test('a record that is nested too deeply to be looked into breaks the schema, and ends nothing', async () => {
  const list = { type: 'array', items: { $ref: '#/$defs/list' } };
  const schema = { $defs: { list }, properties: { a: { $ref: '#/$defs/list' } } };
  const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}\n`;
  const evidence = await check(
    { events: { path: 'e.jsonl', 'record-schema': 'e.json' } },
    { 'e.jsonl': `{"a":[]}\n${deep}`, 'e.json': JSON.stringify(schema) },
  );
  expect(evidence.datasets[0]?.findings.map(({ rule, count }) => [rule, count])).toEqual([
    ['record-schema', 1],
    ['nesting', 1],
  ]);
});

test('of a record with very many values only the first fault is told, so that millions take no memory', async () => {
  const schema = { properties: { a: { type: 'array', items: { required: ['x', 'y'] } }, b: { type: 'integer' } } };
  const many = JSON.stringify({ a: Array.from({ length: 10_001 }, () => ({})), b: 'x' });
  const evidence = await check(
    { events: { path: 'e.jsonl', 'record-schema': 'e.json' } },
    {
      'e.jsonl': `{"a":[{}]}\n${many}\n${many.replaceAll('{}', '1').replace('"x"', '1')}\n`,
      'e.json': JSON.stringify(schema),
    },
  );
  expect(evidence.datasets[0]?.findings.map(({ rule, count, reason }) => [rule, count, reason])).toEqual([
    ['record-schema', 2, '2 of 3 records break the schema'],
    ['required', 2, '2 of 3 records: it must have "x"'],
    ['required', 1, '1 of 3 records: it must have "y"'],
    ['size', 1, '1 of 3 records: it has more than 10000 values, so that only its first fault is told'],
  ]);
});

test.each([
  [[1, 2, '1'], true],
  [[1, 2, 1.0], false],
  [
    [
      { a: 1, b: [2] },
      { b: [2], a: 1 },
    ],
    false,
  ],
  [
    [
      { a: 1, b: [2] },
      { b: 2, a: 1 },
    ],
    true,
  ],
  [
    [
      [1, 2],
      [2, 1],
    ],
    true,
  ],
  [[null, 'null'], true],
  [Array.from({ length: 300_000 }, (_, at) => ({ at })), true],
  [Array.from({ length: 300_000 }, (_, at) => ({ at: Math.min(at, 299_998) })), false],
])('items of a list are unique as JSON Schema says: case %#', async (a, unique) => {
  const evidence = await check(
    { events: { path: 'e.jsonl', 'record-schema': 'e.json' } },
    { 'e.jsonl': `${JSON.stringify({ a })}\n`, 'e.json': '{"properties":{"a":{"type":"array","uniqueItems":true}}}' },
  );
  expect(evidence.outcome).toBe(unique ? 'pass' : 'fail');
});

test('records that keep the schema pass, in one finding', async () => {
  const evidence = await run({ type: 'object', required: ['id'] });
  expect(evidence.outcome).toBe('pass');
  expect(find(evidence, 'record-schema').reason).toBe('all 5 records keep the schema');
});

test('values that a contract calls sensitive are not shown', async () => {
  const sensitive = contract([{ name: 'mass', classification: 'restricted' }]);
  const evidence = await run(SCHEMA, { 'birds.odcs.yaml': sensitive }, { contract: 'birds.odcs.yaml' });
  expect(find(evidence, 'exclusiveMinimum').examples).toEqual([
    { row: 2, line: 2 },
    { row: 3, line: 3 },
  ]);
});

test.each([
  ['{', 'this is not JSON'],
  ['[]', 'not a schema'],
  [{ type: 'object', requierd: ['id'] }, 'unknown keyword: \\"requierd\\"'],
  [{ properties: { a: { format: 'datum' } } }, 'unknown format'],
  [{ $ref: 'other.json' }, "can't resolve reference other.json"],
  [{ $schema: 'http://json-schema.org/draft-07/schema#' }, '`$schema` is'],
  [{ properties: { a: { pattern: '(' } } }, 'Invalid regular expression'],
])('a schema that cannot be used is a mistake: %j', async (schema, message) => {
  await expect(run(schema)).rejects.toThrow(message.replaceAll('\\"', '"'));
});

test('a schema of records is for JSONL only', async () => {
  const files = { 'birds.csv': 'id\n1\n', 'bird.schema.json': '{}' };
  const data = { birds: { path: 'birds.csv', 'record-schema': 'bird.schema.json' } };
  await expect(check(data, files)).rejects.toThrow('`record-schema` of a csv file');
});
