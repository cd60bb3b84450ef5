import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderCanonical } from '../../src/evidence/canonical.ts';
import type { EvaluationEvidence } from '../../src/evidence/schema/evaluation.ts';
import { createConfig, scoreFiles } from './scoring.ts';

const CLASSES = ['p', 'q', 'r'];
const RUNS = { numRuns: 6 };

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

function score(rows: readonly (Row & { id: number })[], names: readonly string[]): Promise<EvaluationEvidence> {
  const [first = '', second = '', third = ''] = names;
  const config = createConfig('multiclass-classification', {
    predictions: {
      path: 'out/predictions.csv',
      id: 'id',
      prediction: 'predicted',
      scores: { [first]: 's0', [second]: 's1', [third]: 's2' },
    },
    slices: ['site'],
    metrics: ['accuracy', 'macro-f1', 'macro-recall', 'mcc', 'log-loss', 'brier', 'ece'],
  });
  const labels = rows.map(({ id, truth, site }) => `${id},${names[truth]},v${site}\n`);
  const predictions = rows.map(({ id, predicted, weights }) => {
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return `${id},${names[predicted]},${weights.map((weight) => weight / sum).join(',')}\n`;
  });
  return scoreFiles(config, {
    'data/test.csv': `id,label,site\n${labels.join('')}`,
    'out/predictions.csv': `id,predicted,s0,s1,s2\n${predictions.join('')}`,
  });
}

describe('nothing changes', () => {
  test('when the rows stand in another order: not a byte of the metrics', async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.infiniteStream(fc.nat()), async (rows, keys) => {
        const numbered = rows.map((entry, id) => ({ ...entry, id }));
        const shuffled = numbered
          .map((entry) => ({ entry, key: keys.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ entry }) => entry);
        const [before, after] = [await score(numbered, CLASSES), await score(shuffled, CLASSES)];
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
          const [before, after] = [await score(numbered, CLASSES), await score(numbered, names)];
          for (const [at, metric] of before.metrics.entries()) {
            const other = after.metrics[at];
            expect([other?.name, other?.slice, other?.n]).toEqual([metric.name, metric.slice, metric.n]);
            if (metric.value === null) expect(other?.value).toBeNull();
            else expect(other?.value).toBeCloseTo(metric.value, 11);
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
  const [one, two] = [await score(rows, CLASSES), await score(rows, CLASSES)];
  expect(renderCanonical({ ...one, subject: null })).toBe(renderCanonical({ ...two, subject: null }));
});
