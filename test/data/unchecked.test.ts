import { describe, expect, test } from 'vitest';
import { check, contract } from './project.ts';

/** What the evidence lists as not checked, of one data set after another. */
async function listUnchecked(properties: readonly object[], quality: readonly object[] = [], more: object = {}) {
  const data = { birds: { path: 'b.csv', contract: 'c.yaml' } };
  const evidence = await check(data, { 'b.csv': 'x,y\n1,2\n', 'c.yaml': contract(properties, quality, more) });
  return evidence.datasets.flatMap(({ notChecked }) => notChecked);
}

const DEFINITIONS = [{ url: 'https://example.org', type: 'definition' }];
const ANNOTATED = {
  id: 'x-1',
  description: 'an x',
  businessName: 'X',
  tags: ['a'],
  customProperties: [{ property: 'p', value: 1 }],
  authoritativeDefinitions: DEFINITIONS,
};

describe('what the contract says', () => {
  test('and promises nothing by needs no line: servers, people, prices, lineage, words', async () => {
    const x = {
      ...ANNOTATED,
      name: 'x',
      classification: 'public',
      criticalDataElement: true,
      encryptedName: 'x_enc',
      partitionKeyPosition: 1,
      transformSourceObjects: ['raw.x'],
      transformLogic: 'trim(x)',
      transformDescription: 'without spaces',
      examples: ['1'],
    };
    const more = {
      ...{ name: 'birds', tenant: 't', domain: 'd', dataProduct: 'p', contractCreatedTs: '2026-01-31T12:00:00Z' },
      ...{ tags: ['a'], authoritativeDefinitions: DEFINITIONS, customProperties: ANNOTATED.customProperties },
      description: { purpose: 'x', usage: 'y', limitations: 'z' },
      servers: [{ server: 'a', type: 'local', path: 'x.csv', format: 'csv', roles: [{ role: 'reader' }] }],
      support: [{ channel: '#birds' }],
      price: { priceAmount: 1, priceCurrency: 'EUR' },
      team: { name: 'birds', members: [{ username: 'ada' }] },
      roles: [{ role: 'reader', access: 'read' }],
    };
    const told = {
      dimension: 'accuracy',
      businessImpact: 'none',
      schedule: '0 0 * * *',
      scheduler: 'cron',
      method: 'x',
    };
    const quality = [{ ...told, metric: 'rowCount', mustBe: 1 }];
    expect(await listUnchecked([x, { name: 'y' }], quality, more)).toEqual([]);
  });

  test.each<[string, object, readonly object[], object, string]>([
    ['the type of a store', { physicalType: 'VARCHAR(20)' }, [], {}, 'physicalType of column "x"'],
    [
      'a relationship by ids',
      { relationships: [{ to: 'other.yaml#/schema/t/properties/i' }] },
      [],
      {},
      'column "x": a relationship that is not written as table.column',
    ],
    [
      'a rule in words',
      {},
      [{ type: 'text', description: 'all is well' }],
      {},
      'the table: a quality rule of type text',
    ],
    [
      'a rule of another tool',
      {},
      [{ type: 'custom', engine: 'soda', implementation: 'x' }],
      {},
      'the table: a quality rule of type custom, for "soda"',
    ],
    [
      'an agreement',
      {},
      [],
      { slaProperties: [{ property: 'retention', value: 4, unit: 'y' }] },
      'slaProperties: "retention"',
    ],
    [
      'the freshness of another table',
      {},
      [],
      { slaProperties: [{ property: 'latency', value: 4, element: 'other.x' }] },
      'slaProperties: "latency" of "other.x"',
    ],
    [
      'the freshness of a part',
      {},
      [],
      { slaProperties: [{ property: 'latency', value: 4, element: 'birds.x.at' }] },
      'slaProperties: "latency" of "birds.x.at", a part of a column',
    ],
    [
      'dates in letters',
      { logicalType: 'date', logicalTypeOptions: { format: 'd. MMMM yyyy' } },
      [],
      {},
      'column "x": logicalType date in the format "d. MMMM yyyy"',
    ],
    [
      'an unknown format',
      { logicalType: 'string', logicalTypeOptions: { format: 'isbn' } },
      [],
      {},
      'column "x": logicalTypeOptions.format',
    ],
  ])('and is promised but not checked is told: %s', async (_what, x, quality, more, line) => {
    expect(await listUnchecked([{ name: 'x', ...x }, { name: 'y' }], quality, more)).toContain(line);
  });

  test('the types of a store are told in one line, those of parts too', async () => {
    const typed = (name: string, more: object = {}) => ({ name, physicalType: 'text', ...more });
    const list = { logicalType: 'array', items: { physicalType: 'text' } };
    const columns = [typed('x'), { name: 'y', logicalType: 'object', properties: [typed('p', list)] }];
    expect(await listUnchecked([...columns, typed('a'), typed('b'), typed('c')])).toEqual([
      'physicalType of columns "x", "y.p", "y.p[]", "a", "b" and 1 more',
    ]);
  });

  test('of columns that the contract does not mention is told', async () => {
    expect(await listUnchecked([{ name: 'x' }])).toEqual(['column "y": the contract does not mention it']);
  });
});

test('a table of the contract that no data set is is told once', async () => {
  const schema = ['birds', 'nests', 'eggs'].map((name) => ({ name, properties: [{ name: 'x' }] }));
  const data = { birds: { path: 'b.csv', contract: 'c.yaml' }, nests: { path: 'n.csv', contract: 'c.yaml' } };
  const files = { 'b.csv': 'x\n1\n', 'n.csv': 'x\n1\n', 'c.yaml': contract([], [], { schema }) };
  const { datasets } = await check(data, files);
  expect(datasets.map(({ notChecked }) => notChecked)).toEqual([['table "eggs": no data set is it'], []]);
});
