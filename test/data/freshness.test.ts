import { expect, test } from 'vitest';
import type { Finding } from '../../src/evidence/schema/data.ts';
import { check, contract, find } from './project.ts';

// The clock of these tests stands at 2026-11-22T09:00:00Z.
async function judge(type: string, values: readonly string[], sla: object, column: object = {}): Promise<Finding> {
  const evidence = await check(
    { birds: { path: 'birds.csv', contract: 'birds.odcs.yaml' } },
    {
      'birds.csv': `id,seen\n${values.map((value, id) => `${id},${value}\n`).join('')}`,
      'birds.odcs.yaml': contract([{ name: 'id' }, { name: 'seen', logicalType: type, ...column }], [], {
        slaProperties: [{ property: 'latency', element: 'birds.seen', ...sla }],
      }),
    },
  );
  return find(evidence, 'latency');
}

test('the newest date counts, from its midnight in UTC', async () => {
  const dates = ['2026-11-19', '', '2026-11-20', 'soon'];
  const kept = await judge('date', dates, { value: 3, unit: 'd' });
  expect([kept.outcome, kept.reason]).toEqual([
    'pass',
    'the newest value (2026-11-20) is 2.4 days old; the contract allows 3 days',
  ]);
  expect((await judge('date', dates, { value: 57, unit: 'h' })).outcome).toBe('pass');
  const old = await judge('date', dates, { value: 2, unit: 'd' });
  expect([old.outcome, old.count]).toEqual(['fail', 0]);
});

test('the newest timestamp counts in the zone that it says', async () => {
  const times = ['2026-11-22T09:30:00+02:00', '2026-11-22T08:00:00Z'];
  expect(await judge('timestamp', times, { value: 1, unit: 'h' })).toMatchObject({
    outcome: 'pass',
    reason: 'the newest value (2026-11-22T08:00:00.000Z) is 1 hour old; the contract allows 1 hour',
  });
  expect((await judge('timestamp', times, { value: 59, unit: 'min' })).outcome).toBe('fail');
});

test('what has no instants, none at all or one in the future cannot be measured', async () => {
  const reasons = async (type: string, values: readonly string[]) => {
    const { outcome, reason } = await judge(type, values, { value: 1, unit: 'd' });
    return [outcome, reason];
  };
  expect(await reasons('integer', ['1'])).toEqual([
    'cannot-measure',
    'the column is promised to be neither a date nor a timestamp',
  ]);
  expect(await reasons('date', ['', ''])).toEqual(['cannot-measure', 'the column has no values']);
  expect(await reasons('date', ['soon'])).toEqual(['cannot-measure', 'none of its values is a date']);
  expect(await reasons('date', ['2026-11-21', '2062-01-01'])).toEqual([
    'cannot-measure',
    'the newest value (2062-01-01) lies in the future',
  ]);
  expect((await judge('date', ['2026-11-21'], { value: 'often' })).outcome).toBe('cannot-measure');
});

test('a sensitive instant is not told', async () => {
  const { reason } = await judge('date', ['2026-11-22'], { value: 1, unit: 'd' }, { classification: 'confidential' });
  expect(reason).toBe('the newest value is 9 hours old; the contract allows 1 day');
});
