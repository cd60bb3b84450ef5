import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { computeMeasuringDigest } from '../../src/evaluation/measuring-digest.ts';
import { computeDigest } from '../../src/evidence/digest.ts';
import { createData, createPrediction, createTraining } from '../support/evidence.ts';
import { createConfig, findMetric, scoreFiles, writeRows } from './scoring.ts';

const config = createConfig('multiclass-classification', { slices: ['site'] });
const rows = writeRows(['a', 'b', 'a', 'b'], ['a', 'b', 'b', 'b'], { site: ['x', 'x', 'y', ''] });

describe('a score', () => {
  test('measures the whole test set and every slice value, in the order of the file and of code units', async () => {
    const evidence = await scoreFiles(config, rows);
    expect(evidence.metrics.map(({ name, slice, value, n }) => [name, slice?.value, value, n])).toEqual([
      ['accuracy', undefined, 0.75, 4],
      ['accuracy', '(missing)', 1, 1],
      ['accuracy', 'x', 1, 2],
      ['accuracy', 'y', 0, 1],
    ]);
    expect(evidence).toMatchObject({ outcome: 'pass', reason: '1 metric on 4 rows.', selfReported: false });
  });

  test('names the test set and the predictions by their content', async () => {
    const evidence = await scoreFiles(config, rows);
    const hash = (path: string) =>
      `sha256:${createHash('sha256')
        .update(rows[path] ?? '')
        .digest('hex')}`;
    expect(evidence.testSet).toMatchObject({ path: 'data/test.csv', sha256: hash('data/test.csv') });
    expect(evidence.predictions).toMatchObject({ path: 'out/predictions.csv', sha256: hash('out/predictions.csv') });
    expect(evidence.join).toEqual({
      labels: 4,
      predictions: 4,
      matched: 4,
      missingPredictions: 0,
      unexpectedPredictions: 0,
      duplicatedIds: 0,
      invalidRows: 0,
    });
  });

  test('says by what it was measured, as a digest that is another for other costs', async () => {
    const costly = createConfig('multiclass-classification', { costs: { a: { b: 2 } } });
    const [one, other] = [await scoreFiles(config, rows), await scoreFiles(costly, rows)];
    expect(one.measuredBy).toBe(computeMeasuringDigest(config));
    expect(other.measuredBy).toBe(computeMeasuringDigest(costly));
    expect(other.measuredBy).not.toBe(one.measuredBy);
  });

  test('also measures what rules ask for: their metric, their slice, their positive class', async () => {
    const asking = createConfig('binary-classification', { positive: 'a' }, [
      { id: 'one', metric: 'recall', min: 0 },
      { id: 'two', metric: 'recall', positive: 'b', slice: 'site', min: 0 },
    ]);
    const evidence = await scoreFiles(asking, rows);
    const found = evidence.metrics.map(({ name, positive, slice }) => [name, positive, slice?.value].join(' '));
    expect(found).toEqual(
      ['accuracy ', 'recall a', 'recall b']
        .flatMap((name) => [`${name} `])
        .concat(
          ['(missing)', 'x', 'y'].flatMap((value) => [`accuracy  ${value}`, `recall a ${value}`, `recall b ${value}`]),
        ),
    );
  });

  test('names the method of each interval', async () => {
    const asking = createConfig('binary-classification', {
      predictions: { path: 'out/predictions.csv', id: 'id', prediction: 'predicted', scores: 'p' },
      positive: 'a',
      metrics: ['accuracy', 'precision', 'recall', 'f1', 'mcc', 'roc-auc', 'log-loss', 'brier', 'ece'],
    });
    const truth = Array.from({ length: 60 }, (_, at) => (at % 3 === 0 ? 'a' : 'b'));
    const p = truth.map((name, at) => (name === 'a' ? 0.4 : 0.1) + (at % 10) / 20);
    const files = writeRows(
      truth,
      p.map((score) => (score > 0.5 ? 'a' : 'b')),
      {},
      { p },
    );
    const evidence = await scoreFiles(asking, files);
    const methods = Object.fromEntries(evidence.metrics.map(({ name, interval }) => [name, interval?.method]));
    // Sixty rows are too few for Wilson’s coverage; F1 is a function of one proportion, 2J / (1 + J).
    const exact = 'clopper-pearson';
    expect(methods).toEqual({
      accuracy: exact,
      precision: exact,
      recall: exact,
      f1: exact,
      mcc: 'bca-bootstrap',
      'roc-auc': 'delong-log-odds',
      'log-loss': 'student-t',
      brier: 'student-t',
      ece: 'signed-bins',
    });
    for (const { value, interval, name } of evidence.metrics) {
      if (name === 'ece') continue;
      expect(interval?.low).toBeLessThan(value ?? 0);
      expect(interval?.high).toBeGreaterThan(value ?? 1);
      expect(interval?.level).toBe(0.95);
    }
  });

  test('is built on the evidence before it, and speaks of the model that was trained', async () => {
    const training = createTraining();
    const prediction = createPrediction({
      outputs: [
        {
          path: 'out/predictions.csv',
          sha256: `sha256:${createHash('sha256')
            .update(rows['out/predictions.csv'] ?? '')
            .digest('hex')}`,
          size: 1,
        },
      ],
    });
    const data = createData();
    const evidence = await scoreFiles(config, rows, { parents: { data, training, prediction } });
    expect(evidence.parents).toEqual(
      [data, training, prediction].map((document) => ({ kind: document.kind, sha256: computeDigest(document) })),
    );
    expect(evidence.subject.modelFiles).toEqual(training.subject.modelFiles);
    expect(evidence.outcome).toBe('pass');
  });

  test('of a baseline’s predictions leaves the candidate’s evidence aside', async () => {
    const parents = { prediction: createPrediction(), training: createTraining() };
    const files = { ...rows, 'base.csv': rows['data/test.csv']?.replace('label', 'predicted') ?? '' };
    const evidence = await scoreFiles(config, files, { parents, predictions: 'base.csv' });
    expect(evidence).toMatchObject({ outcome: 'pass', parents: [], predictions: { path: 'base.csv' } });
    expect(evidence.subject.modelFiles).toEqual([]);
    expect(findMetric(evidence, 'accuracy').value).toBe(1);
  });

  test('marks numbers as self-reported when labels and predictions are one file', async () => {
    const own = createConfig('multiclass-classification', {
      labels: { path: 'out/predictions.csv', id: 'id', label: 'label' },
    });
    const evidence = await scoreFiles(own, { 'out/predictions.csv': 'id,label,predicted\n1,a,a\n2,b,b\n' });
    expect(evidence).toMatchObject({ selfReported: true, outcome: 'pass' });
  });

  test('leaves a slice without a value to the rules, and still passes', async () => {
    const asking = createConfig('binary-classification', { positive: 'a', metrics: ['recall'], slices: ['site'] });
    const evidence = await scoreFiles(asking, rows);
    expect(evidence.outcome).toBe('pass');
    expect(findMetric(evidence, 'recall', '(missing)')).toMatchObject({
      value: null,
      reason: 'no row is of the class `a`',
    });
  });

  test('takes hostile names of columns and classes as text', async () => {
    const evil = `x"; DROP TABLE labels; --`;
    const hostile = createConfig('multiclass-classification', {
      slices: [evil],
      predictions: { path: 'out/predictions.csv', id: 'id', prediction: 'predicted', scores: { [`a'`]: 'p', b: 'q' } },
      metrics: ['log-loss'],
    });
    const evidence = await scoreFiles(hostile, {
      'data/test.csv': `id,label,"x""; DROP TABLE labels; --"\n1,a',"' OR 1=1"\n2,b,\n`,
      'out/predictions.csv': `id,predicted,p,q\n1,a',0.5,0.5\n2,b,0.5,0.5\n`,
    });
    expect(findMetric(evidence, 'log-loss', `' OR 1=1`).value).toBeCloseTo(Math.LN2, 12);
  });
});

describe('files in other formats', () => {
  const asking = createConfig('binary-classification', {
    predictions: { path: 'out/predictions.parquet', id: 'id', prediction: 'predicted', scores: 'p' },
    labels: { path: 'data/test.jsonl', id: 'id', label: 'label' },
    positive: '1',
    metrics: ['accuracy', 'roc-auc'],
    slices: ['site'],
  });
  const labels = [
    { id: 1, label: 0, site: 'x' },
    { id: 2, label: 0 },
    { id: 3, label: 1, site: null },
    { id: 4, label: 1, site: 'x' },
  ];

  test('meet by the text of their ids and classes', async () => {
    const files = { 'data/test.jsonl': labels.map((row) => `${JSON.stringify(row)}\n`).join('') };
    const evidence = await scoreFiles(asking, files, {}, (folder) =>
      writeParquet(folder, `(1, 0, 0.1), (2, 0, 0.4), (3, 0, 0.35), (4, 1, 0.8)`),
    );
    expect(evidence.reason).toBe('2 metrics on 4 rows.');
    expect(findMetric(evidence, 'roc-auc').value).toBe(0.75);
    expect(findMetric(evidence, 'accuracy', '(missing)')).toMatchObject({ value: 0.5, n: 2 });
  });

  test('meet as numbers where all ids are whole numbers', async () => {
    const parquet = createConfig('binary-classification', {
      predictions: { path: 'out/predictions.parquet', id: 'id', prediction: 'predicted' },
      labels: { path: 'out/labels.parquet', id: 'id', label: 'predicted' },
    });
    const evidence = await scoreFiles(parquet, {}, {}, async (folder) => {
      await writeParquet(folder, `(1::TINYINT, 'a', 0), (-2::TINYINT, 'b', 0)`, 'labels');
      await writeParquet(folder, `(-2::BIGINT, 'a', 0), (1::BIGINT, 'a', 0)`);
    });
    expect(evidence.join).toMatchObject({ matched: 2, missingPredictions: 0 });
    expect(findMetric(evidence, 'accuracy').value).toBe(0.5);
  });

  test('have numbers that are no numbers found out', async () => {
    const files = { 'data/test.jsonl': labels.map((row) => `${JSON.stringify(row)}\n`).join('') };
    const evidence = await scoreFiles(asking, files, {}, (folder) =>
      writeParquet(folder, `(1, 0, 'NaN'::DOUBLE), (2, 0, 'inf'::DOUBLE), (3, 0, NULL), (4, 1, 0.8)`),
    );
    expect(evidence.reason).toContain('3 rows of `out/predictions.parquet` have a score that is not a number');
  });
});

async function writeParquet(folder: string, values: string, name = 'predictions'): Promise<void> {
  await mkdir(join(folder, 'out'), { recursive: true });
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const path = join(folder, `out/${name}.parquet`);
  await connection.run(`COPY (FROM (VALUES ${values}) AS t(id, predicted, p)) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}

test('a baseline outside the repository is read by its absolute path, and named by its file', async () => {
  const outside = await mkdtemp(join(tmpdir(), 'baseline-'));
  try {
    await writeFile(join(outside, 'base.csv'), rows['out/predictions.csv'] ?? '');
    const evidence = await scoreFiles(config, rows, { predictions: join(outside, 'base.csv') });
    expect(evidence).toMatchObject({ outcome: 'pass', predictions: { path: 'base.csv' } });
  } finally {
    await rm(outside, { recursive: true });
  }
});
