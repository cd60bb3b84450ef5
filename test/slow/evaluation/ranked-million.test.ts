import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../../src/engine/connection.ts';
import { fetchCurves } from '../../../src/evaluation/curves/curves.ts';
import type { JoinedTable } from '../../../src/evaluation/joined-table.ts';
import { ranked } from '../../../src/evaluation/ranked/ranked.ts';
import { openMemory, requireEstimate, requireLimits, WHOLE } from '../../evaluation/ranked/joined.ts';

const ROWS = 1_000_000;
let engine: Engine;
beforeAll(async () => {
  engine = await openMemory();
  // Scores that no two rows share: i · 7919 modulo the prime 1,000,003, for positives moved up.
  await engine.run(
    `CREATE TEMP TABLE joined AS SELECT truth, (x + 300000.0 * truth) / 1300003.0 AS score_0_0,
       (y + 200000.0 * truth) / 1200003.0 AS score_1_0 FROM (
       SELECT CAST(i % 10 < 3 AS INTEGER) AS truth, ((i + 1) * 7919) % 1000003 AS x, ((i + 1) * 104729) % 1000003 AS y
       FROM range(${ROWS}) t(i))`,
  );
});
afterAll(() => engine.close());

const table: JoinedTable = {
  task: 'binary-classification',
  sides: [0, 1],
  rows: ROWS,
  classes: ['no', 'yes'],
  scores: { single: true, columns: [{ column: 's', className: 'yes' }] },
  hasLimits: false,
  weighted: false,
  clustered: false,
  costs: undefined,
};
const requests = ['roc-auc', 'average-precision'].map((name) => ({ name, positive: 'yes' }));

test('a million rows of two models are measured exactly', async () => {
  const parts = await ranked.fetch(engine, table, [{ ...WHOLE, requests }]);
  const part = parts.get('')?.get('');
  if (!part) throw new Error('there is no part');
  const [area, precision] = ranked.estimate(part, requests, 0, table).map(requireEstimate);
  // scikit-learn 1.5.2, roc_auc_score and average_precision_score on the same rows
  expect(area?.value).toBeCloseTo(0.7550016607380953, 12);
  expect(precision?.value).toBeCloseTo(0.6468518934607893, 12);
  const contrast = requireEstimate(ranked.contrast(part, { name: 'roc-auc', positive: 'yes' }, 1, table));
  const { low, high } = requireLimits(contrast.computeLimits(0.025));
  expect(contrast.value).toBeCloseTo(0.07498399690476198, 12);
  expect(high - low).toBeGreaterThan(0.001);
  expect(high - low).toBeLessThan(0.004);
  for (const found of [area, precision]) requireLimits(found?.computeLimits(1e-6) ?? { reason: '' });
});

test('a million rows give curves of 512 points', async () => {
  const curves = await fetchCurves(engine, table, 'yes', 'rows');
  expect(curves.map(({ kind }) => kind)).toEqual(['roc', 'precision-recall', 'calibration']);
  for (const { points } of curves) expect(points.length).toBeLessThanOrEqual(512);
});
