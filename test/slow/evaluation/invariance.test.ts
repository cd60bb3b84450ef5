import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Config } from '../../../src/config/schema/modelgate.ts';
import { renderCanonical } from '../../../src/evidence/canonical.ts';
import type { EvaluationEvidence } from '../../../src/evidence/schema/evaluation.ts';
import { createConfig, scoreFiles } from '../../evaluation/scoring.ts';

const CLASSES = ['p', 'q', 'r'];
const RUNS = { numRuns: 2 };

interface Row {
  readonly truth: number;
  readonly predicted: number;
  readonly site: number;
  readonly weights: readonly number[];
}

const row: fc.Arbitrary<Row> = fc.record({
  truth: fc.nat(2),
  predicted: fc.nat(2),
  site: fc.nat(2),
  weights: fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 3, maxLength: 3 }),
});
const table = fc.array(row, { minLength: 12, maxLength: 60 });

type Numbered = Row & { readonly id: number };
type Evaluate = Partial<NonNullable<Config['evaluate']>>;

const LABELS = { path: 'data/test.csv', id: 'id', label: 'label' };
const PREDICTIONS = { path: 'out/predictions.csv', id: 'id', prediction: 'predicted' };
const COUNTED = ['accuracy', 'macro-f1', 'macro-recall', 'weighted-precision', 'micro-f-beta@2', 'mcc', 'cohen-kappa'];
const SCORED = [
  ...['log-loss', 'brier', 'ece', 'top-k-accuracy@2'],
  ...['roc-auc-ovr', 'roc-auc-ovo-weighted', 'macro-average-precision'],
];

const BINARY = ['recall', 'specificity', 'f1', 'roc-auc', 'average-precision', 'cost'];
const GROUPED = [
  ...['demographic-parity-ratio', 'equalized-odds-difference', 'equal-opportunity-ratio'],
  ...['predictive-parity-difference', 'calibration-difference'],
];

const ADAPTIVE: Evaluate = { metrics: ['adaptive-ece'], slices: [] };

function createClasses(names: readonly string[], extra: Evaluate = {}): Config {
  const [first = '', second = '', third = ''] = names;
  const evaluate = {
    predictions: { ...PREDICTIONS, scores: { [first]: 's0', [second]: 's1', [third]: 's2' } },
    positive: first,
    slices: ['site'],
    metrics: [...COUNTED, ...SCORED, ...BINARY],
    costs: { [first]: { [second]: 2, [third]: 3.5 }, [third]: { [first]: 0.75 } },
    ...extra,
  };
  // All of them once: they are resampled, which takes time.
  const grouped = Object.keys(extra).length === 0 ? GROUPED : GROUPED.slice(0, 1);
  const rules = grouped.map((metric) => ({ id: metric, metric, group: 'site', max: 1 }));
  return createConfig('multiclass-classification', evaluate, rules);
}

function scoreClasses(
  rows: readonly Numbered[],
  names: readonly string[],
  extra: Evaluate = {},
): Promise<EvaluationEvidence> {
  const labels = rows.map(
    ({ id, truth, site, weights }) => `${id},${names[truth]},v${site},${weights[0]},c${id % 11}\n`,
  );
  const predictions = rows.map(({ id, predicted, weights }) => {
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return `${id},${names[predicted]},${weights.map((weight) => weight / sum).join(',')}\n`;
  });
  return scoreFiles(createClasses(names, extra), {
    'data/test.csv': `id,label,site,w,c\n${labels.join('')}`,
    'out/predictions.csv': `id,predicted,s0,s1,s2\n${predictions.join('')}`,
  });
}

const NUMBERS = createConfig('regression', {
  predictions: { ...PREDICTIONS, limits: { low: 'low', high: 'high' } },
  slices: ['site'],
  metrics: [
    ...['mae', 'rmse', 'r2', 'mape', 'smape', 'median-absolute-error', 'pinball@0.9', 'explained-variance'],
    'interval-coverage',
  ],
});
const RANKS = createConfig('ranking', {
  labels: { ...LABELS, query: 'q' },
  metrics: ['ndcg', 'ndcg@3', 'map@5', 'mrr', 'recall-at@2'],
});

/** Rows of numbers, which are items of queries as well. */
function scoreNumbers(config: Config, rows: readonly Numbered[]): Promise<EvaluationEvidence> {
  const labels = rows.map(
    ({ id, truth, weights, site }) => `${id},${truth + (weights[0] ?? 0) / 8},v${site},q${id % 7}\n`,
  );
  const predictions = rows.map(({ id, weights: [, guess = 0, width = 0] }) => {
    return `${id},${guess / 8},${(guess - width) / 8},${(guess + width) / 8}\n`;
  });
  return scoreFiles(config, {
    'data/test.csv': `id,label,site,q\n${labels.join('')}`,
    'out/predictions.csv': `id,predicted,low,high\n${predictions.join('')}`,
  });
}

describe('nothing changes', () => {
  test.each([
    ['classes', (rows: Numbered[]) => scoreClasses(rows, CLASSES)],
    ['classes, in adaptive bins', (rows: Numbered[]) => scoreClasses(rows, CLASSES, ADAPTIVE)],
    ['classes with weights', (rows: Numbered[]) => scoreClasses(rows, CLASSES, { labels: { ...LABELS, weight: 'w' } })],
    ['classes in clusters', (rows: Numbered[]) => scoreClasses(rows, CLASSES, { labels: { ...LABELS, cluster: 'c' } })],
    ['numbers', (rows: Numbered[]) => scoreNumbers(NUMBERS, rows)],
    ['items of queries', (rows: Numbered[]) => scoreNumbers(RANKS, rows)],
  ])('when rows of %s stand in another order: not a byte of the metrics', async (_name, score) => {
    await fc.assert(
      fc.asyncProperty(table, fc.infiniteStream(fc.nat()), async (rows, keys) => {
        const numbered = rows.map((entry, id) => ({ ...entry, id }));
        const shuffled = numbered
          .map((entry) => ({ entry, key: keys.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ entry }) => entry);
        const [before, after] = [await score(numbered), await score(shuffled)];
        expect(before.metrics).not.toEqual([]);
        expect(renderCanonical(after.metrics)).toBe(renderCanonical(before.metrics));
        expect(after.confusion).toEqual(before.confusion);
      }),
      RUNS,
    );
  });

  test('in any value when the classes have other names', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.shuffledSubarray(['zz', 'a b', 'ü', '7'], { minLength: 3, maxLength: 3 }),
        async (rows, names) => {
          const numbered = rows.map((entry, id) => ({ ...entry, id }));
          const [before, after] = [await scoreClasses(numbered, CLASSES), await scoreClasses(numbered, names)];
          for (const [at, metric] of before.metrics.entries()) {
            const other = after.metrics[at];
            expect([other?.name, other?.slice, other?.n]).toEqual([metric.name, metric.slice, metric.n]);
            if (metric.value === null) expect(other?.value).toBeNull();
            else expect(other?.value, metric.name).toBeCloseTo(metric.value, 11);
          }
        },
      ),
      RUNS,
    );
  });
});

test('the same files give the same bytes twice, times aside', async () => {
  const rows = Array.from({ length: 200 }, (_, id) => ({
    id,
    truth: id % 3,
    predicted: (id * 7) % 3,
    site: id % 2,
    weights: [1 + (id % 11), 1 + (id % 13), 1 + (id % 17)],
  }));
  const [one, two] = [await scoreClasses(rows, CLASSES), await scoreClasses(rows, CLASSES)];
  expect(renderCanonical({ ...one, subject: null })).toBe(renderCanonical({ ...two, subject: null }));
});
