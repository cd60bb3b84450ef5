import { expect, test } from 'vitest';
import type { Finding } from '../../src/evidence/schema/data.ts';
import { pack } from './opened.ts';
import { check, contract, find } from './project.ts';

const BIRDS = 'id,site,parent\n1,A,\n2,B,1\n3,C,9\n4,,2\n5,C,\n';

function refer(to: string | string[], more: object = {}): string {
  return contract(
    [
      { name: 'id', logicalType: 'integer' },
      { name: 'site', relationships: [{ type: 'foreignKey', to }] },
      { name: 'parent' },
    ],
    [],
    more,
  );
}

async function findReference(birds: string, sites: string, files: Record<string, string> = {}): Promise<Finding> {
  const evidence = await check(
    { birds: { path: 'birds.csv', contract: 'birds.odcs.yaml' }, sites: { path: 'sites.csv' } },
    { 'birds.csv': BIRDS, 'birds.odcs.yaml': birds, 'sites.csv': sites, ...files },
  );
  return find(evidence, 'relationships');
}

test('a reference counts the rows that name what the other data set has not; a row without a value names nothing', async () => {
  expect(await findReference(refer('sites.code'), 'code\nA\nB\nB\n')).toMatchObject({
    column: 'site',
    outcome: 'fail',
    count: 2,
    share: 0.4,
    reason: '2 of 5 rows name what is not in "sites" ("code")',
    examples: [
      { row: 3, value: 'C' },
      { row: 5, value: 'C' },
    ],
  });
  expect(await findReference(refer('sites.code'), 'code\nA\nB\nC\n')).toMatchObject({ outcome: 'pass', count: 0 });
});

test('a reference may go to the table itself', async () => {
  const own = contract([
    { name: 'id', logicalType: 'integer' },
    { name: 'site' },
    { name: 'parent', logicalType: 'integer', relationships: [{ to: 'birds.id' }] },
  ]);
  expect(await findReference(own, 'code\nA\n')).toMatchObject({ count: 1, examples: [{ row: 3, value: '9' }] });
});

test('keys are compared as the type that one side promises, however they are written', async () => {
  const typed = contract([{ name: 'id', logicalType: 'integer', relationships: [{ to: 'sites.code' }] }]);
  const finding = await findReference(typed, 'code\n01\n+2\n3\n4\n5\n');
  expect([finding.outcome, finding.count]).toEqual(['pass', 0]);
});

test('a key of several columns is found as a whole, and a part that is missing names nothing', async () => {
  const pair = contract([{ name: 'id' }, { name: 'site' }], [], {
    schema: [
      {
        name: 'birds',
        properties: [{ name: 'id' }, { name: 'site' }],
        relationships: [{ from: ['birds.id', 'birds.site'], to: ['sites.n', 'sites.code'] }],
      },
    ],
  });
  expect(await findReference(pair, 'code,n\nA,1\nB,3\nC,2\nC,5\n')).toMatchObject({
    column: 'id, site',
    count: 2,
    examples: [
      { row: 2, value: '2, B' },
      { row: 3, value: '3, C' },
    ],
  });
});

test('a reference to nothing that is there cannot be measured, and says what to write', async () => {
  const nowhere = await findReference(refer('places.code'), 'code\nA\n');
  expect([nowhere.outcome, nowhere.reason]).toEqual([
    'cannot-measure',
    'no data set is "places": add one of that name to `data` of modelgate.yml, or one that keeps this table of the contract',
  ]);
  const without = await findReference(refer('sites.name'), 'code\nA\n');
  expect([without.outcome, without.reason]).toEqual([
    'cannot-measure',
    'sites, which is referred to, has no column "name"',
  ]);
});

test('a table of the same contract is the data set that keeps it; of several none is chosen', async () => {
  const tables = JSON.stringify({
    ...JSON.parse(refer('places.code')),
    schema: [
      ...JSON.parse(refer('places.code')).schema,
      { name: 'places', properties: [{ name: 'code', physicalName: 'site_code' }] },
    ],
  });
  const files = { 'birds.csv': BIRDS, 'all.odcs.yaml': tables, 'places.csv': 'site_code\nA\nB\n' };
  const birds = { path: 'birds.csv', contract: 'all.odcs.yaml' };
  const places = { path: 'places.csv', contract: 'all.odcs.yaml' };
  const one = await check({ birds, places }, files);
  expect(find(one, 'relationships')).toMatchObject({ outcome: 'fail', count: 2 });
  const two = await check({ birds, 'old/places': places, 'new/places': places }, files);
  expect(find(two, 'relationships')).toMatchObject({ outcome: 'cannot-measure' });
});

test('a sensitive key is shown nowhere', async () => {
  const hidden = contract([{ name: 'site', classification: 'confidential', relationships: [{ to: 'sites.code' }] }]);
  expect((await findReference(hidden, 'code\nA\n')).examples).toEqual([
    { row: 2, line: 3 },
    { row: 3, line: 4 },
    { row: 5, line: 6 },
  ]);
});

test('whole numbers of any width are compared as what they are', async () => {
  const odcs = contract([{ name: 'id', logicalType: 'integer', relationships: [{ to: 'sites.id' }] }]);
  // 2 ** 63, which 64 bits with a sign do not hold.
  const large = '9223372036854775808';
  const narrow = ['7', '8'];
  const wide = [...narrow, large];
  for (const [type, ids] of Object.entries({ UTINYINT: narrow, BIGINT: narrow, UBIGINT: wide, HUGEINT: wide })) {
    const evidence = await check(
      { birds: { path: 'birds.parquet', contract: 'birds.odcs.yaml' }, sites: { path: 'sites.csv' } },
      {
        'birds.parquet': await pack(ids.map((id) => `select ${id}::${type} as id`).join(' union all ')),
        'birds.odcs.yaml': odcs,
        'sites.csv': 'id\n7\n-1\n',
      },
    );
    expect(find(evidence, 'relationships')).toMatchObject({ outcome: 'fail', count: ids.length - 1 });
  }
});

test.each([
  ['close together', 1],
  ['far apart', 3_000_000_000],
])('many rows refer to few, whose keys are %s', async (_name, step) => {
  const odcs = contract([{ name: 'id', logicalType: 'integer', relationships: [{ to: 'sites.id' }] }]);
  const lines = (ids: readonly (number | '')[]) =>
    `id,n\n${ids.map((id) => `${id === '' ? '' : id * step},1\n`).join('')}`;
  const evidence = await check(
    { birds: { path: 'birds.csv', contract: 'birds.odcs.yaml' }, sites: { path: 'sites.csv' } },
    {
      'birds.csv': lines([-5, -5, 0, 7, '', 8, 7, -6, 100]),
      'birds.odcs.yaml': odcs,
      // A key that stands twice is still one, and a row without a key is none.
      'sites.csv': lines([-5, 7, '', 0, 7]),
    },
  );
  expect(find(evidence, 'relationships')).toMatchObject({
    outcome: 'fail',
    count: 3,
    examples: [{ row: 6 }, { row: 8 }, { row: 9 }],
  });
});
