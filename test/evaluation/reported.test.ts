import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readProject } from '../../src/config/project.ts';
import { readReported } from '../../src/evaluation/reported/reading.ts';
import { parseReported, type ReportedConfig } from '../../src/evaluation/reported/reported.ts';

function read(format: ReportedConfig['format'], text: string, key: string, direction: 'higher' | 'lower' = 'higher') {
  const path = format === 'yaml' ? 'metrics.yaml' : 'metrics.json';
  const config = { path, ...(format ? { format } : {}), metrics: { own: { key, direction } } };
  const [metric] = parseReported(config, text);
  if (!metric) throw new Error('a metric was lost');
  return metric;
}

describe('flat and nested files, as dvc metrics takes them', () => {
  test.each([
    ['{"auc": 0.9}', 'auc', 0.9],
    ['{"eval": {"loss": 0.25, "steps": [1, 2]}}', 'eval.loss', 0.25],
    ['{"f1.macro": 0.5, "f1": {"macro": 0.4}}', 'f1.macro', 0.5],
    ['{"folds": [{"auc": 0.1}, {"auc": 0.7}]}', 'folds.1.auc', 0.7],
    ['{"a": {"b.c": {"d": 3}}}', 'a.b.c.d', 3],
    ['{"reason": 4}', 'reason', 4],
  ])('%s', (text, key, value) => {
    expect(read(undefined, text, key)).toMatchObject({
      value,
      n: 0,
      source: 'reported',
      from: { path: 'metrics.json', key },
    });
  });

  test('keys of the file are told in one line, and no longer than names are', () => {
    const { reason = '' } = read(undefined, JSON.stringify({ 'x\n::error::pwned': 1, ['k'.repeat(5000)]: 2 }), 'auc');
    expect(reason).toContain('`x ::error::pwned`');
    expect(reason).toContain(`\`${'k'.repeat(79)}…\``);
    expect(reason).not.toContain('\n');
  });

  test('in YAML', () => {
    expect(read('yaml', 'train:\n  acc: 0.75\n', 'train.acc').value).toBe(0.75);
  });

  test.each([
    ['{"auc": NaN}', 'auc', '`auc` in `metrics.json` is the text "NaN", not a number'],
    ['{"auc": null}', 'auc', '`auc` in `metrics.json` is empty'],
    ['{"auc": "0.9"}', 'auc', 'is the text "0.9", not a number'],
    ['{"auc": {"x": 1}}', 'auc', 'is a mapping, not a number'],
    ['{"auc": 1e999}', 'auc', 'is Infinity, which is no number to judge by'],
    [
      '{"auk": 0.9, "loss": 1}',
      'auc',
      '`metrics.json` has no `auc`; did you mean `auk`? its numbers are `auk`, `loss`',
    ],
    ['{"name": "x"}', 'auc', 'has no `auc`; it has no numbers'],
    ['{"__proto__": {"auc": 1}}', 'constructor.name', 'has no `constructor.name`'],
    ['[', 'auc', '`metrics.json`: it is not JSON'],
    ['7', 'auc', '`metrics.json`: it holds no names and numbers'],
    ['', 'auc', '`metrics.json`: it is not JSON'],
    ['['.repeat(100_000), 'auc', '`metrics.json`: it nests deeper than 200 levels'],
    ['{"a":'.repeat(100_000), 'auc', '`metrics.json`: it nests deeper than 200 levels'],
    ['- '.repeat(100_000), 'auc', '`metrics.json`: it nests deeper than 200 levels'],
  ])('%s is no number', (text, key, reason) => {
    const metric = read(undefined, text, key);
    expect(metric.value).toBeNull();
    expect(metric.reason).toContain(reason);
  });

  test('aliases of YAML are not followed', () => {
    const bomb = `a: &a [1,1]\nb: &b [*a,*a]\nc: [*b,*b]\nauc: 1\n`;
    expect(read('yaml', bomb, 'auc')).toMatchObject({ value: null, reason: expect.stringContaining('aliases') });
  });
});

describe("scikit-learn's classification_report", () => {
  // The dictionary of the example in its documentation: y_true = [0, 1, 2, 2, 2], y_pred = [0, 0, 2, 2, 1].
  const report = JSON.stringify({
    0: { precision: 0.5, recall: 1, 'f1-score': 2 / 3, support: 1 },
    1: { precision: 0, recall: 0, 'f1-score': 0, support: 1 },
    2: { precision: 1, recall: 2 / 3, 'f1-score': 0.8, support: 3 },
    accuracy: 0.6,
    'macro avg': { precision: 0.5, recall: 5 / 9, 'f1-score': 0.4888888888888889, support: 5 },
    'weighted avg': { precision: 0.7, recall: 0.6, 'f1-score': 0.6133333333333334, support: 5 },
  });

  test('the accuracy rests on all rows, and has the interval of a share', () => {
    const metric = read('classification-report', report, 'accuracy');
    expect(metric).toMatchObject({ value: 0.6, n: 5 });
    expect(metric.interval?.low).toBeGreaterThan(0.1);
    expect(metric.interval?.high).toBeLessThan(0.96);
  });

  test('a class knows its rows; an average has no interval', () => {
    expect(read('classification-report', report, '2.recall')).toMatchObject({ n: 3, interval: { level: 0.95 } });
    const average = read('classification-report', report, 'macro avg.f1-score');
    expect(average).toMatchObject({ n: 5, value: 0.4888888888888889 });
    expect(average.interval).toBeUndefined();
  });
});

describe('results of lm-evaluation-harness', () => {
  const results = JSON.stringify({
    results: {
      hellaswag: {
        alias: 'hellaswag',
        'acc,none': 0.285,
        'acc_stderr,none': 0.0045,
        'acc_norm,none': 0.311,
        'acc_norm_stderr,none': 'N/A',
      },
      wikitext: { 'word_perplexity,none': 37.4, 'word_perplexity_stderr,none': 'N/A' },
      old: { acc: 0.5, acc_stderr: 0.01 },
    },
    groups: { mmlu: { 'acc,none': 0.2294, 'acc_stderr,none': 0.0036 } },
    higher_is_better: { hellaswag: { acc: true }, wikitext: { word_perplexity: false } },
    'n-samples': { hellaswag: { original: 10_042, effective: 10_042 } },
  });

  test('bring their standard errors and sizes', () => {
    const metric = read('lm-evaluation-harness', results, 'hellaswag.acc,none');
    expect(metric).toMatchObject({ value: 0.285, n: 10_042 });
    // 0.285 ± 1.959963984540054 · 0.0045
    expect(metric.interval?.low).toBeCloseTo(0.27618016207, 12);
    expect(metric.interval?.high).toBeCloseTo(0.29381983793, 12);
  });

  test.each([
    ['hellaswag.acc', 0.285],
    ['old.acc', 0.5],
    ['mmlu.acc,none', 0.2294],
  ])('%s is found', (key, value) => {
    expect(read('lm-evaluation-harness', results, key).value).toBe(value);
  });

  test('without an error there is no interval', () => {
    expect(read('lm-evaluation-harness', results, 'hellaswag.acc_norm').interval).toBeUndefined();
  });

  test('a direction that the file denies is no number to judge by', () => {
    expect(read('lm-evaluation-harness', results, 'wikitext.word_perplexity', 'lower').value).toBe(37.4);
    expect(read('lm-evaluation-harness', results, 'wikitext.word_perplexity', 'higher')).toMatchObject({
      value: null,
      reason: expect.stringContaining(
        'says that of `wikitext.word_perplexity` lower is better, and modelgate.yml says higher',
      ),
    });
  });
});

describe('runs of MLflow', () => {
  const metrics = [
    { key: 'rmse', value: 0.9, step: '2', timestamp: '5' },
    { key: 'rmse', value: 0.7, step: '10', timestamp: '4' },
    { key: 'mae', value: 0.1, step: 0, timestamp: 1 },
  ];

  test.each([
    ['what runs/get answers', { run: { data: { metrics } } }],
    ['only its data', { data: { metrics } }],
  ])('%s: the last step counts', (_, value) => {
    expect(read('mlflow', JSON.stringify(value), 'rmse', 'lower').value).toBe(0.7);
  });

  test('Run.to_dictionary()', () => {
    expect(read('mlflow', JSON.stringify({ data: { metrics: { 'val.rmse': 0.3 } } }), 'val.rmse').value).toBe(0.3);
  });
});

describe('files', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reported-'));
    await writeFile(
      join(folder, 'modelgate.yml'),
      `version: 1
model: toy
task: regression
evaluate:
  predictions: { path: p.csv, id: id, prediction: p }
  labels: { path: l.csv, id: id, label: y }
  metrics: [mae]
  reported:
    - { path: metrics.json, metrics: { auc: { key: auc, direction: higher } } }
    - { path: out.json, metrics: { loss: { key: loss, direction: lower } } }
    - { path: gone.json, metrics: { gone: { key: x, direction: lower } } }
`,
    );
    await writeFile(join(folder, 'metrics.json'), '\uFEFF{"auc": 0.9}');
    await symlink('/etc/hostname', join(folder, 'out.json'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('are read where they lie in the repository, and told by digest', async () => {
    const { metrics, files } = await readReported(await readProject(folder, folder));
    expect(files.map(({ path }) => path)).toEqual(['metrics.json']);
    expect(metrics.map(({ name, value }) => [name, value])).toEqual([
      ['auc', 0.9],
      ['loss', null],
      ['gone', null],
    ]);
    expect(metrics[1]?.reason).toContain('leads out of the repository');
    expect(metrics[2]?.reason).toContain('there is no such file');
  });
});
