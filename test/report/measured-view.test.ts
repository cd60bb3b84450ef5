import { describe, expect, test } from 'vitest';
import { computeComparisons } from '../../src/report/view/comparisons.ts';
import { computeMetricRows } from '../../src/report/view/metric-rows.ts';
import { titleOfMetric } from '../../src/report/view/metric-title.ts';
import { arrangeSlices, computeSliceRows, findWorstSlice } from '../../src/report/view/slice-rows.ts';
import { computeSummary } from '../../src/report/view/summary.ts';
import { createEvidence, createMetric, createVerdict } from '../support/evidence.ts';
import { COMPARISONS, createMeasured } from './measured-evidence.ts';

test.each([
  ['accuracy', 'Accuracy'],
  ['ndcg@10', 'NDCG@10'],
  ['ndcg', 'NDCG'],
  ['top-k-accuracy@5', 'Top-5 accuracy'],
  ['recall-at@3', 'Recall at 3'],
  ['f-beta@2', 'F2'],
  ['macro-f-beta@0.5', 'Macro F0.5'],
  ['pinball@0.9', 'Pinball loss@0.9'],
  ['mmlu@5', 'mmlu@5'],
  ['constructor', 'constructor'],
])('the metric %s is called %s', (name, title) => {
  expect(titleOfMetric(name)).toBe(title);
});

describe('who says a number', () => {
  test('a reported one names its file and key, and our own nobody', () => {
    const rows = computeMetricRows(createMeasured());
    expect(rows.find(({ title }) => title === 'mmlu')?.origin).toBe(
      'reported (out/harness.json: results.mmlu.acc,none)',
    );
    expect(rows[0]?.origin).toBe('');
  });

  test('self-reported ones are marked one by one, and reported ones stay reported', () => {
    const metrics = [createMetric(), createMetric({ name: 'x', source: 'reported' })];
    const rows = computeMetricRows(
      createEvidence({ evaluation: { metrics, selfReported: true }, verdict: { rules: [] } }),
    );
    expect(rows.map(({ origin }) => origin)).toEqual([
      'self-reported',
      'reported by the user’s script, its interval is the file’s own claim',
    ]);
  });
});

test('numbers of single classes stand apart, unless a rule judges one', () => {
  const rows = computeMetricRows(createMeasured());
  expect(rows.filter(({ byClass }) => byClass).map(({ qualifier }) => qualifier)).toEqual([
    'positive: Adelie',
    'positive: Chinstrap',
    'positive: Gentoo',
  ]);
});

describe('slices', () => {
  const slice = (value: string, score: number | null, n: number, name = 'accuracy') =>
    createMetric({ name, value: score, n, slice: { column: 's', value }, ...(score === null && { reason: 'none' }) });

  test('the worst comes first by the direction of its metric, and what has no number last', () => {
    const metrics = [slice('a', 0.9, 50), slice('b', null, 50), slice('c', 0.5, 50)];
    const losses = [slice('a', 0.1, 50, 'log-loss'), slice('c', 0.7, 50, 'log-loss')];
    const evidence = createEvidence({ evaluation: { metrics: [...metrics, ...losses] }, verdict: { rules: [] } });
    const { rows, small } = arrangeSlices(computeSliceRows(evidence));
    expect(rows.map(({ value }) => value)).toEqual(['c', 'a', 'b', 'c', 'a']);
    expect(small).toEqual([]);
  });

  test('those of few rows are grouped, and none of them is the weakest', () => {
    const metrics = [slice('few', 0.1, 9), slice('many', 0.8, 10)];
    const all = computeSliceRows(createEvidence({ evaluation: { metrics }, verdict: { rules: [] } }));
    expect(arrangeSlices(all)).toMatchObject({ rows: [{ value: 'many' }], small: [{ value: 'few' }] });
    expect(findWorstSlice(all)?.value).toBe('many');
  });
});

describe('what changed', () => {
  test('is told with its share, and why it is not', () => {
    const [base, production] = computeComparisons(createVerdict({ comparisons: [...COMPARISONS] }));
    expect(base).toMatchObject({
      text: '3 rows newly broken, 102 rows newly fixed; 9 of 115 rows (7.8%) are answered differently',
      moved: 'Moved most: Accuracy where island = Dream, −0.0488 on 41 rows, within noise.',
      breaks: true,
      lists: [{ ids: ['p017', 'p101', 'p102'], left: 0 }, { left: 2 }],
    });
    expect(production?.text).toBe('not compared row by row: its predictions are not released');
  });

  test('a long name does not hide that it is noise', () => {
    const [first] = COMPARISONS;
    const moved = first?.moved && { ...first.moved, column: 'c'.repeat(1000), value: 'v'.repeat(1000) };
    const [view] = computeComparisons(
      createVerdict({ comparisons: first ? [{ ...first, ...(moved && { moved }) }] : [] }),
    );
    expect(view?.moved).toMatch(/within noise\.$/);
    expect(view?.moved.length).toBeLessThan(250);
  });
});

test('a budget that is nearly spent, and classes that training never saw, stand before the numbers', () => {
  const { notes, budget } = computeSummary(createMeasured());
  expect(notes).toContain(budget);
  expect(notes.join()).toContain('Macaroni (2 rows)');
  expect(computeSummary(createEvidence()).notes).toEqual([]);
});
