import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/engine/connection.ts';
import { limitsOf, measure, openMemory, readOracle, requireEstimate } from './joined.ts';

interface Ties {
  readonly query: readonly number[];
  readonly relevance: readonly number[];
  readonly score: readonly number[];
  readonly weight: readonly number[];
  readonly metrics: Readonly<Record<'plain' | 'weights', Readonly<Record<string, number>>>>;
}

const { ties } = readOracle<{ ties: Ties }>('averaged');
const RANKING = { task: 'ranking' } as const;

let engine: Engine;
beforeAll(async () => {
  engine = await openMemory();
});
afterAll(() => engine.close());

/** One query. */
function rank(truth: readonly number[], scores: readonly number[], metrics: readonly string[]) {
  return measure(engine, { truth, predicted_0: scores, query: truth.map(() => 'q') }, metrics, RANKING);
}

describe('orders agree with the examples of scikit-learn’s documentation', () => {
  // ndcg_score, label_ranking_average_precision_score
  test.each([
    ['ndcg', [0.1, 0.2, 0.3, 4, 70], 0.6956940443813074],
    ['ndcg', [0.05, 1.1, 1, 0.5, 0], 0.49368019137737595],
    ['ndcg@4', [0.05, 1.1, 1, 0.5, 0], 0.35202411006344875],
    ['ndcg@1', [1, 0, 0, 0, 1], 0.75],
  ])('%s of the scores %j', async (metric, scores, wanted) => {
    const found = await rank([10, 0, 0, 1, 5], scores, [metric]);
    expect(found.value(metric)).toBeCloseTo(wanted, 13);
  });

  test('map', async () => {
    const columns = { truth: [1, 0, 0, 0, 0, 1], predicted_0: [0.75, 0.5, 1, 1, 0.2, 0.1], query: [...'aaabbb'] };
    const found = await measure(engine, columns, ['map'], RANKING);
    expect(found.value('map')).toBeCloseTo(0.41666666666666663, 14);
  });
});

describe('of tied scores', () => {
  test.each(['plain', 'weights'] as const)('scikit-learn says the same: %s', async (name) => {
    const found = await measure(
      engine,
      {
        truth: ties.relevance,
        predicted_0: ties.score,
        query: ties.query.map(String),
        ...(name === 'weights' ? { weight: ties.weight } : {}),
      },
      Object.keys(ties.metrics[name]),
      RANKING,
    );
    for (const [metric, wanted] of Object.entries(ties.metrics[name])) {
      expect(found.value(metric), metric).toBeCloseTo(wanted, 12);
    }
  });

  test('the relevant ones stand last where a place decides', async () => {
    const metrics = ['mrr', 'mrr@2', 'recall-at@2', 'recall-at@3', 'map@3'];
    const found = await rank([0, 1, 0, 1], [0.5, 0.5, 0.5, 0.2], metrics);
    // By hand: the relevant item of the three tied ones is third, the other fourth.
    expect(metrics.map((metric) => found.value(metric))).toEqual([1 / 3, 0, 0, 0.5, 1 / 3 / 2]);
  });

  test('equal scores earn nothing among the first', async () => {
    const truth = Array.from({ length: 50 }, (_, item) => (item === 0 ? 1 : 0));
    const found = await rank(
      truth,
      truth.map(() => 0.5),
      ['mrr', 'recall-at@10', 'map'],
    );
    expect(found.value('recall-at@10')).toBe(0);
    expect(found.value('mrr')).toBe(1 / 50);
    expect(found.value('map')).toBe(1 / 50);
  });
});

describe('queries', () => {
  test('without a relevant item do not count', async () => {
    const columns = { truth: [1, 0, 0, 0], predicted_0: [1, 2, 1, 2], query: [...'aabb'] };
    const found = requireEstimate((await measure(engine, columns, ['mrr'], RANKING)).estimate('mrr'));
    expect(found).toMatchObject({ value: 0.5, n: 1 });
  });

  test('that all lack a relevant item are a reason, in their slice too', async () => {
    const columns = { truth: [1, 0, 0, 0], predicted_0: [1, 2, 1, 2], query: [...'aabb'], slice_0: [...'xxyy'] };
    const views = [{ name: 'site', columns: ['slice_0'] }];
    const found = await measure(engine, columns, ['ndcg@3'], RANKING, views);
    expect(found.value('ndcg@3', 0, found.part('site', 'x'))).toBeCloseTo(1 / Math.log2(3), 14);
    expect(found.estimate('ndcg@3', 0, found.part('site', 'y'))).toEqual({
      reason: 'no query has a relevant item that counts',
    });
  });

  test('are the units of limits and differences', async () => {
    const query = Array.from({ length: 400 }, (_, row) => `q${Math.floor(row / 4)}`);
    const truth = query.map((_, row) => (row * 7) % 3);
    const columns = {
      truth,
      predicted_0: truth.map((value, row) => value + ((row * 5) % 4)),
      predicted_1: truth.map((_, row) => (row * row) % 7),
      query,
    };
    const found = await measure(engine, columns, ['ndcg', 'mrr'], RANKING);
    expect(requireEstimate(found.contrast('ndcg')).n).toBe(100);
    const [low, high] = limitsOf(found.contrast('mrr'));
    const value = requireEstimate(found.contrast('mrr')).value;
    expect((low + high) / 2).toBeCloseTo(value, 2);
    expect(value).toBeCloseTo(found.value('mrr', 0) - found.value('mrr', 1), 14);
  });

  test.each([
    ['weights', { weight: [1, 2, 1, 1] }, '1 query has items with different weights'],
    ['clusters', { cluster: [0, 1, 1, 1] }, '1 query has items in different clusters'],
  ])('have one of %s', async (_name, more, reason) => {
    const columns = { truth: [1, 0, 1, 0], predicted_0: [1, 2, 1, 2], query: [...'aabb'], ...more };
    const found = await measure(engine, columns, ['mrr'], RANKING);
    expect(found.estimate('mrr')).toEqual({ reason });
  });

  test('may have relevance of any size', async () => {
    const columns = { truth: [1e150, 0, 3e149, 2, 1, 0], predicted_0: [1, 2, 3, 1, 2, 3], query: [...'aaabbb'] };
    const found = await measure(engine, columns, ['ndcg'], RANKING);
    const first = (0.3 + 1 / 2) / (1 + 0.3 / Math.log2(3));
    const second = (1 / Math.log2(3) + 2 / 2) / (2 + 1 / Math.log2(3));
    expect(found.value('ndcg')).toBeCloseTo((first + second) / 2, 12);
  });
});
