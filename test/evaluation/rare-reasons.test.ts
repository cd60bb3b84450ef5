import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Config } from '../../src/config/schema/modelgate.ts';
import type { Engine } from '../../src/engine/connection.ts';
import { calibrated } from '../../src/evaluation/calibrated/calibrated.ts';
import { counted } from '../../src/evaluation/counted/counted.ts';
import { describeMetrics } from '../../src/evaluation/metric-entries.ts';
import { concludeReported } from '../../src/evaluation/reported/alone.ts';
import { findOriginFault } from '../../src/evaluation/reported/origin.ts';
import { parseReported } from '../../src/evaluation/reported/reported.ts';
import type { Samples } from '../../src/evaluation/samples.ts';
import { mergeShards } from '../../src/evaluation/shards.ts';
import type { Estimate } from '../../src/statistics/estimate.ts';
import { findGuardedLimit } from '../../src/statistics/guarded-mean.ts';
import { createPrediction, createTraining } from '../support/evidence.ts';
import { describeColumns, measure, openMemory } from './averaged/joined.ts';
import { describeTable, WHOLE } from './ranked/joined.ts';
import { createConfig, sampleFiles, scoreFiles, writeRows } from './scoring.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openMemory();
});
afterAll(() => engine.close());

describe('there is no number, and the reason is told,', () => {
  test('of numbers whose sum no double holds', async () => {
    const huge = { truth: [1e200, -1e200], predicted_0: [-1e200, 1e200], predicted_1: [0, 0] };
    const found = await measure(engine, huge, ['mse', 'mae', 'rmse']);
    expect(found.estimate('mse')).toEqual({ reason: 'the numbers are too large to be added up' });
    expect(found.contrast('mse')).toEqual({ reason: 'the numbers are too large to be added up' });
    expect(found.value('mae')).toBe(2e200);
  });

  test('of rows that lack what it is computed from', async () => {
    const found = await measure(engine, { truth: [1, 2, null], predicted_0: [1, 1, 1] }, ['mae']);
    expect(found.estimate('mae')).toEqual({ reason: '1 row lacks what it is computed from' });
    const two = await measure(engine, { truth: [1, null, null], predicted_0: [1, 1, 1] }, ['mae']);
    expect(two.estimate('mae')).toEqual({ reason: '2 rows lack what it is computed from' });
  });

  test.each([
    ['of a slice whose rows all weigh nothing', 'regression', 'mae', { weight: 'w' }, 'all weights are 0'],
    [
      'of a slice without a relevant item',
      'ranking',
      'ndcg',
      { query: 'q' },
      'no query has a relevant item that counts',
    ],
  ] as const)('%s', async (_name, task, name, more, reason) => {
    const labels = { path: 'data/test.csv', id: 'id', label: 'label', ...more };
    const config = createConfig(task, { labels }, [{ id: 'r', metric: name, slice: 'site', min: 0.5 }]);
    const site = ['x', 'x', 'y', 'y'];
    const files = writeRows([1, 0, 0, 0], [0.9, 0.1, 0.4, 0.2], { w: [1, 1, 0, 0], q: ['a', 'a', 'b', 'b'], site });
    const found = await sampleFiles(config, files, [{ name, column: 'site' }]);
    if ('reason' in found) throw new Error(found.reason);
    const y = found.samples.find('site', ['y']);
    expect('reason' in y ? y : y.estimate({ name, column: 'site' }, 0)).toEqual({ reason });
  });

  test('of no parts at all', () => {
    expect(calibrated.merge([])).toEqual({ reason: 'there are no rows' });
    expect(counted.merge([])).toEqual({ reason: 'there are no rows' });
  });

  test('of shards that cannot be one test set', () => {
    const table = describeColumns({ truth: [1], predicted_0: [1] });
    const shard = { table, part: [] as never };
    expect(mergeShards(counted, [])).toEqual({ reason: 'there are no shards' });
    const clustered = { table: { ...table, clustered: true }, part: [] as never };
    expect(mergeShards(counted, [clustered, clustered])).toEqual({
      reason: 'the rows of one cluster may lie in several shards',
    });
    const ranking = { table: { ...table, task: 'ranking' as const }, part: [] as never };
    expect(mergeShards(counted, [ranking, ranking])).toEqual({
      reason: 'the items of one query may lie in several shards',
    });
    const other = { table: { ...table, weighted: true }, part: [] as never };
    expect(mergeShards(counted, [shard, other])).toEqual({
      reason: 'the shards differ in their classes, columns or sides',
    });
  });
});

describe('there are no limits, and the reason is told,', () => {
  test('of one unit', () => {
    const units = { counts: [1], masses: [1], sums: [0.5] };
    expect(findGuardedLimit(units, 1, 0.05)).toEqual({ reason: 'limits need 2 units' });
    expect(findGuardedLimit({ counts: [3], masses: [0], sums: [0] }, 1, 0.05)).toEqual({
      reason: 'limits need 2 units',
    });
  });

  test('where one reaches to infinity, which no JSON holds', async () => {
    const limits = { low: 0.5, high: Number.POSITIVE_INFINITY };
    const estimate: Estimate = { value: 1, n: 9, method: 'newcombe', computeLimits: () => limits };
    const sample = { n: 9, estimate: () => estimate, contrast: () => estimate };
    const samples: Samples = { sides: [0], find: () => sample, listValues: () => [] };
    const [metric] = await describeMetrics(samples, [{ name: 'accuracy' }], undefined);
    expect(metric).toMatchObject({ value: 1, noInterval: 'a limit reaches to infinity' });
    expect(metric).not.toHaveProperty('interval');
  });

  test('of a calibration error whose rows are of too many kinds', async () => {
    await engine.run(
      `CREATE OR REPLACE TEMP TABLE joined AS
       SELECT (i % 2)::INTEGER AS truth, (i % 100) / 100::DOUBLE AS score_0_0, 1 + i::DOUBLE AS weight
       FROM range(200001) t(i)`,
    );
    const table = describeTable({ truth: [0], score_0_0: [0], weight: [1] });
    const requests = [{ name: 'ece' }];
    const part = (await calibrated.fetch(engine, table, [{ ...WHOLE, requests }])).get('')?.get('');
    if (!part) throw new Error('a part was lost');
    const [ece] = calibrated.estimate(part, requests, 0, table);
    if (!ece || 'reason' in ece) throw new Error(ece?.reason);
    expect(ece.computeLimits(0.025)).toEqual({
      reason: expect.stringMatching(/^its rows fall into \d+ cells of weights and clusters, more than the 200000 that/),
    });
  });
});

describe('a reported number', () => {
  const REPORT = { accuracy: 1.5, yes: { precision: 0.5, recall: 0.5, support: 4 }, 'weighted avg': { support: 4 } };
  const read = (key: string) => {
    const config = { path: 'm.json', format: 'classification-report', metrics: { own: { key, direction: 'higher' } } };
    return parseReported(config as never, JSON.stringify(REPORT))[0];
  };

  test('of a classification report has limits only where it is a share of rows', () => {
    expect(read('yes.precision')?.noInterval).toContain('only the accuracy and recall have limits');
    expect(read('accuracy')?.noInterval).toContain('it is no share of rows');
  });

  test('that the command did not come to write is not measured', () => {
    const failed = createPrediction({ outcome: 'fail', reason: 'The command ended with 1.' });
    expect(concludeReported({} as Config, [], failed)).toMatchObject({
      outcome: 'cannot-measure',
      reason: 'the numbers were not written: The command ended with 1.',
    });
  });

  test('is not of this run where nothing, or a stage that failed, or one that does not name it speaks of it', () => {
    const config = { train: { run: 'x', outputs: { model: 'out/m', metrics: 'out/m.json' } } } as unknown as Config;
    const file = { path: 'out/m.json', sha256: `sha256:${'0'.repeat(64)}`, size: 1 };
    expect(findOriginFault(config, file, {})).toBe(
      'nothing tells that it is of this run: there is no training evidence',
    );
    expect(findOriginFault(config, file, { training: createTraining({ outcome: 'fail' }) })).toBe(
      'it is not of this run: the training did not pass',
    );
    expect(findOriginFault(config, file, { training: createTraining({ outputs: [] }) })).toBe(
      'it is not of this run: the training evidence does not name it',
    );
  });
});

test('rows that cannot be read to their end are not measured', async () => {
  const config = createConfig('multiclass-classification', {
    labels: { path: 'data/test.jsonl', id: 'id', label: 'label' },
  });
  const labels = Array.from({ length: 50_000 }, (_, row) => `{"id": "r${row}", "label": "a"}`);
  const predictions = `id,predicted\n${labels.map((_, row) => `r${row},a`).join('\n')}\n`;
  const broken = `${labels.join('\n')}\n{"id": "r50000", "label": \n`;
  const evidence = await scoreFiles(config, { 'data/test.jsonl': broken, 'out/predictions.csv': predictions });
  expect(evidence.outcome).toBe('cannot-measure');
  expect(evidence.reason).toMatch(/cannot be read: /);
});
