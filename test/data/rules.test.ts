import { expect, test } from 'vitest';
import { brief, checkCsv, find } from './project.ts';

const CSV = `id,species,mass,seen
1,Adelie,3750,2024-01-05
2,Gentoo,5000,2024-02-29
3,Adelie,,2024-03-01
4,Emperor,90000,2024-3-1
4,emu,-5,2023-02-29
`;
const ids = { name: 'id', logicalType: 'integer', required: true, unique: true };

test('unique counts the rows that repeat an earlier one', async () => {
  const finding = find(await checkCsv(CSV, [ids]), 'unique');
  expect(brief(finding)).toEqual(['fail', 1, '1 of 5 rows repeats the value of an earlier row']);
  expect(finding.share).toBe(0.2);
  expect(finding.examples).toEqual([{ row: 5, line: 6, value: '4' }]);
});

test('required counts empty values', async () => {
  const finding = find(await checkCsv(CSV, [{ name: 'mass', required: true }]), 'required');
  expect(brief(finding)).toEqual(['fail', 1, '1 of 5 rows has no value']);
  expect(finding.examples).toEqual([{ row: 3, line: 4 }]);
});

test('ranges count what lies outside, and leave empty values to required', async () => {
  const evidence = await checkCsv(CSV, [
    {
      name: 'mass',
      logicalType: 'integer',
      logicalTypeOptions: { minimum: 0, exclusiveMaximum: 90000, multipleOf: 10 },
    },
  ]);
  expect(brief(find(evidence, 'minimum'))).toEqual(['fail', 1, '1 of 4 values is not at least 0']);
  expect(brief(find(evidence, 'exclusiveMaximum'))).toEqual(['fail', 1, '1 of 4 values is not below 90000']);
  expect(brief(find(evidence, 'multipleOf'))).toEqual(['fail', 1, '1 of 4 values is not a multiple of 10']);
});

test('lengths count characters, not bytes', async () => {
  const evidence = await checkCsv('word\nnaïve\n🦤🦤🦤🦤🦤\nab\n', [
    { name: 'word', logicalType: 'string', logicalTypeOptions: { minLength: 3, maxLength: 5 } },
  ]);
  expect(brief(find(evidence, 'minLength'))).toEqual(['fail', 1, '1 of 3 values is not at least 3 characters long']);
  expect(find(evidence, 'maxLength').outcome).toBe('pass');
});

test('a pattern may match anywhere unless it is anchored, as in ECMA-262', async () => {
  const property = (pattern: string) => ({ name: 'species', logicalType: 'string', logicalTypeOptions: { pattern } });
  expect(find(await checkCsv(CSV, [property('e')]), 'pattern').outcome).toBe('pass');
  const anchored = find(await checkCsv(CSV, [property('^[A-Z][a-z]+$')]), 'pattern');
  expect(brief(anchored)).toEqual(['fail', 1, '1 of 5 values does not match "^[A-Z][a-z]+$"']);
  expect(anchored.examples).toEqual([{ row: 5, line: 6, value: 'emu' }]);
});

test('dates that do not exist, or are not written in full, are no dates', async () => {
  const finding = find(await checkCsv(CSV, [{ name: 'seen', logicalType: 'date' }]), 'logicalType');
  expect(finding.count).toBe(2);
  expect(finding.examples).toEqual([
    { row: 4, line: 5, value: '2024-3-1' },
    { row: 5, line: 6, value: '2023-02-29' },
  ]);
});

test('ranges of dates and timestamps', async () => {
  const csv = 'day,at\n2024-01-05,2024-01-05T10:00:00+02:00\n2024-06-30,2024-01-05 08:00:01\n';
  const evidence = await checkCsv(csv, [
    { name: 'day', logicalType: 'date', logicalTypeOptions: { maximum: '2024-06-29' } },
    { name: 'at', logicalType: 'timestamp', logicalTypeOptions: { maximum: '2024-01-05T08:00:00Z' } },
  ]);
  expect(brief(find(evidence, 'maximum', 'day'))).toEqual(['fail', 1, '1 of 2 values is not at most 2024-06-29']);
  expect(find(evidence, 'maximum', 'at').examples).toEqual([{ row: 2, line: 3, value: '2024-01-05 08:00:01' }]);
});

test('allowed values: the commonest of the others are the examples', async () => {
  const rows = [...Array(20).fill('None'), ...Array(3).fill('C'), 'B', ...Array(2).fill('c'), 'Minor', ''];
  const quality = [{ metric: 'invalidValues', arguments: { validValues: ['None', 'Minor'] }, mustBe: 0 }];
  const evidence = await checkCsv(`id,damage\n${rows.map((row, id) => `${id},${row}`).join('\n')}\n`, [
    { name: 'damage', logicalType: 'string', quality },
  ]);
  const finding = find(evidence, 'invalidValues');
  expect(brief(finding)).toEqual(['fail', 6, '6 of 27 values are not among the 2 allowed']);
  expect(finding.examples).toEqual([
    { row: 21, line: 22, value: 'C' },
    { row: 25, line: 26, value: 'c' },
    { row: 24, line: 25, value: 'B' },
  ]);
});

test('allowed values of numbers are compared as numbers', async () => {
  const quality = [{ metric: 'invalidValues', arguments: { validValues: [1, 2.5, null] }, mustBe: 0 }];
  const evidence = await checkCsv('x\n1\n1.0\n+1\n2.50\n3\n', [{ name: 'x', logicalType: 'number', quality }]);
  expect(find(evidence, 'invalidValues').examples).toEqual([{ row: 5, line: 6, value: '3' }]);
});

test('quality rules allow what their operator allows', async () => {
  const rule = (more: object) => ({ metric: 'nullValues', ...more });
  const outcome = async (more: object) =>
    find(await checkCsv(CSV, [{ name: 'mass', quality: [rule(more)] }]), 'nullValues').outcome;
  expect(await outcome({ mustBe: 1 })).toBe('pass');
  expect(await outcome({ mustNotBe: 1 })).toBe('fail');
  expect(await outcome({ mustBeLessThan: 1 })).toBe('fail');
  expect(await outcome({ mustBeLessOrEqualTo: 1 })).toBe('pass');
  expect(await outcome({ mustBeGreaterThan: 1 })).toBe('fail');
  expect(await outcome({ mustBeGreaterOrEqualTo: 1 })).toBe('pass');
  expect(await outcome({ mustBeBetween: [1, 2] })).toBe('pass');
  expect(await outcome({ mustNotBeBetween: [1, 2] })).toBe('fail');
  expect(await outcome({ mustBeLessOrEqualTo: 20, unit: 'percent' })).toBe('pass');
  expect(await outcome({ mustBeLessThan: 20, unit: 'percent' })).toBe('fail');
});

test('a limit is told together with what was counted', async () => {
  const quality = [{ metric: 'nullValues', mustBeLessThan: 2, unit: 'percent' }];
  const finding = find(await checkCsv(CSV, [{ name: 'mass', quality }]), 'nullValues');
  expect(finding.reason).toBe('1 of 5 rows has no value (20%); the contract allows less than 2%');
});

test('missing values are those that the rule lists', async () => {
  const quality = [{ metric: 'missingValues', arguments: { missingValues: [null, 'N/A', -999] }, mustBe: 0 }];
  const evidence = await checkCsv('id,x\n1,N/A\n2,\n3,-999\n4,ok\n5,""\n', [{ name: 'x', quality }]);
  expect(find(evidence, 'missingValues').count).toBe(3);
});

test('duplicates of several columns count rows that have a value in each', async () => {
  const csv = 'a,b\n1,x\n1,y\n1,x\n,x\n,x\n';
  const properties = [{ name: 'a' }, { name: 'b' }];
  const quality = [{ metric: 'duplicateValues', arguments: { properties: ['a', 'b'] }, mustBe: 0 }];
  const finding = find(await checkCsv(csv, properties, quality), 'duplicateValues');
  expect(brief(finding)).toEqual(['fail', 1, '1 of 5 rows repeats the values of an earlier row']);
  expect(finding).toMatchObject({ column: 'a, b', examples: [{ row: 3, line: 4, value: '1, x' }] });
});

test('a primary key of one column is unique and required, one of several as a whole', async () => {
  const one = await checkCsv('a,b\n1,x\n1,\n', [{ name: 'a' }, { name: 'b', primaryKey: true }]);
  expect([find(one, 'required', 'b').count, find(one, 'unique', 'b').outcome]).toEqual([1, 'pass']);
  const two = await checkCsv('a,b\n1,x\n1,y\n2,x\n1,x\n', [
    { name: 'a', primaryKey: true, primaryKeyPosition: 2 },
    { name: 'b', primaryKey: true, primaryKeyPosition: 1 },
  ]);
  expect(two.datasets[0]?.findings.filter(({ rule }) => rule === 'unique')).toEqual([]);
  expect(find(two, 'primaryKey')).toMatchObject({
    column: 'b, a',
    count: 1,
    examples: [{ row: 4, line: 5, value: 'x, 1' }],
  });
});

test.each([
  ['mustBeLessThan', 60, 'pass'],
  ['mustBeLessThan', 50, 'fail'],
  ['mustBeLessOrEqualTo', 50, 'pass'],
  ['mustBeGreaterThan', 49, 'pass'],
  ['mustBeGreaterThan', 50, 'fail'],
] as const)('of four values two repeat: %s %d %% of them comes to %s', async (operator, amount, outcome) => {
  const quality = [
    { metric: 'duplicateValues', arguments: { properties: ['a'] }, [operator]: amount, unit: 'percent' },
    { metric: 'duplicateValues', arguments: { properties: ['a'] }, mustBe: 0 },
  ];
  const evidence = await checkCsv('a,b\nx,1\ny,2\nx,3\nx,4\n', [{ name: 'a' }, { name: 'b' }], quality);
  const findings = evidence.datasets[0]?.findings.filter(({ rule }) => rule === 'duplicateValues') ?? [];
  expect(findings.map((finding) => [finding.outcome, finding.count])).toEqual([
    [outcome, 2],
    ['fail', 2],
  ]);
});
