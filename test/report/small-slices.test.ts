import { describe, expect, test } from 'vitest';
import { computeDigest } from '../../src/evidence/digest.ts';
import type { EvidenceSet } from '../../src/evidence/document.ts';
import type { Metric } from '../../src/evidence/schema/evaluation.ts';
import type { RuleCase, RuleResult } from '../../src/evidence/schema/verdict.ts';
import { sealEvidence } from '../../src/pipeline/sealing.ts';
import { describeMetrics } from '../../src/registry/package/facts.ts';
import { type Reveal, redactEvidence } from '../../src/report/reveal.ts';
import { createEvidence, createMetric, createVerdict } from '../support/evidence.ts';

/** Values of a slice with their rows; each has an accuracy of its own. */
function createSliced(rows: Readonly<Record<string, number>>, reveal: Reveal = 'metrics'): EvidenceSet {
  const entries = Object.entries(rows);
  const slice = (value: string) => ({ column: 'island', value });
  const metrics = entries.map(([value, n], at) => createMetric({ slice: slice(value), n, value: 0.25 + at / 16 }));
  const cases = entries.map(
    ([value, n], at): RuleCase => ({
      ...{ slice: value, n, candidate: 0.25 + at / 16, baseline: 0.5, difference: -0.25, withinNoise: false },
      ...{ outcome: n === 1 ? 'fail' : 'pass', reason: `${value} is ${0.25 + at / 16}` },
    }),
  );
  const [rule] = createVerdict().rules;
  if (!rule) throw new Error('there is a rule');
  return createEvidence({
    evaluation: { reveal, metrics: [createMetric({ n: 115 }), ...metrics] },
    verdict: { reveal, rules: [{ ...rule, outcome: 'fail', reason: 'Biscoe is 0.25', cases }] },
  });
}

const listNumbers = ({ evaluation, verdict }: EvidenceSet) => ({
  metrics: (evaluation?.metrics ?? []).flatMap(({ slice, value }) => (slice ? [value] : [])),
  cases: verdict?.rules[0]?.cases.map(({ candidate, outcome }) => [candidate, outcome]),
  rows: verdict?.rules[0]?.cases.map(({ n }) => n),
});

describe('a slice of fewer than 5 rows', () => {
  test('has no number and no outcome of its own under `metrics`, nor has the next, from which its own would follow', () => {
    const set = redactEvidence(createSliced({ Biscoe: 1, Dream: 20, Torgersen: 94 }));
    expect(listNumbers(set)).toEqual({
      metrics: [null, null, 0.375],
      cases: [
        [null, 'fail'],
        [null, 'fail'],
        [0.375, 'pass'],
      ],
      rows: [1, 20, 94],
    });
    expect(set.evaluation?.metrics[0]?.value).not.toBeNull();
    expect(JSON.stringify(set.verdict?.rules)).not.toMatch(/is 0\.25|is 0\.3125/);
  });

  test('with others of 5 rows together leaves the larger ones alone', () => {
    const set = redactEvidence(createSliced({ a: 2, b: 3, c: 5, d: 0 }));
    expect(listNumbers(set).metrics).toEqual([null, null, 0.375, 0.4375]);
  });

  test('is sealed, and the verdict stands on what is left', () => {
    const sealed = sealEvidence(createSliced({ Biscoe: 1, Dream: 20 }));
    expect(listNumbers(sealed).metrics).toEqual([null, null]);
    expect(sealed.verdict?.parents).toContainEqual({
      kind: 'evaluation',
      sha256: sealed.evaluation && computeDigest(sealed.evaluation),
    });
    expect(sealEvidence(sealed)).toBe(sealed);
  });

  test('is shown where rows may be, and larger ones under `metrics`', () => {
    const [rows, large] = [createSliced({ Biscoe: 1 }, 'rows'), createSliced({ Biscoe: 5, Dream: 20 })];
    for (const set of [rows, large]) expect(sealEvidence(set)).toBe(set);
    expect(listNumbers(redactEvidence(large))).toEqual(listNumbers(large));
  });
});

test('curves that were traced where rows may be shown go where the verdict may show numbers alone', () => {
  const curves = [{ kind: 'roc' as const, points: [[0, 1, 1] as [number, number, number]] }];
  const set = createEvidence({ evaluation: { reveal: 'rows', curves }, verdict: { reveal: 'metrics' } });
  expect(redactEvidence(set).evaluation?.curves).toBeUndefined();
  expect(sealEvidence(set).evaluation?.curves).toBeUndefined();
  const coarse = createEvidence({ evaluation: { reveal: 'metrics', curves }, verdict: { reveal: 'metrics' } });
  expect(redactEvidence(coarse).evaluation?.curves).toEqual(curves);
});

describe('fewer than 5 rows of a group, or of the test set', () => {
  const parity = { name: 'demographic-parity-difference', group: 'sex', value: 0.25 };
  const createFew = (reveal: Reveal, n: number, more: Partial<Metric> = {}): EvidenceSet => {
    const metrics = [createMetric({ n: 115 }), createMetric({ ...parity, n, ...more })];
    const item: RuleCase = {
      n,
      candidate: 0.25,
      baseline: null,
      difference: null,
      withinNoise: false,
      outcome: 'pass',
      reason: 'it is 0.25',
    };
    const rule = {
      ...createVerdict().rules[0],
      id: 'parity',
      metric: more.name ?? parity.name,
      reason: 'it is 0.25',
      cases: [item],
    };
    return createEvidence({ evaluation: { reveal, metrics }, verdict: { reveal, rules: [rule as RuleResult] } });
  };

  test('give no fairness under `metrics`, in the evaluation, the verdict and the ledger', () => {
    const sealed = sealEvidence(createFew('metrics', 4));
    expect(sealed.evaluation?.metrics.map(({ value }) => value === null)).toEqual([false, true]);
    expect(JSON.stringify(sealed.verdict?.rules)).not.toContain('0.25');
    expect(sealed.evaluation?.confusion).not.toBeNull();
    const kept = describeMetrics(createFew('metrics', 4).evaluation?.metrics ?? [], 'metrics');
    expect(kept.map(({ value }) => value === null)).toEqual([false, true]);
  });

  test.each([
    ['rows', 4],
    ['metrics', 5],
  ] as const)('under `%s` with %i rows there is nothing to hide', (reveal, n) => {
    const set = createFew(reveal, n);
    expect(sealEvidence(set)).toBe(set);
    expect(describeMetrics(set.evaluation?.metrics ?? [], reveal).some(({ value }) => value === null)).toBe(false);
  });

  test('hide every number of such a test set: metrics, matrix, curves, comparisons', () => {
    const curves = [{ kind: 'roc' as const, points: [[0, 1, 1] as [number, number, number]] }];
    const comparisons = [
      { baseline: 'base', rows: 3, disagreements: 1, broken: { count: 1, ids: [] }, fixed: { count: 0, ids: [] } },
    ];
    const confusion = {
      classes: ['a', 'b'],
      counts: [
        [2, 0],
        [1, 0],
      ],
    };
    const [rule] = createVerdict().rules;
    const set = createEvidence({
      evaluation: { reveal: 'metrics', metrics: [createMetric({ n: 3, value: 2 / 3 })], confusion, curves },
      verdict: { reveal: 'metrics', rules: rule ? [rule] : [], comparisons },
    });
    const { evaluation, verdict } = sealEvidence(set);
    expect(evaluation).toMatchObject({ confusion: null, metrics: [{ value: null }] });
    expect(evaluation?.curves).toBeUndefined();
    expect(verdict?.comparisons).toEqual([
      { baseline: 'base', rows: 0, disagreements: 0, reason: expect.stringContaining('so few rows') },
    ]);
  });

  test('a number that a file reports is not read from labels, and stays', () => {
    const set = createFew('metrics', 3, { name: 'mmlu', source: 'reported' });
    expect(sealEvidence(set).evaluation?.metrics[1]?.value).toBe(0.25);
  });
});

test('why a number has no interval counts no rows and names no class unless rows may be shown', () => {
  const { interval: _interval, ...bare } = createMetric();
  const unsure = (more: Partial<Metric>): Metric => ({ ...bare, ...more });
  const create = (reveal: Reveal) =>
    createEvidence({
      evaluation: {
        reveal,
        metrics: [
          unsure({ noInterval: 'a class has 12 rows' }),
          unsure({ name: 'mcc', noInterval: 'the resamples do not vary' }),
        ],
      },
      verdict: { reveal },
    });
  const reasonsOf = (reveal: Reveal) =>
    redactEvidence(create(reveal)).evaluation?.metrics.map(({ noInterval }) => noInterval);
  expect(reasonsOf('rows')).toEqual(['a class has 12 rows', 'the resamples do not vary']);
  expect(reasonsOf('metrics')).toEqual(['the rows do not allow one', 'the resamples do not vary']);
  expect(reasonsOf('verdict')).toEqual([]);
});
