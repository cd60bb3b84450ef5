import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/engine/connection.ts';
import { ranked } from '../../../src/evaluation/ranked/ranked.ts';
import {
  type Columns,
  createJoined,
  describeTable,
  openMemory,
  requireEstimate,
  requireLimits,
  WHOLE,
} from './joined.ts';
import { listBinaryRows, listMulticlassRows, omit } from './samples.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openMemory();
});
afterAll(() => engine.close());

async function open(columns: Columns, names: readonly string[], positive = 'yes') {
  await createJoined(engine, columns);
  const table = describeTable(columns);
  const requests = names.map((name) => ({ name, positive }));
  const parts = await ranked.fetch(engine, table, [{ ...WHOLE, requests }]);
  const part = parts.get('')?.get('');
  if (!part) throw new Error('there is no part');
  return {
    estimates: (side: 0 | 1 = 0) => ranked.estimate(part, requests, side, table).map(requireEstimate),
    contrast: (name: string, factor = 1) => requireEstimate(ranked.contrast(part, { name, positive }, factor, table)),
  };
}

const BINARY = ['roc-auc', 'average-precision'];

describe('ranks agree with scikit-learn', () => {
  test.each([
    // The example of its documentation, 1.2.1.
    [[0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8], 0.75, 0.8333333333333333],
    // roc_auc_score and average_precision_score, 1.2.1, with ties.
    [[0, 1, 0, 1, 1, 0], [0.5, 0.5, 0.5, 0.7, 0.3, 0.3], 0.6111111111111112, 0.6666666666666667],
  ])('on %j by %j', async (truth, score_0_0, area, precision) => {
    const { estimates } = await open({ truth, score_0_0 }, BINARY);
    expect(estimates().map(({ value }) => value)).toEqual([expect.closeTo(area, 14), expect.closeTo(precision, 14)]);
  });

  test('on twenty rows', async () => {
    // 1.2.1, i from 0 to 19: p = ((7i) % 20) / 20 + 0.02, y = ((3i) % 7) < 3.
    const rows = Array.from({ length: 20 }, (_, i) => i);
    const { estimates } = await open(
      { truth: rows.map((i) => ((3 * i) % 7 < 3 ? 1 : 0)), score_0_0: rows.map((i) => ((7 * i) % 20) / 20 + 0.02) },
      BINARY,
    );
    expect(estimates().map(({ value }) => value)).toEqual([
      expect.closeTo(0.5353535353535352, 14),
      expect.closeTo(0.613937305384674, 14),
    ]);
  });

  // 1.5.2 on the rows of samples.ts, without and with sample_weight.
  test('on ties and two models', async () => {
    const { estimates } = await open(omit(listBinaryRows(), 'weight'), BINARY);
    expect(estimates(0).map(({ value }) => value)).toEqual([
      expect.closeTo(0.8148148148148149, 14),
      expect.closeTo(0.7916609203820703, 14),
    ]);
    expect(estimates(1).map(({ value }) => value)).toEqual([
      expect.closeTo(0.9016203703703703, 14),
      expect.closeTo(0.8866121312408812, 14),
    ]);
  });

  test('on weighted rows', async () => {
    const { estimates } = await open(listBinaryRows(), BINARY);
    expect(estimates(0).map(({ value }) => value)).toEqual([
      expect.closeTo(0.8180272108843538, 12),
      expect.closeTo(0.7977812944693704, 12),
    ]);
    expect(estimates(1).map(({ value }) => value)).toEqual([
      expect.closeTo(0.8935185185185185, 12),
      expect.closeTo(0.8824327726671478, 12),
    ]);
  });

  const MULTICLASS = [
    'roc-auc-ovr',
    'roc-auc-ovr-weighted',
    'roc-auc-ovo',
    'roc-auc-ovo-weighted',
    'macro-average-precision',
    ...BINARY,
  ];

  test('on three classes', async () => {
    const { estimates } = await open(omit(listMulticlassRows(), 'weight'), MULTICLASS, 'b');
    const expected = [
      0.9171840471430075, 0.9194254445964433, 0.9220122438115518, 0.9197963800904978, 0.8302334032691793,
      0.9815321477428182, 0.9468871599676554,
    ];
    expect(estimates().map(({ value }) => value)).toEqual(expected.map((value) => expect.closeTo(value, 14)));
  });

  test('on three classes of weighted rows', async () => {
    // scikit-learn takes no weights one-vs-one.
    const { estimates } = await open(listMulticlassRows(), [
      'roc-auc-ovr',
      'roc-auc-ovr-weighted',
      'macro-average-precision',
    ]);
    const expected = [0.9186718243205378, 0.9200822352347673, 0.8336292790871894];
    expect(estimates().map(({ value }) => value)).toEqual(expected.map((value) => expect.closeTo(value, 12)));
  });
});

describe('areas have the limits that pROC’s variances give', () => {
  test('of one model, on log-odds', async () => {
    const { estimates } = await open(omit(listBinaryRows(), 'weight'), ['roc-auc']);
    const [area] = estimates();
    const limits = requireLimits(area?.computeLimits(0.025) ?? { reason: '' });
    const value = 0.8148148148148149;
    const odds = (share: number) => Math.log(share / (1 - share));
    const half = odds(limits.high) - odds(value);
    // R pROC 1.18.0, var(roc); scipy 1.14.1, t.ppf(0.975, 59)
    expect((half * value * (1 - value)) / Math.sqrt(0.0029549566964019464)).toBeCloseTo(2.000995378088268, 10);
    // On the side of the longer tail the limit lies further out, by the skewness of the rows.
    expect(odds(value) - odds(limits.low)).toBeGreaterThan(half);
    expect(odds(value) - odds(limits.low)).toBeLessThan(1.5 * half);
  });

  test('of two models on the same rows', async () => {
    const { contrast } = await open(omit(listBinaryRows(), 'weight'), ['roc-auc']);
    const found = contrast('roc-auc');
    expect(found.value).toBeCloseTo(0.8148148148148149 - 0.9016203703703703, 14);
    // R pROC 1.18.0, roc.test(method = "delong", paired = TRUE) at 95 %, by the normal’s 1.96 where ours has t’s 2.00
    const wide = 0.03308841414508758 + 0.20669952525619895;
    const limits = requireLimits(found.computeLimits(0.025));
    expect((limits.high - limits.low) / wide).toBeCloseTo(2.000995378088268 / 1.959963984540054, 8);
    expect((limits.high + limits.low) / 2).toBeCloseTo(found.value, 12);
  });
});
