import { describe, expect, test } from 'vitest';
import { computeDomain } from '../../src/report/html/charts/number-line.ts';
import { computeDataSummary } from '../../src/report/view/data-summary.ts';
import { computeMetricRows } from '../../src/report/view/metric-rows.ts';
import { computeProblems } from '../../src/report/view/problems.ts';
import { computeSliceRows, describeWorstSlice, findWorstSlice } from '../../src/report/view/slice-rows.ts';
import { computeSummary } from '../../src/report/view/summary.ts';
import {
  createCase,
  createData,
  createDataset,
  createEvidence,
  createFinding,
  createMetric,
  createRule,
  createTraining,
  createVerdict,
} from '../support/evidence.ts';
import { createFailingEvidence } from '../support/failing-evidence.ts';

describe('metrics', () => {
  test('the rules of a metric stand beside it, with the baseline of the relative one', () => {
    const [accuracy] = computeMetricRows(createEvidence());
    expect(accuracy?.marks.map(({ id }) => id)).toEqual(['good-enough', 'no-worse']);
    expect(accuracy?.baseline).toBeCloseTo(112 / 115);
    expect(accuracy?.lines.map(({ low }) => low)).toEqual([0.9, 112 / 115 - 0.05]);
  });

  test('a metric that was not computed has a row with the reason', () => {
    const rows = computeMetricRows(createFailingEvidence());
    expect(rows.at(-1)).toMatchObject({ title: 'Brier score', value: null, reason: /needs scores/ });
  });

  test('two baselines of one metric have a row each', () => {
    const rules = [0.9, 0.95].map((baseline, index) =>
      createRule({ id: `r${index}`, cases: [createCase({ baseline, difference: 0.01 })] }),
    );
    const rows = computeMetricRows(createEvidence({ evaluation: { metrics: [createMetric()] }, verdict: { rules } }));
    expect(rows.map(({ baseline, marks }) => [baseline, marks.map(({ id }) => id)])).toEqual([
      [0.9, ['r0']],
      [0.95, ['r1']],
    ]);
  });

  test('metrics of one name and two positive classes keep their own rules', () => {
    const metrics = [
      createMetric({ name: 'precision', positive: 'a', value: 0.5 }),
      createMetric({ name: 'precision', positive: 'b', value: 0.7 }),
    ];
    const rules = [createRule({ id: 'b-rule', metric: 'precision', cases: [createCase({ candidate: 0.7 })] })];
    const rows = computeMetricRows(createEvidence({ evaluation: { metrics }, verdict: { rules } }));
    expect(rows.map(({ marks }) => marks.length)).toEqual([0, 1]);
  });

  test('a metric called like a property of every object is only a name', () => {
    const metrics = [createMetric({ name: 'constructor', source: 'reported' })];
    expect(computeMetricRows(createEvidence({ evaluation: { metrics } }))[0]).toMatchObject({
      title: 'constructor',
      direction: undefined,
    });
  });
});

describe('slices', () => {
  test('the weakest slice is the lowest of a metric that should be high', () => {
    const worst = findWorstSlice(computeSliceRows(createFailingEvidence()));
    expect(worst && describeWorstSlice(worst)).toBe(
      'Weakest slice: island = Torgersen, Accuracy 0.7222 (0.491 – 0.875) on 18 rows, 0.1560 below the whole test set.',
    );
  });

  test('and the highest of one that should be low', () => {
    const metrics = [0.1, 0.4, 0.2].map((value, index) =>
      createMetric({ name: 'log-loss', value, slice: { column: 's', value: `${index}` } }),
    );
    expect(findWorstSlice(computeSliceRows(createEvidence({ evaluation: { metrics } })))?.value).toBe('1');
  });

  test('a slice without a value is listed with its reason and is not the weakest', () => {
    const empty = createMetric({ value: null, n: 0, reason: 'no rows', slice: { column: 's', value: 'a' } });
    const rows = computeSliceRows(createEvidence({ evaluation: { metrics: [empty] }, verdict: { rules: [] } }));
    expect(rows[0]?.reason).toBe('no rows');
    expect(findWorstSlice(rows)).toBeUndefined();
  });

  test('values that a rule judged together have a row of their own', () => {
    const cases = [
      createCase({ slice: 'Biscoe', candidate: 55 / 56 }),
      createCase({ slice: '2 others', candidate: 0.8 }),
    ];
    const rows = computeSliceRows(createEvidence({ verdict: { rules: [createRule({ cases })] } }));
    expect(rows[0]?.marks).toHaveLength(1);
    expect(rows.at(-1)).toMatchObject({ column: '', value: '2 others', score: 0.8, marks: [{ id: 'good-enough' }] });
  });

  test('values of the same name in two columns keep their own rules', () => {
    const metrics = ['a', 'b'].map((column, index) =>
      createMetric({ value: 0.5 + index / 10, slice: { column, value: '(missing)' } }),
    );
    const rules = [createRule({ cases: [createCase({ slice: '(missing)', candidate: 0.6 })] })];
    const rows = computeSliceRows(createEvidence({ evaluation: { metrics }, verdict: { rules } }));
    expect(rows.map(({ marks }) => marks.length)).toEqual([0, 1]);
  });
});

describe('problems', () => {
  test('what blocks comes first, failures before what could not be measured', () => {
    expect(computeProblems(createFailingEvidence()).map(({ id }) => id)).toEqual([
      'Data',
      'good-enough',
      'every-island',
      'card',
      'calibrated',
      'no-worse',
      'parity',
    ]);
  });

  test('a control that is only observed says so', () => {
    const set = createFailingEvidence();
    const verdict = createVerdict({ ...set.verdict, governanceMode: 'observe' });
    expect(computeProblems({ verdict }).find(({ id }) => id === 'card')).toMatchObject({
      tolerated: true,
      tolerance: 'observed only',
    });
  });

  test('without a verdict a failed stage is a problem', () => {
    const training = createTraining({ outcome: 'fail', reason: 'The command ended with 1.' });
    expect(computeProblems({ training })).toMatchObject([{ id: 'Training', reason: 'The command ended with 1.' }]);
  });
});

test('a check of level warn is listed last and does not fail its data set', () => {
  const findings = [
    createFinding({ rule: 'soft', outcome: 'fail', level: 'warn' }),
    createFinding({ rule: 'hard', outcome: 'cannot-measure' }),
  ];
  const view = computeDataSummary(createData({ datasets: [createDataset({ findings })] }));
  expect(view?.findings.map(({ title, tolerated }) => [title, tolerated])).toEqual([
    ['hard', false],
    ['soft', true],
  ]);
  expect(view?.datasets[0]?.outcome).toBe('cannot-measure');
});

test('parts of a contract that were not checked are listed', () => {
  const dataset = createDataset({ notChecked: ['quality of type sql: orders_total'] });
  const view = computeDataSummary(createData({ datasets: [dataset] }));
  expect(view?.datasets[0]?.notChecked).toEqual(['quality of type sql: orders_total']);
});

test('a scale holds everything that is drawn on it and leaves 0 and 1 as ends', () => {
  const line = { title: 'x', baseline: 0.97, lines: [{ low: 0.9 }], open: false };
  const [low, high] = computeDomain([{ ...line, value: 0.99, interval: { low: 0.92, high: 1 } }]);
  expect(low).toBeGreaterThan(0.8);
  expect(low).toBeLessThan(0.9);
  expect(high).toBe(1);
});

test('documents that belong together break nothing; every absent one is named', () => {
  expect(computeSummary(createEvidence()).lineage.breaks).toEqual([]);
  expect(computeSummary({}).absent).toHaveLength(5);
});
