import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/engine/connection.ts';
import type { Side } from '../../../src/evaluation/joined-table.ts';
import { ordered } from '../../../src/evaluation/ordered/ordered.ts';
import type { View } from '../../../src/evaluation/view.ts';
import {
  type Columns,
  createJoined,
  describeColumns,
  openMemory,
  readOracle,
  requireEstimate,
  WHOLE,
} from '../averaged/joined.ts';

const REQUEST = { name: 'median-absolute-error' };

let engine: Engine;
beforeAll(async () => {
  engine = await openMemory();
});
afterAll(() => engine.close());

async function order(columns: Columns, views: readonly View[] = [WHOLE]) {
  await createJoined(engine, columns);
  const table = describeColumns(columns);
  const parts = await ordered.fetch(
    engine,
    table,
    views.map((view) => ({ ...view, requests: [REQUEST] })),
  );
  const find = (view = '', value = '') => {
    const part = parts.get(view)?.get(value);
    if (!part) throw new Error(`no part ${value}`);
    return part;
  };
  return {
    find,
    estimate: (side: Side = 0, part = find()) =>
      requireEstimate(ordered.estimate(part, [REQUEST], side, table)[0] ?? { reason: 'none' }),
    contrast: (factor = 1, part = find()) => requireEstimate(ordered.contrast(part, REQUEST, factor, table)),
  };
}

interface Case {
  readonly name: string;
  readonly truth: readonly number[];
  readonly predicted: readonly number[];
  readonly weight?: readonly number[];
  readonly metrics: Readonly<Record<string, number | null>>;
}

test.each(readOracle<{ regression: Case[] }>('numbers').regression.map((one) => [one.name, one] as const))(
  'the median absolute error is scikit-learn’s: %s',
  async (_name, { truth, predicted, weight, metrics }) => {
    const found = await order({ truth, predicted_0: predicted, ...(weight ? { weight } : {}) });
    expect(found.estimate().value).toBeCloseTo(metrics['median-absolute-error'] ?? Number.NaN, 12);
  },
);

describe('its limits', () => {
  const count = 1001;
  const truth = Array.from({ length: count }, () => 0);
  const predicted_0 = Array.from({ length: count }, (_, row) => ((row * 577) % count) + 1);

  test('are errors at the places of the binomial distribution', async () => {
    const { value, n, method, computeLimits } = (await order({ truth, predicted_0 })).estimate();
    expect({ value, n, method }).toEqual({ value: 501, n: 1001, method: 'order-statistics' });
    // scipy.stats.binom.cdf(469, 1001, 0.5) = 0.02499…, and of 470 0.0289…
    expect(computeLimits(0.025)).toEqual({ low: 470, high: 532 });
  });

  test('end where the errors that were kept end', async () => {
    const { computeLimits } = (await order({ truth, predicted_0 })).estimate();
    expect(computeLimits(1e-40)).toHaveProperty('low');
    expect(computeLimits(1e-100)).toEqual({ reason: 'no limits can be had at so small an error' });
  });

  test.each([
    ['five rows', { truth: [1, 2, 3, 4, 5], predicted_0: [1, 2, 3, 5, 7] }, /^5 rows are too few/],
    ['weights', { truth: [1, 2], predicted_0: [1, 3], weight: [1, 2] }, /weights has no limits/],
    ['clusters', { truth: [1, 2], predicted_0: [1, 3], cluster: [0, 1] }, /clusters has no limits/],
  ])('are a reason for %s', async (_name, columns, reason) => {
    const found = (await order(columns)).estimate();
    expect(Number.isFinite(found.value)).toBe(true);
    expect(found.computeLimits(0.025)).toHaveProperty('reason', expect.stringMatching(reason));
  });

  test('of a difference are from resampled rows', async () => {
    const predicted_1 = predicted_0.map((value, row) => value + 40 + (row % 5));
    const found = (await order({ truth, predicted_0, predicted_1 })).contrast();
    expect(found.value).toBe(501 - 542);
    const limits = found.computeLimits(0.025);
    if ('reason' in limits) throw new Error(limits.reason);
    expect(limits.low).toBeGreaterThan(-46);
    expect(limits.high).toBeLessThan(-38);
    expect(limits.low).toBeLessThan(limits.high);
    expect(found.computeLimits(0.025)).toEqual(limits);
  });

  test('of a model and itself are a reason', async () => {
    const found = (await order({ truth, predicted_0, predicted_1: predicted_0 })).contrast();
    expect(found.value).toBe(0);
    expect(found.computeLimits(0.025)).toHaveProperty('reason');
  });

  test('of a tolerance in percent are a reason where the plain difference has none', async () => {
    // Rows differ, but none near the middle: both medians are the same in all resamples.
    const predicted_1 = predicted_0.map((value, row) => (row < 20 && value > 900 ? value + 1 : value));
    const own = predicted_0.map((value) => (value > 900 ? value + 1 : value));
    const found = await order({ truth, predicted_0: own, predicted_1 });
    expect(found.contrast().computeLimits(0.025)).toEqual({ reason: 'the resamples do not vary' });
    expect(found.contrast(0.98).value).not.toBe(0);
    expect(found.contrast(0.98).computeLimits(0.025)).toEqual({ reason: 'the resamples do not vary' });
  });

  test('of a difference are a reason beyond ten thousand rows, which the values are not', async () => {
    const row = Array.from({ length: 10_001 }, (_, at) => at);
    const found = (
      await order({ truth: row, predicted_0: row.map((at) => at + (at % 7)), predicted_1: row.map((at) => at + 2) })
    ).contrast();
    expect(found.value).toBe(1);
    expect(found.computeLimits(0.025)).toEqual({ reason: 'medians are compared on at most 10000 rows' });
  });
});

describe('parts of a view', () => {
  const columns = { truth: [0, 0, 0, 0], predicted_0: [1, 2, 3, 9], slice_0: [...'aaab'] };
  const site = { name: 'site', columns: ['slice_0'] };

  test('have their own', async () => {
    const found = await order(columns, [WHOLE, site]);
    expect(found.estimate(0, found.find('site', 'a')).value).toBe(2);
    expect(found.estimate().value).toBe(2.5);
  });

  test('cannot be put together', async () => {
    const found = await order(columns, [site]);
    expect(ordered.merge([found.find('site', 'a'), found.find('site', 'b')])).toEqual({
      reason: 'a median of several values cannot be had from the medians of each',
    });
    expect(ordered.merge([found.find('site', 'a')])).toBe(found.find('site', 'a'));
  });

  test('whose weights are all 0 are a reason', async () => {
    const table = { ...columns, weight: [1, 1, 1, 0] };
    await createJoined(engine, table);
    const described = describeColumns(table);
    const parts = await ordered.fetch(engine, described, [{ ...site, requests: [REQUEST] }]);
    const part = parts.get('site')?.get('b');
    expect(part && ordered.estimate(part, [REQUEST], 0, described)).toEqual([{ reason: 'no row counts' }]);
  });
});
