import { expect, test } from 'vitest';
import { parseContract } from '../../src/data/contract.ts';
import { type Problem, UserMistake } from '../../src/errors.ts';
import { contract } from './project.ts';

const source = { file: 'contracts/birds.odcs.yaml', tables: ['train', 'birds'] };

function problemsOf(text: string): readonly Problem[] {
  try {
    parseContract(text, source);
  } catch (error) {
    if (error instanceof UserMistake) return error.problems;
    throw error;
  }
  return [];
}

const found = (text: string) => problemsOf(text).map((problem) => problem.found);
const one = (property: object) => contract([{ name: 'x', ...property }]);

const HEAD = 'apiVersion: v3.1.0\nkind: DataContract\nid: birds\nversion: 1.0.0\nstatus: active\n';

test('every mistake is reported at its line and column, with the nearest word that is known', () => {
  const text = `${HEAD}schema:
  - name: birds
    propertys: []
    properties:
      - name: id
        logicaltype: integer
        required: 1
      - name: mass
        logicalType: float
`;
  expect(problemsOf(text).map(({ line, column, found: what }) => [line, column, what])).toEqual([
    [8, 5, 'unknown key `propertys` in `schema[0]`'],
    [11, 9, 'unknown key `logicaltype` in `schema[0].properties[0]`'],
    [12, 19, expect.stringContaining('`schema[0].properties[0].required` is 1')],
    [14, 22, '`schema[0].properties[1].logicalType` is "float"'],
  ]);
  expect(problemsOf(text)[1]?.fix).toContain('Did you mean `logicalType`?');
});

test('an older or other kind of file is refused', () => {
  expect(found('apiVersion: v2.2.2\nkind: Dataset\nid: a\nversion: "1"\nstatus: x\n')).toEqual([
    '`apiVersion` is "v2.2.2"',
    '`kind` is "Dataset"',
  ]);
});

test('a contract needs a table, and of several the one that is called like the data set or its file', () => {
  expect(found(HEAD)).toEqual(['the contract describes no table']);
  const several = (...names: string[]) =>
    `${HEAD}schema: [${names.map((name) => `{ name: ${name}, properties: [{ name: ${name}_id }] }`).join(', ')}]\n`;
  expect(parseContract(several('other', 'birds'), source).columns[0]?.property).toBe('birds_id');
  expect(found(several('a', 'b'))).toEqual(['none of the 2 tables ("a", "b") is this data set']);
  expect(parseContract(several('anything'), source).columns).toHaveLength(1);
  const physical = `${HEAD}schema: [{ name: a }, { name: b, physicalName: train, properties: [{ name: id }] }]\n`;
  expect(parseContract(physical, source).columns).toHaveLength(1);
});

test('options belong to the type that has them', () => {
  expect(found(one({ logicalType: 'integer', logicalTypeOptions: { minLength: 3 } }))).toEqual([
    'the logical type integer has no option `minLength`',
  ]);
  expect(found(one({ logicalTypeOptions: { minimum: 3 } }))).toEqual(['options of a logical type, and no logicalType']);
  expect(found(one({ logicalType: 'number', logicalTypeOptions: { minimum: '3' } }))).toEqual(['`minimum` is "3"']);
  expect(found(one({ logicalType: 'date', logicalTypeOptions: { minimum: '2023-02-29' } }))).toEqual([
    '`minimum` is "2023-02-29"',
  ]);
  expect(found(one({ logicalType: 'timestamp', logicalTypeOptions: { maximum: '2023-02-28' } }))).toEqual([
    '`maximum` is "2023-02-28"',
  ]);
  expect(found(one({ logicalType: 'integer', logicalTypeOptions: { maximum: 2 ** 60 } }))).toHaveLength(1);
});

test('a quality rule must be complete and stand where it can count', () => {
  const rule = (more: object) => found(one({ quality: [more] }));
  expect(rule({ mustBe: 0 })).toEqual(['a quality rule without a metric']);
  expect(rule({ metric: 'nullValues' })).toEqual(['a metric that is compared with nothing']);
  expect(rule({ metric: 'nullValues', mustBe: 0, mustBeLessThan: 3 })).toEqual(['both mustBe and mustBeLessThan']);
  expect(rule({ metric: 'nullValues', mustBe: 'none' })).toEqual(['`mustBe` is "none"']);
  expect(rule({ metric: 'nullValues', mustBeBetween: [5, 1] })).toEqual(['`mustBeBetween` is [5,1]']);
  expect(rule({ metric: 'nullValues', mustBe: 0, unit: 'percents' })).toEqual(['`unit` is "percents"']);
  expect(rule({ metric: 'rowCount', mustBe: 0 })).toEqual(['`rowCount` at a property']);
  expect(rule({ metric: 'invalidValues', mustBe: 0 })).toEqual(['`invalidValues` with none of its arguments']);
  expect(rule({ metric: 'invalidValues', mustBe: 0, arguments: { validValues: [1], pattern: 'a' } })).toEqual([
    '`invalidValues` with both of its arguments',
  ]);
  const table = (more: object) => found(contract([{ name: 'x' }], [more]));
  expect(table({ metric: 'nullValues', mustBe: 0 })).toEqual(['`nullValues` at the table']);
  expect(table({ metric: 'duplicateValues', mustBe: 0 })).toEqual(['`duplicateValues` of a table without properties']);
  expect(table({ metric: 'duplicateValues', mustBe: 0, arguments: { properties: ['y'] } })).toEqual([
    'there is no property "y"',
  ]);
});

test('the same property twice is a mistake', () => {
  expect(found(contract([{ name: 'x' }, { name: 'x' }]))).toEqual(['the property "x" is there twice']);
});

test('a NUL in a value or pattern is a mistake', () => {
  expect(found(one({ logicalType: 'string', logicalTypeOptions: { pattern: 'a\0' } }))).toEqual([
    'a NUL character in a value or pattern',
  ]);
});

test('what the standard has and nothing here reads is accepted', () => {
  const more = {
    description: { purpose: 'x' },
    servers: [{ server: 'a', type: 'local', anything: 1 }],
    team: [{ username: 'ada' }],
    slaProperties: [{ property: 'latency', value: 4, unit: 'd' }],
    customProperties: [{ property: 'x', value: [1] }],
    tags: ['a'],
  };
  const { notChecked, checks } = parseContract(
    contract([{ name: 'x', items: {}, relationships: [] }], [], more),
    source,
  );
  expect(notChecked).toEqual(['column "x": relationships', 'column "x": items', 'slaProperties']);
  expect(checks.map(({ rule }) => rule)).toEqual(['present']);
});

test('values in a format that is not read here are not held against a type', () => {
  const text = one({ logicalType: 'date', logicalTypeOptions: { format: 'dd/MM/yyyy', minimum: '2020-01-01' } });
  const { checks, notChecked } = parseContract(text, source);
  expect(checks.map(({ rule }) => rule)).toEqual(['present']);
  expect(notChecked).toEqual([
    'column "x": logicalType date in the format "dd/MM/yyyy"',
    'column "x": logicalTypeOptions.format',
    'column "x": logicalTypeOptions.minimum',
  ]);
  const read = (logicalType: string, format: string) =>
    parseContract(one({ logicalType, logicalTypeOptions: { format } }), source);
  for (const [type, format] of [
    ['date', 'yyyy-MM-dd'],
    ['timestamp', 'yyyy-MM-dd HH:mm:ss'],
    ['timestamp', "yyyy-MM-dd'T'HH:mm:ssXXX"],
  ] as const) {
    expect([read(type, format).notChecked, read(type, format).checks[1]?.rule]).toEqual([[], 'logicalType']);
  }
});
