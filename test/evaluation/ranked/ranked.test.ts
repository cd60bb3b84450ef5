import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/engine/connection.ts';
import { ranked } from '../../../src/evaluation/ranked/ranked.ts';
import { type Columns, openMemory, requireEstimate, requireLimits } from './joined.ts';
import { ALL, BINARY, open, type Rest } from './opening.ts';
import { listBinaryRows, listMulticlassRows, omit } from './samples.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openMemory();
});
afterAll(() => engine.close());

/** All numbers that the whole has, as they would stand in evidence. */
async function listNumbers(columns: Columns, names: readonly string[], rest: Rest = {}) {
  const { estimates, contrast } = await open(engine, columns, names, rest);
  const sides = 'score_1_0' in columns ? [...estimates(0), ...estimates(1)] : estimates();
  const differences = 'score_1_0' in columns ? names.map((name) => contrast(name, 0.95)) : [];
  return [...sides, ...differences].map((found) => {
    const { value, n, method, computeLimits } = requireEstimate(found);
    const limits = computeLimits(0.025);
    const round = (number: number) => Number(number.toPrecision(12));
    return [method, n, round(value), 'reason' in limits ? limits.reason : [round(limits.low), round(limits.high)]];
  });
}

function permute(columns: Columns): Columns {
  const rows = columns['truth']?.length ?? 0;
  // 7 and 60 have no common factor.
  const order = Array.from({ length: rows }, (_, i) => (7 * i + 3) % rows);
  return Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [name, order.map((at) => values[at] ?? 0)]),
  );
}

describe('the order of the rows changes nothing', () => {
  const cluster = Array.from({ length: 60 }, (_, i) => i % 15);
  test.each([
    ['of two sides', omit(listBinaryRows(), 'weight'), BINARY, {}],
    ['of weighted rows', listBinaryRows(), BINARY, {}],
    ['of clusters', { ...omit(listBinaryRows(), 'weight'), cluster }, BINARY, {}],
    ['of weighted clusters', { ...listBinaryRows(), cluster }, BINARY, {}],
    ['of three classes', omit(listMulticlassRows(), 'weight'), [...ALL, ...BINARY], { positive: 'b' }],
    ['of weighted rows of three classes', listMulticlassRows(), [...ALL, ...BINARY], { positive: 'b' }],
  ])('%s', async (_, columns: Columns, names, rest) => {
    expect(await listNumbers(permute(columns), names, rest)).toEqual(await listNumbers(columns, names, rest));
  });
});

test('the names of the classes change nothing', async () => {
  const columns = omit(listMulticlassRows(), 'weight');
  const renamed: Columns = {
    truth: (columns['truth'] ?? []).map((truth) => [2, 0, 1][Number(truth)] ?? 0),
    score_0_0: columns['score_0_1'] ?? [],
    score_0_1: columns['score_0_2'] ?? [],
    score_0_2: columns['score_0_0'] ?? [],
  };
  expect(await listNumbers(renamed, [...ALL, ...BINARY], { positive: 'a' })).toEqual(
    await listNumbers(columns, [...ALL, ...BINARY], { positive: 'b' }),
  );
});

test('one column of scores speaks of the other class too', async () => {
  const columns = omit(listBinaryRows(), 'weight', 'score_1_0');
  const { values } = await open(engine, columns, ['roc-auc'], { positive: 'no' });
  expect(values()[0]).toBeCloseTo(0.8148148148148149, 14);
});

describe('a weight is how often a row counts', () => {
  test.each([
    [listBinaryRows(), BINARY, 'yes'],
    [listMulticlassRows(), [...ALL, ...BINARY], 'b'],
  ])('case %#', async (columns: Columns, names, positive) => {
    // Weights 1, 1.5, 2 and 2.5, twice.
    const times = (columns['weight'] ?? []).map((weight) => 2 * Number(weight));
    const repeated = Object.fromEntries(
      Object.entries(omit(columns, 'weight')).map(([name, values]) => [
        name,
        values.flatMap((value, row) => new Array<number | string>(times[row] ?? 0).fill(value)),
      ]),
    );
    const own = await open(engine, columns, names, { positive });
    const weighted = own.values();
    const other = await open(engine, repeated, names, { positive });
    expect(weighted).toEqual(other.values().map((value) => expect.closeTo(value, 12)));
  });

  test('and where all weigh the same, limits are those without weights', async () => {
    const columns = omit(listBinaryRows(), 'weight');
    const weight = (columns['truth'] ?? []).map(() => 0.3);
    const limitsOf = async (rows: Columns) => {
      const { contrast } = await open(engine, rows, ['roc-auc']);
      return ['roc-auc'].map((name) => requireLimits(requireEstimate(contrast(name)).computeLimits(0.05)));
    };
    const [own, plain] = [await limitsOf({ ...columns, weight }), await limitsOf(columns)];
    expect(own).toEqual(
      plain.map(({ low, high }) => ({ low: expect.closeTo(low, 10), high: expect.closeTo(high, 10) })),
    );
  });

  test('and rows without weight do not count at all', async () => {
    const columns = omit(listBinaryRows(), 'weight');
    const weight = (columns['truth'] ?? []).map((_, row) => (row < 40 ? 1 : 0));
    const first = Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values.slice(0, 40)]));
    const own = (await open(engine, { ...columns, weight })).values();
    expect(own).toEqual((await open(engine, first)).values().map((value) => expect.closeTo(value, 12)));
  });
});

describe('clusters', () => {
  const columns = omit(listBinaryRows(), 'weight');
  const number = (count: number) => (columns['truth'] ?? []).map((_, row) => row % count);
  const limitsOf = async (rows: Columns, rest: Rest = {}) => {
    const { contrast } = await open(engine, rows, ['roc-auc'], rest);
    const found = requireEstimate(contrast('roc-auc'));
    return { ...requireLimits(found.computeLimits(0.025)), n: found.n, method: found.method };
  };

  test('of one row each are about what rows are', async () => {
    const [own, plain] = [await limitsOf({ ...columns, cluster: number(60) }), await limitsOf(columns)];
    expect(own.n).toBe(60);
    expect(own.method).toBe('obuchowski');
    expect(own.high - own.low).toBeCloseTo(plain.high - plain.low, 2);
  });

  test('that repeat every row three times widen the limits back to those of the rows', async () => {
    const thrice = Object.fromEntries(
      Object.entries({ ...columns, cluster: number(60) }).map(([name, values]) => [
        name,
        [...values, ...values, ...values],
      ]),
    );
    const [own, plain] = [await limitsOf(thrice), await limitsOf(columns)];
    const blind = await limitsOf(omit(thrice, 'cluster'));
    expect(own.n).toBe(60);
    expect(own.high - own.low).toBeCloseTo(plain.high - plain.low, 2);
    expect(blind.high - blind.low).toBeLessThan(0.62 * (plain.high - plain.low));
  });

  test('need ten for limits', async () => {
    const { estimates } = await open(engine, { ...columns, cluster: number(9) }, ['roc-auc']);
    expect(requireEstimate(estimates()[0]).computeLimits(0.05)).toEqual({
      reason: 'limits need 10 clusters, and there are 9',
    });
  });
});

describe('parts', () => {
  const columns = omit(listBinaryRows(), 'weight');
  const names = ["o'clock", 'a "b"', 'ünï × 7', ''];
  const slice = (columns['truth'] ?? []).map((_, row) => names[row % names.length] ?? '');

  test('have the numbers that their rows have alone, whatever their names are', async () => {
    const { find, estimates, contrast } = await open(engine, { ...columns, slice_0: slice });
    const all = names.map((name) => {
      const part = find('s', name);
      return [...estimates(0, part), ...estimates(1, part), ...BINARY.map((metric) => contrast(metric, 1, part))].map(
        requireEstimate,
      );
    });
    for (const [at, name] of names.entries()) {
      const rows = Object.fromEntries(
        Object.entries(columns).map(([key, values]) => [key, values.filter((_, row) => slice[row] === name)]),
      );
      const alone = await open(engine, rows);
      const found = [...alone.estimates(0), ...alone.estimates(1), ...BINARY.map((metric) => alone.contrast(metric))];
      for (const [place, estimate] of found.map(requireEstimate).entries()) {
        expect(all[at]?.[place]?.value).toBe(estimate.value);
        expect(all[at]?.[place]?.computeLimits(0.1)).toEqual(estimate.computeLimits(0.1));
      }
    }
  });

  test('do not merge', async () => {
    const { find } = await open(engine, { ...columns, slice_0: slice });
    expect(ranked.merge([find('s', '')])).toBe(find('s', ''));
    expect(ranked.merge([find('s', ''), find('s', "o'clock")])).toEqual({
      reason: 'ranks within several parts do not add up to ranks among all their rows',
    });
  });
});
