import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MetricRequest } from '../../../src/evaluation/requests.ts';
import { mergeShards, type Shard } from '../../../src/evaluation/shards.ts';
import { describeShard, findFamily, loadShard } from '../../evaluation/family-shards.ts';
import { all, expectSame, RUNS, type Setting, shards } from '../../evaluation/sharding.ts';

const positive = 'p';
const CLASS_METRICS: MetricRequest[] = [
  ...['accuracy', 'macro-f1', 'mcc', 'cost'],
  ...['log-loss', 'brier', 'top-k-accuracy@2', 'ece'],
].map((name) => ({ name }));
const SINGLE = ['precision', 'f-beta@2'].map((name) => ({ name, positive }));
const NUMBER_METRICS = ['mae', 'mse', 'rmse', 'r2', 'mape', 'smape', 'pinball@0.2', 'explained-variance'].map(
  (name) => ({ name }),
);

const task = 'multiclass-classification';

describe('a test set in shards gives the same values and the same limits as one file:', () => {
  test.each([
    ['metrics of classes', { task }, [...CLASS_METRICS, ...SINGLE]],
    ['metrics of classes, with weights', { task, weight: 'w' }, CLASS_METRICS.slice(0, 3)],
    ['metrics of numbers', { task: 'regression' }, NUMBER_METRICS],
  ] as const)('%s', (_name, setting, requests) =>
    fc.assert(
      fc.asyncProperty(shards, async (rows) => {
        const own = rows.map((some) => [...all, ...some]);
        const loaded: Shard<unknown>[][] = [];
        for (const some of own) loaded.push(await loadShard(setting, some, requests));
        const whole = await loadShard(setting, own.flat(), requests);
        for (const [at, request] of requests.entries()) {
          const merged = mergeShards(
            findFamily(request),
            loaded.flatMap((shard) => shard[at] ?? []),
          );
          const single = whole[at];
          if ('reason' in merged || !single) throw new Error(`${request.name} cannot be merged`);
          expect(merged.table).toEqual(single.table);
          expectSame([request.name, describeShard(merged, request)], [request.name, describeShard(single, request)]);
        }
      }),
      RUNS,
    ),
  );
});

describe('shards are not merged', () => {
  const rows = [...all, ...all];
  const refuse = async (setting: Setting, request: MetricRequest, other = rows) => {
    const loaded = [...(await loadShard(setting, rows, [request])), ...(await loadShard(setting, other, [request]))];
    const merged = mergeShards(findFamily(request), loaded);
    if ('reason' in merged) return merged.reason;
    // Where only one of its metrics cannot be merged, the part says so when it is asked for it.
    const found = describeShard(merged, request);
    if (!found.every((one) => 'reason' in one)) throw new Error(`${request.name} was merged`);
    return found.map((one) => ('reason' in one ? one.reason : '')).join();
  };

  test.each([
    ['roc-auc', { task }, { name: 'roc-auc', positive }],
    ['average-precision', { task }, { name: 'average-precision', positive }],
    ['adaptive-ece', { task }, { name: 'adaptive-ece' }],
    ['median-absolute-error', { task: 'regression' }, { name: 'median-absolute-error' }],
  ] as const)('for what depends on the order of all rows: %s', async (_name, setting, request) => {
    expect(await refuse(setting, request)).toMatch(/[a-z]/);
  });

  test('where clusters or queries may be split', async () => {
    expect(await refuse({ task, cluster: 'c' }, { name: 'accuracy' })).toMatch(/one cluster/);
    expect(await refuse({ task: 'ranking', query: 'c' }, { name: 'ndcg' })).toMatch(/one query/);
  });

  test('where one has other classes, or there is none', async () => {
    const fewer = rows.filter(({ truth, answers }) => truth < 2 && answers[0] < 2);
    expect(await refuse({ task }, { name: 'accuracy' }, fewer)).toMatch(/differ in their classes/);
    expect(mergeShards(findFamily({ name: 'accuracy' }), [])).toEqual({ reason: 'there are no shards' });
  });
});
