import { describe, expect, test } from 'vitest';
import { argsort } from '../../src/statistics/argsort.ts';
import { collectPairedSteps, createPairedPrecision } from '../../src/statistics/paired-steps.ts';
import { collectSteps, computeStepPrecision } from '../../src/statistics/precision-steps.ts';

const TRUTH = [0, 1, 0, 1, 1, 0, 0, 1, 0, 0];
const FIRST = [0.5, 0.5, 0.5, 0.7, 0.3, 0.3, 0.9, 0.9, 0.1, 0.2];
const SECOND = [0.1, 0.6, 0.6, 0.2, 0.8, 0.2, 0.4, 0.8, 0.8, 0.2];

function rank(order: readonly number[] = [...TRUTH.keys()]) {
  const rows = {
    classes: Int32Array.from(order, (row) => TRUTH[row] ?? 0),
    classCount: 2,
    parts: new Int32Array(order.length),
    partCount: 1,
    weights: undefined,
  };
  const by = (all: readonly number[]) => {
    const scores = Float64Array.from(order, (row) => all[row] ?? 0);
    return { scores, order: argsort(scores), rows };
  };
  return [by(FIRST), by(SECOND)] as const;
}

function collect(rankings = rank(), most = 10, mostCells = 10) {
  return collectPairedSteps(rankings, 1, most, mostCells)[0];
}

describe('the steps of two rankings', () => {
  test('keep both average precisions, ties and all', () => {
    const steps = collect();
    if (!steps) throw new Error('there are no steps');
    const own = rank().map((ranking) => computeStepPrecision(collectSteps(ranking, 1, 10)[0] ?? []));
    expect(createPairedPrecision(steps)(Float64Array.from(steps.counts))).toEqual(own);
  });

  test('keep them of each resample', () => {
    const steps = collect();
    if (!steps) throw new Error('there are no steps');
    const twice = Float64Array.from(steps.counts, (count, cell) => count * (cell % 3));
    for (const side of [0, 1] as const) {
      const counts = new Float64Array(steps.lengths[side]);
      for (const [cell, count] of twice.entries()) {
        const step = steps.places[side][cell] ?? 0;
        counts[step] = (counts[step] ?? 0) + count;
      }
      expect(createPairedPrecision(steps)(twice)[side]).toBe(computeStepPrecision(counts));
    }
  });

  test('put rows together that neither ranking tells apart', () => {
    const counts = collect()?.counts ?? [];
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(TRUTH.length);
    expect(counts.length).toBeLessThanOrEqual(TRUTH.length);
  });

  test('are the same in any order of the rows', () => {
    expect(collect(rank([3, 1, 9, 7, 0, 2, 8, 4, 6, 5]))).toEqual(collect());
  });

  test('are refused beyond as many scores, or cells, as are asked for', () => {
    expect(collect(rank(), 4)).toBeDefined();
    expect(collect(rank(), 2)).toBeUndefined();
    expect(collect(rank(), 10, 5)).toBeUndefined();
  });
});
