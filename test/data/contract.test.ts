import { expect, test } from 'vitest';
import { parseContract } from '../../src/data/contract/contract.ts';
import { parseInstantFormat } from '../../src/data/contract/instant-format.ts';
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
  expect(found('apiVersion: v1.0.0\nkind: Dataset\nid: a\nversion: "1"\nstatus: x\n')).toEqual([
    '`apiVersion` is "v1.0.0"',
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
});

/** Why the only check of a rule cannot be measured. */
function reasonOf(text: string): string | undefined {
  const tests = parseContract(text, source).checks.map(({ test: asked }) => asked);
  return tests.flatMap((asked) => (asked.kind === 'unmeasurable' ? [asked.reason] : []))[0];
}

test.each([
  ['date', { minimum: '2023-02-29' }, '`minimum` is "2023-02-29"; it must be a date, such as "2026-01-31"'],
  ['timestamp', { maximum: '2023-02-28' }, 'it must be a timestamp'],
  ['time', { maximum: '24:00' }, 'it must be a time'],
  ['integer', { maximum: 2 ** 60 }, 'a whole number up to 9007199254740991'],
  ['integer', { multipleOf: 0.5 }, 'it must be a whole number'],
  ['timestamp', { defaultTimezone: 'Mars/Olympus' }, 'no such time zone is known'],
])('an option that the standard allows and nobody can keep is not measured: %s %j', (logicalType, options, reason) => {
  expect(reasonOf(one({ logicalType, logicalTypeOptions: options }))).toContain(reason);
});

test('a quality rule must be complete', () => {
  const rule = (more: object) => found(one({ quality: [more] }));
  expect(rule({ metric: 'nullValues' })).toEqual(['a metric that is compared with nothing']);
  expect(rule({ metric: 'nullValues', mustBe: 0, mustBeLessThan: 3 })).toEqual(['both mustBe and mustBeLessThan']);
  expect(rule({ mustBe: 0 })).toEqual(['a quality rule without a type has no `mustBe`']);
  expect(rule({ type: 'library', mustBe: 0 })).toEqual(['a rule of type library without a metric']);
  expect(rule({ type: 'sql', mustBe: 0 })).toEqual(['a rule of type sql without a query']);
  expect(rule({ type: 'custom', engine: 'soda' })).toEqual(['a rule of type custom without engine or implementation']);
  const table = (more: object) => found(contract([{ name: 'x' }], [more]));
  expect(table({ metric: 'duplicateValues', mustBe: 0, arguments: { properties: ['y'] } })).toEqual([
    'there is no property "y"',
  ]);
});

test.each([
  [{ metric: 'nullValues', mustBe: 'none' }, '`mustBe` is "none"'],
  [{ metric: 'nullValues', mustBeBetween: [5, 1] }, '`mustBeBetween` is [5,1]'],
  [{ metric: 'nullValues', mustBe: 0, unit: 'percents' }, '`unit` is "percents"'],
  [{ metric: 'rowCount', mustBe: 0 }, '`rowCount` counts rows, and stands at a property'],
  [{ metric: 'invalidValues', mustBe: 0 }, '`invalidValues` has neither validValues nor pattern'],
  [{ metric: 'invalidValues', mustBe: 0, arguments: { validValues: [1], pattern: 'a' } }, 'has both'],
  [{ metric: 'invalidValues', mustBe: 0, arguments: { patern: 'a' } }, '`invalidValues` has no argument "patern"'],
  [{ metric: 'missingValues', mustBe: 0, arguments: { missingValues: 'NA' } }, 'is no list of values'],
])('a rule of a column that cannot count is not measured: %j', (rule, reason) => {
  expect(reasonOf(one({ quality: [rule] }))).toContain(reason);
});

test.each([
  [{ metric: 'nullValues', mustBe: 0 }, '`nullValues` counts values, and stands at the table'],
  [{ metric: 'duplicateValues', mustBe: 0 }, '`duplicateValues` of a table names no properties'],
])('a rule of a table that cannot count is not measured: %j', (rule, reason) => {
  expect(reasonOf(contract([{ name: 'x' }], [rule]))).toContain(reason);
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
    servers: [{ server: 'a', type: 'local', path: 'x.csv', format: 'csv' }],
    team: [{ username: 'ada' }],
    slaProperties: [{ property: 'retention', value: 4, unit: 'y' }],
    customProperties: [{ property: 'x', value: [1] }],
    tags: ['a'],
  };
  const { notChecked, checks } = parseContract(
    contract([{ name: 'x', logicalType: 'array', items: { logicalType: 'string' }, relationships: [] }], [], more),
    source,
  );
  expect(notChecked).toEqual(['slaProperties: "retention"']);
  expect(checks.map(({ rule }) => rule)).toEqual(['present', 'logicalType', 'logicalType']);
});

test('values in a format that is not read here are not held against a type', () => {
  const text = one({ logicalType: 'date', logicalTypeOptions: { format: 'd. MMMM yyyy', minimum: '2020-01-01' } });
  const { checks, notChecked } = parseContract(text, source);
  expect(checks.map(({ rule }) => rule)).toEqual(['present']);
  expect(notChecked).toEqual([
    'column "x": logicalType date in the format "d. MMMM yyyy"',
    'column "x": logicalTypeOptions.format',
    'column "x": logicalTypeOptions.minimum',
  ]);
});

test.each([
  ['date', 'dd/MM/yyyy', '([0-9]{2})/([0-9]{2})/([0-9]{4})', '\\3-\\2-\\1'],
  ['date', 'yyyyMMdd', '([0-9]{4})([0-9]{2})([0-9]{2})', '\\1-\\2-\\3'],
  ['time', 'H.mm', '([0-9]{1,2})[.]([0-9]{2})', '\\1:\\2:00'],
  [
    'timestamp',
    "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
    '([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})[.]([0-9]{3})(Z|[+-][0-9]{2}:?[0-9]{2}|[+-][0-9]{2})',
    '\\1-\\2-\\3 \\4:\\5:\\6.\\7\\8',
  ],
] as const)('a %s in the format %s is read as ISO 8601', (type, format, pattern, iso) => {
  expect(parseInstantFormat(type, format)).toMatchObject({ written: format, pattern, iso });
});

test.each(['yyyy', 'dd.MM.yy', 'yyyy-MM-dd HH:mm', 'yyyy-MM-dd G', 'yyyy-yyyy-MM-dd'])(
  'the format %s is no date',
  (format) => {
    expect(parseInstantFormat('date', format)).toBeUndefined();
  },
);
