import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/engine/connection.ts';
import { fetchCurves } from '../../../src/evaluation/curves/curves.ts';
import type { JoinedTable } from '../../../src/evaluation/joined-table.ts';
import type { Reveal } from '../../../src/evaluation/reveal.ts';
import { type Columns, createJoined, describeTable, openMemory } from '../ranked/joined.ts';
import { listBinaryRows, listMulticlassRows, omit } from '../ranked/samples.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openMemory();
});
afterAll(() => engine.close());

async function trace(columns: Columns, positive = 'yes', rest: Partial<JoinedTable> = {}, reveal: Reveal = 'rows') {
  await createJoined(engine, columns);
  const curves = await fetchCurves(engine, describeTable(columns, rest), positive, reveal);
  return new Map(curves.map(({ kind, points }) => [kind, points]));
}

/** The area under the points, by trapezoids. */
function integrate(points: readonly (readonly number[])[]): number {
  return points.slice(1).reduce((sum, [x = 0, y = 0], at) => {
    const [left = 0, height = 0] = points[at] ?? [];
    return sum + ((x - left) * (y + height)) / 2;
  }, 0);
}

/** As many rows as are asked for, with scores that all differ. */
function listManyRows(count: number): Columns & { readonly truth: number[]; readonly score_0_0: number[] } {
  const rows = Array.from({ length: count }, (_, i) => ((i * 7919) % count) / count);
  return {
    truth: rows.map((_, i) => (i % 3 === 0 ? 1 : 0)),
    score_0_0: rows.map((score, i) => (i % 3 === 0 ? Math.sqrt(score) : score)),
  };
}

describe('the curves', () => {
  test('are those of scikit-learn on its own example', async () => {
    const found = await trace({ truth: [0, 0, 1, 1], score_0_0: [0.1, 0.4, 0.35, 0.8] });
    // scikit-learn 1.5.2, roc_curve(drop_intermediate=False) and precision_recall_curve without its last point (0, 1)
    expect(found.get('roc')).toEqual([
      [0, 0, 0],
      [0, 0.5, 1],
      [0.5, 0.5, 2],
      [0.5, 1, 3],
      [1, 1, 4],
    ]);
    expect(found.get('precision-recall')).toEqual([
      [0.5, 1, 1],
      [0.5, 0.5, 2],
      [1, 2 / 3, 3],
      [1, 0.5, 4],
    ]);
    // Of the third by hand: 0.35 and 0.4 are in one bin.
    expect(found.get('calibration')).toEqual([
      [expect.closeTo(0.1, 12), 0, 1],
      [expect.closeTo(0.375, 12), 0.5, 2],
      [expect.closeTo(0.8, 12), 1, 1],
    ]);
  });

  test('have the area under the ROC curve, with ties and weights', async () => {
    const plain = await trace(omit(listBinaryRows(), 'weight'));
    // scikit-learn 1.5.2, roc_auc_score without and with sample_weight
    expect(integrate(plain.get('roc') ?? [])).toBeCloseTo(0.8148148148148149, 12);
    const weighted = await trace(listBinaryRows());
    expect(integrate(weighted.get('roc') ?? [])).toBeCloseTo(0.8180272108843538, 12);
  });

  test('are of one class against the rest', async () => {
    const found = await trace(omit(listMulticlassRows(), 'weight'), 'b');
    // scikit-learn 1.5.2, roc_auc_score(y == 1, scores[:, 1])
    expect(integrate(found.get('roc') ?? [])).toBeCloseTo(0.9815321477428182, 12);
  });

  test('of the other class of one column turn round', async () => {
    const columns = omit(listBinaryRows(), 'weight');
    const [yes, no] = [await trace(columns), await trace(columns, 'no')];
    expect(integrate(no.get('roc') ?? [])).toBeCloseTo(integrate(yes.get('roc') ?? []), 12);
    const rows = (points: readonly (readonly number[])[] = []) => points.map(([, , count]) => count);
    expect(no.get('calibration')?.at(-1)?.[0]).toBeCloseTo(1 - (yes.get('calibration')?.[0]?.[0] ?? 0), 12);
    expect(rows(no.get('calibration')).reduce((sum: number, count = 0) => sum + count, 0)).toBe(60);
  });
});

describe('long curves', () => {
  test('are thinned to 512 points, keep their ends, and lose next to no area', async () => {
    const columns = listManyRows(5000);
    const found = await trace(columns);
    for (const kind of ['roc', 'precision-recall'] as const) expect(found.get(kind)?.length).toBeLessThanOrEqual(512);
    expect(found.get('roc')?.length).toBeGreaterThan(400);
    expect(found.get('roc')?.[0]).toEqual([0, 0, 0]);
    expect(found.get('roc')?.at(-1)).toEqual([1, 1, 5000]);
    expect(found.get('precision-recall')?.at(-1)).toEqual([1, expect.closeTo(1667 / 5000, 12), 5000]);
    const area = integrate(found.get('roc') ?? []);
    const positives = columns.score_0_0.filter((_, row) => columns.truth[row] === 1);
    const others = columns.score_0_0.filter((_, row) => columns.truth[row] === 0);
    const wins = positives.reduce((sum, score) => sum + others.filter((other) => other < score).length, 0);
    const ties = positives.reduce((sum, score) => sum + others.filter((other) => other === score).length, 0);
    expect(area).toBeCloseTo((wins + ties / 2) / positives.length / others.length, 3);
  });

  test('are the same in any order of the rows', async () => {
    const columns = listManyRows(2000);
    const weight = columns.truth.map((_, row) => ((row * 31) % 10) / 7);
    const all: Columns = { ...columns, weight };
    const reversed = Object.fromEntries(Object.entries(all).map(([name, values]) => [name, values.toReversed()]));
    expect(await trace(reversed)).toEqual(await trace(all));
  });
});

test('there are none without rows on both sides, or scores', async () => {
  expect((await trace({ truth: [1, 1], score_0_0: [0.1, 0.2] })).size).toBe(0);
  expect((await trace({ truth: [0, 0], score_0_0: [0.1, 0.2] })).size).toBe(0);
  expect((await trace({ truth: [0, 1], score_0_0: [0.1, 0.2], weight: [1, 0] })).size).toBe(0);
  expect((await trace({ truth: [0, 1], score_0_0: [0.1, 0.2] }, 'maybe')).size).toBe(0);
  expect((await trace({ truth: [0, 1], score_0_0: [0.1, 0.2] }, 'yes', { scores: undefined })).size).toBe(0);
});

describe('where reports may show numbers and no row', () => {
  test('at least 50 rows lie between two points: scores of their own tell no label', async () => {
    // 500 chosen rows have scores of their own, and all others tie.
    const truth = Array.from({ length: 3000 }, (_, row) => ((row * 7919) % 13 < 6 ? 1 : 0));
    const columns = { truth, score_0_0: truth.map((_, row) => (row < 500 ? 0.5 + row / 1000 : 0.1)) };
    const fine = await trace(columns);
    expect(fine.get('roc')?.length).toBeGreaterThan(400);
    for (const reveal of ['metrics', 'verdict'] as const) {
      const found = await trace(columns, 'yes', {}, reveal);
      for (const kind of ['roc', 'precision-recall'] as const) {
        const rows = [0, ...(found.get(kind) ?? []).map(([, , count]) => count)];
        expect(rows.at(-1)).toBe(3000);
        const steps = rows.slice(1).flatMap((count, at) => (count === 0 ? [] : [count - (rows[at] ?? 0)]));
        expect(steps.length).toBeGreaterThan(8);
        expect(Math.min(...steps)).toBeGreaterThanOrEqual(50);
      }
      const bins = found.get('calibration') ?? [];
      expect(bins.every(([, , count]) => count >= 50)).toBe(true);
      expect(bins.reduce((sum, [, , count]) => sum + count, 0)).toBe(3000);
    }
  });

  test('bins of few rows are one, with the mean score and share of their rows', async () => {
    const found = await trace(
      { truth: [...Array(99).fill(0), 1, 1], score_0_0: [...Array(99).fill(0.1), 0.9, 0.5] },
      'yes',
      {},
      'metrics',
    );
    expect(found.get('calibration')).toEqual([[expect.closeTo(11.3 / 101, 12), expect.closeTo(2 / 101, 12), 101]]);
  });

  test('there are none of few rows, and none with weights', async () => {
    expect((await trace(omit(listBinaryRows(), 'weight'), 'yes', {}, 'metrics')).size).toBe(0);
    const many = listManyRows(500);
    expect((await trace(many, 'yes', {}, 'metrics')).size).toBe(3);
    expect((await trace({ ...many, weight: many.truth.map((_, row) => 1 + row / 7) }, 'yes', {}, 'metrics')).size).toBe(
      0,
    );
  });
});
