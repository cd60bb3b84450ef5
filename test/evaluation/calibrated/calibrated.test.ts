import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/engine/connection.ts';
import { calibrated, calibrationGroups } from '../../../src/evaluation/calibrated/calibrated.ts';
import type { JoinedTable } from '../../../src/evaluation/joined-table.ts';
import {
  type Columns,
  createJoined,
  describeTable,
  openMemory,
  requireEstimate,
  requireLimits,
  WHOLE,
} from '../ranked/joined.ts';
import { listBinaryRows, listMulticlassRows, omit } from '../ranked/samples.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openMemory();
});
afterAll(() => engine.close());

const REQUESTS = [{ name: 'ece' }, { name: 'adaptive-ece' }];
const BY_GROUP = { name: 'g', columns: ['slice_0'] };
const DIFFERENCE = { name: 'calibration-difference', group: 'g' };

async function open(columns: Columns, rest: Partial<JoinedTable> = {}) {
  await createJoined(engine, columns);
  const table = describeTable(columns, rest);
  const views = [
    { ...WHOLE, requests: REQUESTS },
    ...('slice_0' in columns ? [{ ...BY_GROUP, requests: REQUESTS }] : []),
  ];
  const parts = await calibrated.fetch(engine, table, views);
  const find = (view = '', value = '') => {
    const part = parts.get(view)?.get(value);
    if (!part) throw new Error(`there is no part ${value}`);
    return part;
  };
  return {
    table,
    parts,
    find,
    estimates: (side: 0 | 1 = 0, part = find()) => calibrated.estimate(part, REQUESTS, side, table),
    contrast: (name: string, factor = 1) => requireEstimate(calibrated.contrast(find(), { name }, factor, table)),
  };
}

describe('the calibration error of the top score', () => {
  // From the definition, in numpy 1.26, on the rows of samples.ts: 15 bins, credit of one half where two scores tie.
  test('is that of the definition, for both sides', async () => {
    const { estimates } = await open(omit(listBinaryRows(), 'weight'));
    const values = (side: 0 | 1) => estimates(side).map((found) => requireEstimate(found).value);
    expect(values(0)).toEqual([expect.closeTo(0.13839285714285715, 14), expect.closeTo(0.23363095238095236, 14)]);
    expect(values(1)).toEqual([expect.closeTo(0.13541666666666666, 14), expect.closeTo(0.2743055555555555, 14)]);
  });

  test('counts rows by their weights, and bins by rows', async () => {
    const { estimates } = await open(listBinaryRows());
    const values = (side: 0 | 1) => estimates(side).map((found) => requireEstimate(found).value);
    expect(values(0)).toEqual([expect.closeTo(0.13903061224489796, 14), expect.closeTo(0.24277210884353737, 14)]);
    expect(values(1)).toEqual([expect.closeTo(0.14211309523809526, 14), expect.closeTo(0.28497023809523814, 14)]);
  });

  test('shares the credit of tied classes', async () => {
    const { estimates } = await open(omit(listMulticlassRows(), 'weight'));
    expect(estimates().map((found) => requireEstimate(found).value)).toEqual([
      expect.closeTo(0.14470272235541784, 14),
      expect.closeTo(0.23004292965214693, 14),
    ]);
  });

  test('never parts equal scores into two bins of equally many rows', async () => {
    const rows = Array.from({ length: 100 }, (_, i) => i);
    const { find } = await open({ truth: rows.map((i) => i % 2), score_0_0: rows.map((i) => (i < 90 ? 0.7 : 0.9)) });
    const { adaptive } = find();
    if (!adaptive || 'reason' in adaptive) throw new Error('there is no calibration');
    expect(new Set(adaptive.cells.map(({ bins }) => bins[0]))).toEqual(new Set([0, 13]));
  });
});

describe('its limits', () => {
  const columns = () => omit(listBinaryRows(), 'weight');

  test('are the same each time', async () => {
    const limits = async () => {
      const { estimates } = await open(columns());
      return estimates().map((found) => requireEstimate(found).computeLimits(0.025));
    };
    const [first, second] = [await limits(), await limits()];
    expect(first).toEqual(second);
    const { low, high } = requireLimits(first[0] ?? { reason: '' });
    expect(low).toBeLessThan(0.138);
    expect(high).toBeGreaterThan(0.138);
  });

  test('of a difference are of the same rows: a model against itself has none', async () => {
    const rows = columns();
    const { contrast } = await open({ ...rows, score_1_0: rows['score_0_0'] ?? [] });
    const found = contrast('ece');
    expect(found.value).toBe(0);
    expect(found.computeLimits(0.05)).toEqual({ reason: 'the rows do not differ' });
    const tolerance = contrast('ece', 0.98);
    expect(tolerance.value).not.toBe(0);
    expect(tolerance.computeLimits(0.05)).toEqual({ reason: 'the rows do not differ' });
  });

  test('of a difference take a factor of the baseline', async () => {
    const { contrast } = await open(columns());
    expect(contrast('ece', 0.9).value).toBeCloseTo(0.13839285714285715 - 0.9 * 0.13541666666666666, 14);
    const { low, high } = requireLimits(contrast('ece').computeLimits(0.05));
    expect(low).toBeLessThan(0.003);
    expect(high).toBeGreaterThan(0.003);
  });

  test('take whole clusters, and need ten of them', async () => {
    const rows = columns();
    const cluster = (count: number) => (rows['truth'] ?? []).map((_, i) => i % count);
    const many = await open({ ...rows, cluster: cluster(20) });
    const [found] = many.estimates().map(requireEstimate);
    expect(found?.n).toBe(20);
    expect(found?.method).toBe('signed-bins');
    expect(found?.value).toBeCloseTo(0.13839285714285715, 14);
    requireLimits(found?.computeLimits(0.05) ?? { reason: '' });
    const few = await open({ ...rows, cluster: cluster(9) });
    expect(requireEstimate(few.estimates()[0]).computeLimits(0.05)).toEqual({
      reason: 'limits need 10 clusters, and there are 9',
    });
  });

  test('of clusters of one row are about those of rows', async () => {
    const rows = columns();
    const single = await open({ ...rows, cluster: (rows['truth'] ?? []).map((_, i) => i) });
    const plain = await open(rows);
    const own = requireLimits(requireEstimate(single.estimates()[0]).computeLimits(0.05));
    const other = requireLimits(requireEstimate(plain.estimates()[0]).computeLimits(0.05));
    expect(own.low).toBeCloseTo(other.low, 1);
    expect(own.high).toBeCloseTo(other.high, 1);
  });
});

describe('parts', () => {
  const columns = () => {
    const rows = omit(listBinaryRows(), 'weight', 'score_1_0');
    return { ...rows, slice_0: (rows['truth'] ?? []).map((_, i) => `g${i % 3}`) };
  };

  test('merge into what all rows come to, bins of equal width; others refuse', async () => {
    const { table, find, estimates } = await open(columns());
    const merged = calibrated.merge([find('g', 'g0'), find('g', 'g1'), find('g', 'g2')]);
    if ('reason' in merged) throw new Error(merged.reason);
    const [equal, adaptive] = calibrated.estimate(merged, REQUESTS, 0, table);
    const [whole] = estimates().map(requireEstimate);
    expect(requireEstimate(equal).value).toBe(whole?.value);
    expect(requireEstimate(equal).computeLimits(0.05)).toEqual(whole?.computeLimits(0.05));
    expect(adaptive).toEqual({ reason: 'bins of equally many rows of several parts do not add up' });
    expect(calibrated.merge([find('g', 'g1')])).toBe(find('g', 'g1'));
  });

  test('are compared as groups: the largest error less the smallest', async () => {
    const { table } = await open(columns());
    const parts = await calibrationGroups.fetch(engine, table, [{ ...BY_GROUP, requests: [DIFFERENCE] }]);
    const groups = parts.get('g') ?? new Map();
    const found = requireEstimate(calibrationGroups.estimateGroups(groups, DIFFERENCE, 0, table));
    // From the definition, in numpy 1.26: 0.2165…, 0.1161… and 0.1942….
    expect(found.value).toBeCloseTo(0.21651785714285712 - 0.11607142857142856, 14);
    expect(found.n).toBe(20);
    const { low, high } = requireLimits(found.computeLimits(0.05));
    expect(low).toBeLessThan(found.value);
    expect(high).toBeGreaterThan(found.value);
    const [one] = [...groups];
    expect(calibrationGroups.estimateGroups(new Map(one ? [one] : []), DIFFERENCE, 0, table)).toEqual({
      reason: '`g` has 1 group, and a difference needs two',
    });
  });
});
