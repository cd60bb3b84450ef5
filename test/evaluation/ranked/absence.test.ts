import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/engine/connection.ts';
import { openMemory, requireEstimate } from './joined.ts';
import { ALL, BINARY, open } from './opening.ts';
import { listBinaryRows, omit } from './samples.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openMemory();
});
afterAll(() => engine.close());

describe('there is no number', () => {
  const score_0_0 = [0.1, 0.9, 0.5];

  test('without rows of the class, or outside it', async () => {
    const none = await open(engine, { truth: [0, 0, 0], score_0_0 });
    expect(none.estimates()).toEqual(
      BINARY.map(() => ({ reason: 'no row is of the class `yes`, so there is nothing to rank it against' })),
    );
    const only = await open(engine, { truth: [1, 1, 1], score_0_0 });
    expect(only.estimates()).toEqual(
      BINARY.map(() => ({ reason: 'no row is outside the class `yes`, so there is nothing to rank it against' })),
    );
    expect(only.contrast('roc-auc')).toHaveProperty('reason');
  });

  test('of a class that no row knows', async () => {
    const { estimates } = await open(engine, { truth: [0, 0, 0], score_0_0 }, ['roc-auc'], { classes: ['no'] });
    expect(estimates()).toEqual([
      { reason: 'no row is of the class `yes`, so there is nothing to rank it against; the classes found are `no`' },
    ]);
  });

  test('of an average over classes one of which has no rows', async () => {
    const columns = {
      truth: [0, 0, 1],
      score_0_0: [0.5, 0.4, 0.1],
      score_0_1: [0.3, 0.4, 0.2],
      score_0_2: [0.2, 0.2, 0.7],
    };
    const { estimates } = await open(engine, columns, ALL);
    expect(estimates()).toEqual(ALL.map(() => ({ reason: 'no row is of the class `c`' })));
  });

  test('without scores', async () => {
    const { estimates } = await open(engine, { truth: [0, 1, 1], score_0_0 }, BINARY, { scores: undefined });
    expect(estimates()).toEqual(BINARY.map(() => ({ reason: 'the predictions have no scores' })));
  });

  test('beyond the limits of size', async () => {
    const { estimates } = await open(engine, { truth: [0, 1, 1], score_0_0 }, ['roc-auc'], { rows: 50_000_001 });
    expect(estimates()).toEqual([{ reason: 'there are 50000001 rows, and at most 50000000 are ranked' }]);
  });
});

describe('there are no limits', () => {
  test('where all scores are equal', async () => {
    const truth = Array.from({ length: 12 }, (_, row) => row % 2);
    const { estimates } = await open(engine, { truth, score_0_0: truth.map(() => 0.5) }, ['roc-auc']);
    const found = requireEstimate(estimates()[0]);
    expect(found.value).toBe(0.5);
    expect(found.computeLimits(0.05)).toEqual({ reason: 'its rows do not vary' });
  });

  test('of a model less itself', async () => {
    const columns = omit(listBinaryRows(), 'weight');
    const { contrast } = await open(engine, { ...columns, score_1_0: columns['score_0_0'] ?? [] });
    for (const [name, reason] of [
      ['roc-auc', 'its rows do not vary'],
      ['average-precision', 'the resamples do not vary'],
    ] as const) {
      const found = requireEstimate(contrast(name));
      expect(found.value).toBe(0);
      expect(found.computeLimits(0.05)).toEqual({ reason });
      // Nor of a share of itself, which varies.
      const tolerance = requireEstimate(contrast(name, 0.98));
      expect(tolerance.value).toBeGreaterThan(0);
      expect(tolerance.computeLimits(0.05)).toEqual({ reason });
    }
  });

  test('of areas on fewer rows of a side than a sign test of them would need', async () => {
    const truth = Array.from({ length: 100 }, (_, row) => (row % 25 === 0 ? 1 : 0));
    const scores = (times: number) => truth.map((one, row) => ((times * row) % 101) / 101 + one / 3);
    for (const own of [truth, truth.map((one) => 1 - one)]) {
      const columns = { truth: own, score_0_0: scores(37), score_1_0: scores(41) };
      const { estimates, contrast } = await open(engine, columns, ['roc-auc']);
      for (const found of [estimates()[0], contrast('roc-auc')]) {
        expect(requireEstimate(found).computeLimits(0.1)).toEqual({
          reason: 'a class has 4 rows, and limits at this error need 5',
        });
        expect(requireEstimate(found).computeLimits(0.001)).toEqual({
          reason: 'a class has 4 rows, and limits at this error need 10',
        });
      }
    }
  });

  test('of the average precision of few weighted rows, alone and of two models', async () => {
    const { estimates, contrast } = await open(engine, listBinaryRows(), ['average-precision']);
    for (const found of [estimates()[0], contrast('average-precision')]) {
      expect(requireEstimate(found).computeLimits(0.05)).toEqual({
        reason: 'a class has 24 rows, and without resampling limits need more than 512',
      });
    }
  });
});
