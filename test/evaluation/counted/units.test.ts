import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/engine/connection.ts';
import { counted } from '../../../src/evaluation/counted/counted.ts';
import type { AskedView } from '../../../src/evaluation/family.ts';
import { describeRows, fetchRows, fetchWhole, openMemory, type Row, WHOLE } from './rows.ts';

const SITE: AskedView = { name: 'site', columns: ['slice_0'], requests: [] };

let engine: Engine;
beforeAll(async () => {
  engine = await openMemory();
});
afterAll(() => engine.close());

function estimate(part: Awaited<ReturnType<typeof fetchWhole>>, rows: readonly Row[], name = 'accuracy') {
  const [found] = counted.estimate(part, [{ name }], 0, describeRows(rows));
  if (!found || 'reason' in found) throw new Error(found?.reason ?? 'nothing');
  return found;
}

/** Pairs of rows that are right or wrong together: `right` and `wrong` clusters of two rows each. */
function createTwins(right: number, wrong: number): Row[] {
  return Array.from({ length: 2 * (right + wrong) }, (_, at) => ({
    truth: at % 2,
    answers: [Math.floor(at / 2) < right ? at % 2 : 2],
    cluster: Math.floor(at / 2),
  }));
}

describe('clusters', () => {
  test('are the units: rows that stand or fall together are as sure as half as many', async () => {
    const rows = createTwins(60, 40);
    const part = await fetchWhole(engine, rows);
    expect(part.kinds).toHaveLength(2);
    const found = estimate(part, rows);
    expect(found).toMatchObject({ value: 0.6, n: 100, method: 'bca-cluster-bootstrap' });
    const clustered = found.computeLimits(0.025);
    const loose = rows.map(({ truth, answers }) => ({ truth, answers }));
    const plain = estimate(await fetchWhole(engine, loose), loose).computeLimits(0.025);
    if ('reason' in clustered || 'reason' in plain) throw new Error('there are no limits');
    // √2 times as wide, as the variance of a mean of half as many.
    expect((clustered.high - clustered.low) / (plain.high - plain.low)).toBeCloseTo(Math.SQRT2, 0.9);
  });

  test('of fewer than ten have a value and no limits', async () => {
    const rows = createTwins(5, 4);
    const found = estimate(await fetchWhole(engine, rows), rows);
    expect(found).toMatchObject({ value: 5 / 9, n: 9 });
    expect(found.computeLimits(0.025)).toEqual({ reason: 'limits need 10 clusters, and there are 9' });
  });

  test('of which a tenth may be of a kind that none shows have no limits: smaller errors need more', async () => {
    const rows = createTwins(18, 12);
    const found = estimate(await fetchWhole(engine, rows), rows);
    expect(found.computeLimits(0.05)).toHaveProperty('low');
    // 0.9 ** 35 is above 0.025, and 0.9 ** 36 below it.
    expect(found.computeLimits(0.025)).toEqual({ reason: 'limits need 36 clusters, and there are 30' });
  });

  test('beyond two thousand are resampled in blocks, and counted one by one', async () => {
    const rows = createTwins(2000, 2000);
    const part = await fetchWhole(engine, rows);
    expect(part.kinds.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(2000);
    const found = estimate(part, rows);
    expect(found).toMatchObject({ value: 0.5, n: 4000 });
    const limits = found.computeLimits(0.025);
    if ('reason' in limits) throw new Error(limits.reason);
    // 1.96 standard errors of a share of a half of 4,000 clusters, each way
    expect(limits.high - limits.low).toBeCloseTo(2 * 1.96 * Math.sqrt(0.25 / 4000), 2);
  });
});

describe('parts that are judged together', () => {
  test('have the numbers of all their rows', async () => {
    const rows: Row[] = Array.from({ length: 90 }, (_, at) => ({
      truth: at % 3,
      answers: [(at * at) % 3],
      slices: [`s${at % 4}`],
    }));
    const found = await fetchRows(engine, rows, [WHOLE, SITE]);
    const merged = counted.merge([...(found.get('site')?.values() ?? [])]);
    expect(merged).toEqual(found.get('')?.get(''));
  });

  test('are one unit again where a cluster has rows in several', async () => {
    const rows = createTwins(12, 8).map((row, at) => ({ ...row, slices: [`s${at % 2}`] }));
    const found = await fetchRows(engine, rows, [WHOLE, SITE]);
    const merged = counted.merge([...(found.get('site')?.values() ?? [])]);
    expect(merged).toEqual(found.get('')?.get(''));
    expect(merged).toMatchObject({ n: 20, rows: 40 });
  });

  test('may weigh differently', async () => {
    const rows: Row[] = Array.from({ length: 60 }, (_, at) => ({
      truth: at % 2,
      answers: [(at * at) % 3],
      weight: [0.1, 0.2, 0.7][at % 3] ?? 0,
      slices: [`s${at % 4}`],
    }));
    const found = await fetchRows(engine, rows, [WHOLE, SITE]);
    expect(counted.merge([...(found.get('site')?.values() ?? [])])).toEqual(found.get('')?.get(''));
  });

  test('of nothing are a reason', () => {
    expect(counted.merge([])).toEqual({ reason: 'there are no rows' });
  });
});

describe('weights', () => {
  test('switch exact limits off, and equal ones change no value', async () => {
    const rows: Row[] = Array.from({ length: 100 }, (_, at) => ({ truth: 0, answers: [at < 70 ? 0 : 1], weight: 2.5 }));
    const found = estimate(await fetchWhole(engine, rows), rows);
    expect(found).toMatchObject({ value: 0.7, n: 100, method: 'bca-bootstrap' });
    expect(found.computeLimits(0.025)).toHaveProperty('low');
  });

  test('that are too many to resample leave the value, to the last digit in any order of rows', async () => {
    const rows: Row[] = Array.from({ length: 10_500 }, (_, at) => ({
      truth: at % 2,
      answers: [at % 3 === 0 ? 1 : 0],
      weight: 0.1 + at / 7919,
    }));
    const part = await fetchWhole(engine, rows);
    const again = await fetchWhole(engine, [...rows].reverse());
    expect(again).toEqual(part);
    const found = estimate(part, rows);
    const right = rows.reduce((sum, { truth, answers, weight = 0 }) => sum + (truth === answers[0] ? weight : 0), 0);
    expect(found.value).toBeCloseTo(right / rows.reduce((sum, { weight = 0 }) => sum + weight, 0), 12);
    expect(found.computeLimits(0.025)).toEqual({
      reason: 'its rows have more than 10000 different weights, too many to resample',
    });
  });

  test('that are all 0 in a slice leave nothing to measure', async () => {
    const rows: Row[] = [0, 1].map((weight) => ({ truth: 0, answers: [0], weight, slices: [`s${weight}`] }));
    const found = (await fetchRows(engine, rows, [SITE])).get('site')?.get('s0');
    expect(found && counted.estimate(found, [{ name: 'accuracy' }], 0, describeRows(rows))).toEqual([
      { reason: 'the rows weigh nothing' },
    ]);
  });
});

describe('costs', () => {
  const costs = [
    [0, 1, 0],
    [10, -2, 0],
    [0, 0, 0],
  ];
  const rows: Row[] = [
    { truth: 0, answers: [1, 0] },
    { truth: 1, answers: [0, 1] },
    { truth: 1, answers: [1, 1] },
    { truth: 0, answers: [0, 0] },
  ];

  test('are the mean of what each row costs, and compare by it', async () => {
    const part = await fetchWhole(engine, rows);
    const table = describeRows(rows, { costs });
    expect(counted.estimate(part, [{ name: 'cost' }], 0, table)[0]).toMatchObject({ value: (1 + 10 - 2) / 4 });
    expect(counted.contrast(part, { name: 'cost' }, 1, table)).toMatchObject({ value: 9 / 4 - -4 / 4 });
  });

  test('that nothing names cannot be measured', async () => {
    const part = await fetchWhole(engine, rows);
    expect(counted.estimate(part, [{ name: 'cost' }], 0, describeRows(rows))).toEqual([
      { reason: '`evaluate.costs` does not say what a row costs' },
    ]);
  });
});
