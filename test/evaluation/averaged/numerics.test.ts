import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/engine/connection.ts';
import { averaged } from '../../../src/evaluation/averaged/averaged.ts';
import { type Averages, type Columns, limitsOf, measure, openMemory, requireEstimate } from './joined.ts';

const METRICS = ['mae', 'mse', 'rmse', 'r2', 'mape', 'smape', 'pinball@0.3', 'explained-variance'];
const RUNS = { numRuns: 12, endOnFailure: true };
const SITE = { name: 'site', columns: ['slice_0'] };
const WHOLE = { name: '', columns: [] };

let engine: Engine;
beforeAll(async () => {
  engine = await openMemory();
});
afterAll(() => engine.close());

/** Every number of a part as text, so that a digit more or less shows. */
function describePart(found: Averages, part = found.part(), sides: readonly (0 | 1)[] = [0, 1]): string[] {
  return METRICS.flatMap((metric) =>
    [...sides.map((side) => found.estimate(metric, side, part)), found.contrast(metric, 1, part)].map((one) => {
      if ('reason' in one) return `${metric}: ${one.reason}`;
      return `${metric}: ${one.value} of ${one.n}, ${JSON.stringify(one.computeLimits(0.025))}`;
    }),
  );
}

const number = fc.oneof(fc.double({ min: -1e3, max: 1e3, noNaN: true }), fc.integer({ min: -9, max: 9 }));
const rows = fc.array(
  fc.record({
    truth: number,
    first: number,
    second: number,
    weight: fc.integer({ min: 0, max: 9 }),
    site: fc.constantFrom('a', 'b', 'c'),
  }),
  { minLength: 1, maxLength: 30 },
);
type Row = { truth: number; first: number; second: number; weight: number; site: string };

function arrange(all: readonly Row[], weighted: boolean): Columns {
  return {
    truth: all.map(({ truth }) => truth),
    predicted_0: all.map(({ first }) => first),
    predicted_1: all.map(({ second }) => second),
    slice_0: all.map(({ site }) => site),
    ...(weighted ? { weight: all.map(({ weight }) => weight / 4) } : {}),
  };
}

describe('nothing changes', () => {
  test('not a digit, when the rows stand in another order', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.boolean(), async (all, weighted) => {
        const before = await measure(engine, arrange(all, weighted), METRICS);
        const after = await measure(engine, arrange([...all].reverse(), weighted), METRICS);
        expect(describePart(after)).toEqual(describePart(before));
      }),
      RUNS,
    );
  });

  test('but for the rounding of what is read, when parts are read apart and put together', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.boolean(), async (all, weighted) => {
        const found = await measure(engine, arrange(all, weighted), METRICS, {}, [WHOLE, SITE]);
        const sites = [...new Set(all.map(({ site }) => site))].map((site) => found.part('site', site));
        const merged = averaged.merge(sites);
        if ('reason' in merged) throw new Error(merged.reason);
        for (const metric of METRICS) expectAlike(found, metric, merged);
      }),
      RUNS,
    );
  });

  test('nor do limits come from what rounding leaves, when both sides vary alike', async () => {
    const columns = {
      truth: [-4, -1.2396594114782316e-29, 8, 3, -7, 0.1],
      predicted_0: [2, 2, -1.9141700893058044e-204, 2, 2, 2],
      predicted_1: [2, 2, 0, 2, 2, 2],
    };
    const found = await measure(engine, columns, ['explained-variance']);
    expect(requireEstimate(found.contrast('explained-variance')).computeLimits(0.025)).toEqual({
      reason: 'the rows do not vary',
    });
  });
});

function expectAlike(found: Averages, metric: string, part: Parameters<typeof averaged.merge>[0][number]): void {
  const [one, other] = [found.contrast(metric), found.contrast(metric, 1, part)];
  if ('reason' in one || 'reason' in other) {
    expect(other, metric).toEqual(one);
    return;
  }
  const scale = Math.max(1, Math.abs(found.value(metric)), Math.abs(found.value(metric, 1)));
  expect(Math.abs(one.value - other.value) / scale, metric).toBeLessThan(1e-11);
  const [a, b] = [one.computeLimits(0.025), other.computeLimits(0.025)];
  if ('reason' in a || 'reason' in b) expect(b, metric).toEqual(a);
  else expect(Math.abs(a.low - b.low) / Math.max(scale, Math.abs(a.low)), metric).toBeLessThan(1e-9);
}

describe('digits are kept', () => {
  test('of errors that are large and hardly differ, as in NIST’s NumAcc4', async () => {
    // Certified mean 10000000.2 and standard deviation 0.1; doubles near 10⁷ are 2⁻²⁹ apart.
    const predicted = Array.from({ length: 1001 }, (_, row) => 1e7 + (row === 0 ? 0.2 : row % 2 === 1 ? 0.1 : 0.3));
    const found = await measure(engine, { truth: predicted.map(() => 0), predicted_0: predicted }, ['mae']);
    expect(found.value('mae')).toBeCloseTo(10000000.2, 8);
    const [low, high] = limitsOf(found.estimate('mae'));
    // t quantile 1.9623…, by scipy.stats.t.ppf(0.975, 1000)
    expect(((high - low) / 2 / 1.962339080819) * Math.sqrt(1001)).toBeCloseTo(0.1, 6);
  });

  test('of labels far from 0, whose variance is small', async () => {
    const truth = Array.from({ length: 100 }, (_, row) => 1e7 + (row % 2 === 0 ? 0.125 : 0.375));
    const predicted_0 = truth.map((value) => value + 0.0625);
    const found = await measure(engine, { truth, predicted_0 }, ['r2', 'rmse']);
    // By hand: errors of 1/16, labels 1/8 from their mean
    expect(found.value('r2')).toBe(0.75);
    expect(found.value('rmse')).toBe(0.0625);
  });

  test('of a difference that is a billionth of the errors', async () => {
    const truth = Array.from({ length: 64 }, (_, row) => (row * 13) % 17);
    const predicted_0 = truth.map((value, row) => value + (row % 7) + 1);
    const predicted_1 = predicted_0.map((value, row) => value + (row % 2 === 0 ? 2 ** -30 : 2 ** -29));
    const found = await measure(engine, { truth, predicted_0, predicted_1 }, ['mae']);
    expect(requireEstimate(found.contrast('mae')).value).toBeCloseTo(-1.5 * 2 ** -30, 15);
    const [low, high] = limitsOf(found.contrast('mae'));
    // By hand: the differences are ½ · 2⁻³⁰ from their mean; t quantile by scipy.stats.t.ppf(0.975, 63)
    const half = (1.99834054252 * 2 ** -31 * Math.sqrt(64 / 63)) / 8;
    expect((high - low) / 2 / half).toBeCloseTo(1, 7);
  });

  test('of a slice beside one that is 10¹⁵⁰ times as large', async () => {
    const truth = [1, 2, 3, 4, 0, 0, 0, 0];
    const predicted_0 = [1.25, 2.5, 2.5, 4.75, 1e150, -1e150, 5e149, 1e149];
    const predicted_1 = [1.5, 2.25, 2.5, 4.5, 1e149, 1e150, 2e149, -3e149];
    const slice_0 = [...'aaaabbbb'];
    const both = await measure(engine, { truth, predicted_0, predicted_1, slice_0 }, METRICS, {}, [WHOLE, SITE]);
    const alone = await measure(
      engine,
      { truth: truth.slice(0, 4), predicted_0: predicted_0.slice(0, 4), predicted_1: predicted_1.slice(0, 4) },
      METRICS,
    );
    expect(describePart(both, both.part('site', 'a'))).toEqual(describePart(alone));
  });

  test('of numbers whose squares are near the end of doubles, or there is a reason', async () => {
    const truth = [0, 1e150, -1e150, 5e149];
    const predicted_0 = [1e150, -1e150, 1e150, 5e149];
    const found = await measure(engine, { truth, predicted_0 }, METRICS);
    expect(found.value('mae') / 1.25e150).toBeCloseTo(1, 14);
    expect(found.value('mse') / 2.25e300).toBeCloseTo(1, 14);
    expect(found.value('rmse') / 1.5e150).toBeCloseTo(1, 14);
    for (const metric of METRICS) {
      const one = requireEstimate(found.estimate(metric));
      expect(Number.isFinite(one.value), metric).toBe(true);
      const limits = one.computeLimits(0.025);
      if (!('reason' in limits)) expect(Number.isFinite(limits.high - limits.low), metric).toBe(true);
    }
  });
});

test('a table with too many values together is read view by view, to the same numbers', async () => {
  const count = 5000;
  const row = Array.from({ length: count }, (_, at) => at);
  const columns = {
    truth: row.map((at) => (at * 31) % 101),
    predicted_0: row.map((at) => (at * 17) % 103),
    slice_0: row.map((at) => `a${at % 3}`),
  };
  const few = await measure(engine, columns, ['mae', 'r2'], {}, [WHOLE, SITE]);
  const views = [
    WHOLE,
    SITE,
    { name: 'id', columns: ['slice_1'] },
    { name: 'site × id', columns: ['slice_0', 'slice_1'] },
  ];
  const many = await measure(engine, { ...columns, slice_1: row.map((at) => `b${at}`) }, ['mae', 'r2'], {}, views);
  for (const value of ['a0', 'a1', 'a2']) {
    expect(many.value('r2', 0, many.part('site', value))).toBe(few.value('r2', 0, few.part('site', value)));
  }
  expect(many.value('mae', 0, many.part('site × id', 'a1 × b4999'))).toBe(
    Math.abs(((4999 * 31) % 101) - ((4999 * 17) % 103)),
  );
});
