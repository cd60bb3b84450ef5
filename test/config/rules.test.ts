import { describe, expect, test } from 'vitest';
import { findCertaintyFaults } from '../../src/config/certainty-faults.ts';
import { findConfigProblems } from '../../src/config/consistency.ts';
import { findMetric, METRICS } from '../../src/config/metrics.ts';
import { resolveMetric } from '../../src/config/resolved-metric.ts';
import type { Config, Rule } from '../../src/config/schema/modelgate.ts';
import { Modelgate } from '../../src/config/schema/modelgate.ts';
import { parseYaml } from '../../src/config/yaml-document.ts';
import { UserMistake } from '../../src/errors.ts';

const REPORTED = `
    - path: plain.json
      metrics: { bleu: { key: bleu, direction: higher } }
    - path: harness.json
      format: lm-evaluation-harness
      metrics: { hellaswag: { key: hellaswag.acc, direction: higher } }`;

/** What is wrong with one rule about a binary classification with scores; `gates` and `labels` are what else stands there. */
function findProblems(rule: string, gates = '', labels = ''): string[] {
  const text = `version: 1
model: penguins
task: binary-classification
evaluate:
  predictions: { path: p.csv, id: id, prediction: predicted, scores: score }
  labels: { path: t.csv, id: id, label: species${labels} }
  positive: yes
  metrics: [accuracy]
  reported:${REPORTED}
gates:
  rules:
    - { id: good, ${rule} }
${gates}
`;
  try {
    parseYaml(text, { file: 'm.yml', schema: Modelgate, findProblems: findConfigProblems });
  } catch (error) {
    if (error instanceof UserMistake) return error.problems.map(({ found, fix }) => `${found} | ${fix}`);
    throw error;
  }
  return [];
}

const BUDGET = (verdicts: number, adaptivity = 'full') =>
  `  budget: { id: b, verdicts: ${verdicts}, adaptivity: ${adaptivity} }`;

describe('a rule may ask', () => {
  test.each([
    ['for confidence', 'metric: accuracy, min: 0.9, confidence: 0.95', ''],
    ['for confidence with a budget', 'metric: accuracy, min: 0.9, confidence: 0.95', BUDGET(200)],
    ['for resampled limits within what they can tell', 'metric: mcc, min: 0.5, confidence: 0.95', BUDGET(8)],
    ['for resampled limits that nobody sees', 'metric: mcc, min: 0.5, confidence: 0.95', BUDGET(500, 'none')],
    ['for a correction', 'metric: accuracy, min: 0.9, slice: sex, confidence: 0.95, correction: holm', ''],
    ['for two columns', 'metric: accuracy, min: 0.9, slice: [sex, island]', ''],
    ['for a ratio, which is good when high', 'metric: demographic-parity-ratio, group: sex, min: 0.8', ''],
    ['for a drop of a ratio', 'metric: equalized-odds-ratio, group: sex, against: base, max-drop: 0.1', ''],
    ['for a number that was reported', 'metric: bleu, min: 30', ''],
    ['for a reported number with a standard error', 'metric: hellaswag, min: 0.5, confidence: 0.95', ''],
    ['for a metric with a parameter', 'metric: f-beta@2, min: 0.5', ''],
  ])('%s', (_what, rule, gates) => {
    expect(findProblems(rule, gates)).toEqual([]);
  });
});

describe('a rule that could never be as sure as it asks', () => {
  test.each([
    [
      'a reported number without limits',
      'metric: bleu, min: 30, confidence: 0.95',
      '',
      '`confidence` with `bleu`, a reported number without limits | Remove it: of reported files only',
    ],
    [
      'a reported number that is less sure than asked',
      'metric: hellaswag, min: 0.5, confidence: 0.99',
      '',
      '`confidence` 0.99 leaves an error of 0.01; that of `hellaswag` can be told down to 0.025 | Lower `confidence`.',
    ],
    [
      'a budget too large to resample for',
      'metric: mcc, min: 0.5, confidence: 0.95',
      BUDGET(200),
      '200 verdicts with `adaptivity: full` leave `confidence` 0.95 an error of 3.1e-62; that of `mcc` can be told down to 0.0001 | Allow fewer verdicts, write `adaptivity: none` if those who change the model see no verdict, or judge accuracy or recall; or lower `confidence`.',
    ],
    [
      'a percentage of the baseline, which is resampled',
      'metric: accuracy, against: base, max-drop: 5%, confidence: 0.95',
      BUDGET(200),
      '3.1e-62',
    ],
    [
      'a precision beside a baseline, which is resampled',
      'metric: precision, against: base, max-drop: 0.05, confidence: 0.95',
      BUDGET(1000, 'none'),
      '1000 verdicts with `adaptivity: none` leave `confidence` 0.95 an error of 5e-5',
    ],
    [
      'a budget too large for any number',
      'metric: accuracy, min: 0.9, confidence: 0.95',
      BUDGET(2000),
      '2000 verdicts with `adaptivity: full` leave `confidence` 0.95 an error of 4.4e-604; that of `accuracy` can be told down to 1e-300',
    ],
    [
      'no distance',
      'metric: accuracy, against: base, within: 0, confidence: 0.95',
      '',
      '`within` 0 with `confidence` | Allow some distance',
    ],
    [
      'a correction of nothing',
      'metric: accuracy, min: 0.9, confidence: 0.95, correction: holm',
      '',
      '`correction` without `slice` | ',
    ],
    [
      'a correction of numbers',
      'metric: accuracy, min: 0.9, slice: sex, correction: holm',
      '',
      '`correction` without `confidence` | ',
    ],
  ])('%s', (_what, rule, gates, problem) => {
    const problems = findProblems(rule, gates);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  test.each(['weight', 'cluster'])('an accuracy of rows with a %s, which is resampled', (key) => {
    const rule = 'metric: accuracy, min: 0.9, confidence: 0.95';
    expect(findProblems(rule, BUDGET(200), `, ${key}: w`)[0]).toContain('can be told down to 0.0001');
  });
});

test('a median has no limits where rows weigh, or belong together', () => {
  const rule: Rule = { id: 'good', metric: 'median-absolute-error', max: 1, confidence: 0.95 };
  const find = (labels: object) => findCertaintyFaults({ evaluate: { labels } } as unknown as Config, rule);
  expect(find({})).toEqual([]);
  expect(find({ weight: 'w' })).toEqual(find({ cluster: 'c' }));
  expect(find({ weight: 'w' })).toEqual([
    {
      key: 'confidence',
      found: '`confidence` with a median over rows with `weight` or `cluster`, which has no limits',
      fix: 'Remove it, or judge another metric, such as mae.',
    },
  ]);
});

describe('what a metric does not go with', () => {
  test.each([
    ['metric: bleu, min: 30, slice: sex', '`slice` with the reported metric `bleu`'],
    ['metric: bleu, min: 30, positive: a', '`positive` with the reported metric `bleu`'],
    ['metric: bleu, min: 30, group: sex', '`group` with the metric `bleu` | Remove it.'],
    ['metric: accuracy, min: 0.9, group: sex', '`group` with the metric `accuracy` | Use `slice`'],
    ['metric: demographic-parity-ratio, group: sex, slice: sex, min: 0.8', '`slice` beside `group`'],
    [
      'metric: demographic-parity-ratio, group: sex, min: 80',
      'no value of demographic-parity-ratio reaches 80; it lies from 0 to 1',
    ],
    ['metric: f-beta@2, min: 2', 'no value of f-beta@2 reaches 2'],
    ['metric: mcc, min: -3', 'every value of mcc is over -3; it lies from -1 to 1'],
    ['metric: blue, min: 30', 'there is no metric `blue` | Did you mean `bleu`?'],
    ['metric: acuracy, min: 0.3', 'there is no metric `acuracy` | Did you mean `accuracy`?'],
  ])('%s', (rule, problem) => {
    const problems = findProblems(rule);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });
});

describe('a name', () => {
  const reported = [
    {
      path: 'm.json',
      metrics: { accuracy: { key: 'a', direction: 'lower' }, bleu: { key: 'b', direction: 'higher' } },
    },
  ];
  const config = { evaluate: { reported } } as unknown as Pick<Config, 'evaluate'>;

  test('of ours means ours, whatever is reported under it', () => {
    expect(resolveMetric(config, 'accuracy')).toMatchObject({ ...findMetric('accuracy'), source: 'computed' });
  });

  test('that is reported has the direction that the file gives it, and no ends', () => {
    expect(resolveMetric(config, 'bleu')).toMatchObject({
      direction: 'higher',
      source: 'reported',
      hasLimits: false,
      range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    });
  });

  test.each(['constructor', '__proto__', 'toString', 'ndcg@x', ''])('%j means nothing', (name) => {
    expect(resolveMetric(config, name)).toBeUndefined();
  });

  test('of a difference is good when low, of a ratio when high', () => {
    for (const [name, { direction }] of Object.entries(METRICS)) {
      if (name.endsWith('-difference')) expect(direction).toBe('lower');
      if (name.endsWith('-ratio')) expect(direction).toBe('higher');
    }
  });
});
