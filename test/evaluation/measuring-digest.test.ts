import { expect, test } from 'vitest';
import type { Config } from '../../src/config/schema/modelgate.ts';
import { computeMeasuringDigest } from '../../src/evaluation/measuring-digest.ts';
import { createConfig } from './scoring.ts';

const labels = { path: 'data/test.csv', id: 'id', label: 'label' };
const point = { predictions: 'out/val.csv', labels: 'data/val.csv', recall: 0.9 };
const config = createConfig('binary-classification', { positive: 'a', costs: { a: { b: 1 } } });
const measured = computeMeasuringDigest(config);
const pointed = change({ 'operating-point': point });

function change(evaluate: Partial<NonNullable<Config['evaluate']>>): Config {
  if (!config.evaluate) throw new Error('no evaluation');
  return { ...config, evaluate: { ...config.evaluate, ...evaluate } };
}

test.each<[what: string, other: Config]>([
  ['the task', { ...config, task: 'multiclass-classification' }],
  ['the column of the label', change({ labels: { ...labels, label: 'second' } })],
  ['the column of the id', change({ labels: { ...labels, id: 'row' } })],
  ['weights', change({ labels: { ...labels, weight: 'w' } })],
  ['clusters', change({ labels: { ...labels, cluster: 'w' } })],
  ['queries', change({ labels: { ...labels, query: 'w' } })],
  ['the positive class', change({ positive: 'b' })],
  ['the costs', change({ costs: { a: { b: 1.5 } } })],
  ['whose costs they are', change({ costs: { b: { a: 1 } } })],
  ['an operating point', pointed],
])('%s changed: numbers are other numbers', (_what, other) => {
  expect(computeMeasuringDigest(other)).not.toBe(measured);
});

test('another wish for the operating point gives other numbers, and other files have digests of their own', () => {
  const { recall: _recall, ...files } = point;
  const wishes = [{ recall: 0.8 }, { precision: 0.9 }, { cost: 'lowest' as const }].map((wish) =>
    computeMeasuringDigest(change({ 'operating-point': { ...files, ...wish } })),
  );
  expect(new Set([...wishes, computeMeasuringDigest(pointed)]).size).toBe(4);
  const moved = { ...point, predictions: 'old/val.csv', labels: 'old/labels.csv' };
  expect(computeMeasuringDigest(change({ 'operating-point': moved }))).toBe(computeMeasuringDigest(pointed));
});

test('what chooses among the numbers changes none, nor do paths, nor the columns of the predictions', () => {
  const same = change({
    labels: { label: 'label', id: 'id', path: 'elsewhere.csv' },
    predictions: { path: 'p.csv', id: 'row', prediction: 'answer' },
    metrics: ['recall'],
    slices: ['site'],
    reveal: 'verdict',
  });
  expect(computeMeasuringDigest({ ...same, gates: { rules: [] } })).toBe(measured);
});
