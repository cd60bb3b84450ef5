// biome-ignore-all lint/suspicious/noThenProperty: `then` is a key of the rules, and nothing here is a promise
import { expect, test } from 'vitest';
import { checkCsv, find } from './project.ts';

const CSV = `id,state,start,end,mass
1,open,2024-01-01,,5
2,closed,2024-01-01,2024-02-01,5
3,closed,2024-01-01,,-1
4,closed,2024-03-01,2024-02-01,x
5,,2024-01-01,2023-01-01,
`;
const COLUMNS = [
  { name: 'state', logicalType: 'string' },
  { name: 'start', logicalType: 'date' },
  { name: 'end', logicalType: 'date' },
  { name: 'mass', logicalType: 'number' },
];

/** The rows that break a rule about rows. */
async function broken(implementation: object): Promise<(number | undefined)[]> {
  const rule = { type: 'custom', engine: 'modelgate', implementation };
  const finding = find(await checkCsv(CSV, COLUMNS, [rule]), 'row');
  expect(finding.count).toBe(finding.examples.length);
  return finding.examples.map(({ row }) => row);
}

test.each([
  ['two columns in order', { then: { column: 'end', '>=': { column: 'start' } } }, [4, 5]],
  [
    'a value where another says so',
    { when: { column: 'state', is: 'closed' }, then: { column: 'end', present: true } },
    [3],
  ],
  [
    'no value where another says so',
    { when: { column: 'state', is: 'open' }, then: { column: 'end', present: false } },
    [],
  ],
  ['a list', { then: { column: 'state', in: ['open'] } }, [2, 3, 4]],
  ['a missing value in a list', { then: { column: 'state', in: ['closed', null] } }, [1]],
  [
    'several conditions',
    {
      when: [
        { column: 'state', is: 'closed' },
        { column: 'mass', '>': 0 },
      ],
      then: { column: 'id', is: 9 },
    },
    [2],
  ],
  ['a text among numbers breaks a comparison', { then: { column: 'mass', '>': -5 } }, [4]],
  ['an instant', { then: { column: 'start', '<': '2024-02-01' } }, [4]],
  ['another value', { then: { column: 'state', '!=': 'open' } }, [1]],
] as const)('%s', async (_what, implementation, rows) => {
  const known = [...COLUMNS, { name: 'id', logicalType: 'integer' }];
  const rule = { type: 'custom', engine: 'modelgate', implementation };
  const finding = find(await checkCsv(CSV, known, [rule]), 'row');
  expect(finding.examples.map(({ row }) => row)).toEqual(rows);
  expect(finding.count).toBe(rows.length);
});

test.each([
  [{}, 'demands nothing'],
  [{ then: { column: 'stat', present: true } }, 'there is no property "stat"'],
  [{ then: { column: 'state', presnt: true } }, 'has "presnt"'],
  [{ then: { state: 'open' } }, 'without a `column`'],
  [{ if: {}, then: { column: 'state', present: true } }, 'no `if`'],
])('a rule that cannot be understood is a mistake: %j', async (implementation, message) => {
  await expect(broken(implementation)).rejects.toThrow(message);
});
