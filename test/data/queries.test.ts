import { expect, test } from 'vitest';
import { brief, checkCsv, find } from './project.ts';

const CSV = `id,species,mass,seen
1,Adelie,3750,2024-01-05
2,Gentoo,5000,2024-02-29
3,Adelie,x,2024-03-01
`;
const COLUMNS = [
  { name: 'id', logicalType: 'integer' },
  { name: 'species', logicalType: 'string' },
  { name: 'mass', logicalType: 'number' },
  { name: 'seen', logicalType: 'date' },
];

async function ask(query: string, limit: object = { mustBe: 0 }) {
  return find(await checkCsv(CSV, COLUMNS, [{ type: 'sql', query, ...limit }]), 'sql');
}

test('a query is compared as its rule says', async () => {
  expect(brief(await ask('select count(*) from birds', { mustBeBetween: [1, 3] }))).toEqual([
    'pass',
    0,
    'the query gives 3; the contract allows between 1 and 3',
  ]);
  expect((await ask('select count(*) from birds where mass > 4000')).outcome).toBe('fail');
});

test('columns have the types of the contract, and values of another type are missing', async () => {
  expect((await ask('select count(*) from birds where mass is null', { mustBe: 1 })).outcome).toBe('pass');
  expect((await ask("select count(*) from birds where seen >= date '2024-02-29'", { mustBe: 2 })).outcome).toBe('pass');
});

test('the placeholders of the standard stand for the table and the column', async () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: placeholders of the standard
  const rule = { type: 'sql', query: 'SELECT COUNT(*) FROM ${object} WHERE ${property} < 0', mustBe: 0 };
  const finding = find(await checkCsv(CSV, [{ ...COLUMNS[2], quality: [rule] }]), 'sql');
  expect([finding.outcome, finding.column]).toEqual(['pass', 'mass']);
});

test.each([
  ['select null', 'it gives NULL'],
  ['select * from birds', 'it gives 4 columns'],
  ['select id from birds', 'it gives several rows'],
  ['select id from birds where false', 'it gives no row'],
  ["select 'yes'", 'it gives a VARCHAR, and not a number'],
  ["select 'NaN'::double", 'it gives no finite number'],
  ['select wings from birds limit 1', 'Binder Error'],
  ['selct 1', 'Parser Error'],
])('a query that gives no number measures nothing: %s', async (query, reason) => {
  const finding = await ask(query);
  expect(finding.outcome).toBe('cannot-measure');
  expect(finding.reason).toContain(reason);
});

test('what fails on the rows tells no value of them', async () => {
  const finding = await ask('select sum(cast(species as integer)) from birds');
  expect(brief(finding)).toEqual([
    'cannot-measure',
    0,
    'the query cannot be used: it fails on the data (Conversion Error)',
  ]);
});

test('a query without a comparison, and a rule without a query, are mistakes', async () => {
  await expect(checkCsv(CSV, COLUMNS, [{ type: 'sql', query: 'select 1' }])).rejects.toThrow('compared with nothing');
  await expect(checkCsv(CSV, COLUMNS, [{ type: 'sql', mustBe: 0 }])).rejects.toThrow('without a query');
});
