import { describe, expect, test } from 'vitest';
import { CLASSIFICATION_METRICS } from '../../../src/config/metrics/classification.ts';
import { RANKING_METRICS, REGRESSION_METRICS } from '../../../src/config/metrics/numbers.ts';
import { findMetric, requireMetric } from '../../../src/config/metrics.ts';
import { mergeShards, type Shard } from '../../../src/evaluation/shards.ts';
import { describeShard, findFamily, loadShard } from '../../evaluation/family-shards.ts';
import { all, expectSame, type Row, type Setting } from '../../evaluation/sharding.ts';

/** Fixed rows: what holds of drawn ones is asked of a few metrics elsewhere. */
const draw = (from: number, count: number): Row[] =>
  Array.from({ length: count }, (_, at) => {
    const i = from + at;
    const mix = (factor: number, parts: number) => ((i * factor + 7) % 101) % parts;
    return {
      truth: mix(13, 3),
      answers: [mix(29, 4) === 0 ? mix(31, 3) : mix(13, 3), mix(17, 3) === 0 ? mix(37, 3) : mix(13, 3)],
      parts: [1 + mix(41, 90), 1 + mix(43, 80), 1 + mix(47, 70)],
      numbers: [1 + mix(53, 40), 1 + mix(59, 45), 1 + mix(61, 9)],
      weight: 1 + mix(67, 3),
    };
  });
const SHARDS = [
  [...all, ...draw(0, 40)],
  [...all, ...draw(40, 31)],
] as const;
/** The items of one query are in one slice, which follows from the weight. */
const shardsOf = ({ task }: Setting) =>
  task === 'ranking' ? SHARDS.map((rows) => rows.map((row) => ({ ...row, weight: 1 }))) : SHARDS;

/** Every metric of a list as a rule would name it. Limits of predictions are no columns of these files. */
function listRequests(metrics: Readonly<Record<string, unknown>>) {
  return Object.keys(metrics)
    .filter((base) => base !== 'interval-coverage')
    .map((base) => {
      const named = ['2', '0.9', '1'].map((text) => `${base}@${text}`);
      const name = [base, ...named].find((one) => findMetric(one)) ?? base;
      return { name, ...(requireMetric(name).needs.includes('positive') ? { positive: 'p' } : {}) };
    });
}

const CLASSES: Setting = { task: 'multiclass-classification' };
const CASES = [
  [CLASSES, listRequests(CLASSIFICATION_METRICS)],
  [{ ...CLASSES, weight: 'w' }, listRequests(CLASSIFICATION_METRICS)],
  [{ task: 'regression' }, listRequests(REGRESSION_METRICS)],
  [{ task: 'ranking', query: 'c' }, listRequests(RANKING_METRICS)],
] as const satisfies [Setting, readonly { name: string }[]][];

describe('of every metric there is', () => {
  test.each(CASES)(
    'rows in another order change no digit of value, limits or difference: %j',
    async (setting, requests) => {
      const rows = shardsOf(setting).flat();
      const parts = await loadShard(setting, rows, requests);
      const turned = await loadShard({ ...setting, order: 'turned' }, rows, requests);
      for (const [at, request] of requests.entries()) {
        const [one, other] = [parts[at], turned[at]];
        if (!one || !other) throw new Error(`${request.name} was lost`);
        expect(JSON.stringify(describeShard(other, request)), request.name).toBe(
          JSON.stringify(describeShard(one, request)),
        );
      }
    },
  );

  test.each(CASES)('shards come to what one file does, or are refused with a reason: %j', async (setting, requests) => {
    const loaded: Shard<unknown>[][] = [];
    for (const rows of shardsOf(setting)) loaded.push(await loadShard(setting, rows, requests));
    const whole = await loadShard(setting, shardsOf(setting).flat(), requests);
    const refused: string[] = [];
    for (const [at, request] of requests.entries()) {
      const single = whole[at];
      const merged = mergeShards(
        findFamily(request),
        loaded.flatMap((shard) => shard[at] ?? []),
      );
      if (!single) throw new Error(`${request.name} was lost`);
      const told = 'reason' in merged ? [merged] : describeShard(merged, request);
      if (told.every((one) => 'reason' in one && one.reason !== '')) refused.push(request.name);
      else expectSame([request.name, told], [request.name, describeShard(single, request)]);
    }
    expect(refused).toEqual(REFUSED[setting.task]);
  });
});

/** What depends on the order of all rows, and queries, of which several shards may hold a part. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  'multiclass-classification': [
    ...['roc-auc', 'roc-auc-ovr', 'roc-auc-ovr-weighted', 'roc-auc-ovo', 'roc-auc-ovo-weighted'],
    ...['average-precision', 'macro-average-precision', 'adaptive-ece'],
  ],
  regression: ['median-absolute-error'],
  ranking: listRequests(RANKING_METRICS).map(({ name }) => name),
};
