import { expect, test } from 'vitest';
import { check, contract, find } from './project.ts';

const birds = (properties: readonly object[]) => contract(properties);

async function findRule(values: readonly string[], property: object, rule: string) {
  const csv = `v,w\n${values.map((value) => `${value},x\n`).join('')}`;
  const evidence = await check(
    { birds: { path: 'birds.csv', contract: 'birds.odcs.yaml' } },
    { 'birds.csv': csv, 'birds.odcs.yaml': birds([{ name: 'v', ...property }, { name: 'w' }]) },
  );
  return find(evidence, rule);
}

test.each([
  ['a day that no month has', 'date', ['2024-01-31', '2024-02-30'], '2024-02-30'],
  ['an hour that no day has', 'timestamp', ['2024-01-31 10:00:00', '2024-01-31 24:00:01'], '2024-01-31 24:00:01'],
  ['two points', 'number', ['1.5', '1.2.3'], '1.2.3'],
  ['a sign in the middle', 'integer', ['12', '1-2'], '1-2'],
  ['an underscore', 'integer', ['12', '1_000'], '1_000'],
  ['a point', 'integer', ['12', '1.0'], '1.0'],
  ['a month of one digit', 'date', ['2024-01-31', '2024-1-5'], '2024-1-5'],
])('%s is found however all other values are written', async (_name, type, values, wrong) => {
  expect(await findRule(values, { logicalType: type }, 'logicalType')).toMatchObject({
    outcome: 'fail',
    count: 1,
    examples: [{ row: 2, value: wrong }],
  });
});

test('whole numbers that 64 bits do not hold are whole numbers', async () => {
  const values = ['1', '99999999999999999999', '-5'];
  const options = { logicalType: 'integer', logicalTypeOptions: { minimum: -1 } };
  expect(await findRule(values, options, 'logicalType')).toMatchObject({ outcome: 'pass', count: 0 });
  expect(await findRule(values, options, 'minimum')).toMatchObject({ count: 1, examples: [{ row: 3, value: '-5' }] });
});

test('long numbers that DOUBLE runs together stay apart', async () => {
  const values = ['9007199254740993', '9007199254740992'];
  const evidence = await findRule(values, { logicalType: 'number', unique: true }, 'unique');
  expect(evidence).toMatchObject({ outcome: 'pass', count: 0 });
});

test('a number that is written in two ways stands there twice', async () => {
  const evidence = await findRule(['7', '007', '8'], { logicalType: 'integer', unique: true }, 'unique');
  expect(evidence).toMatchObject({ outcome: 'fail', count: 1, examples: [{ row: 2, value: '007' }] });
});
