import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { parseConfig } from '../../src/config/project.ts';
import type { Config } from '../../src/config/schema/modelgate.ts';
import { UserMistake } from '../../src/errors.ts';

type Evaluate = NonNullable<Config['evaluate']>;

const PREDICTIONS = { path: 'out/p.csv', id: 'id', prediction: 'predicted' };
const LABELS = { path: 'data/test.csv', id: 'id', label: 'label' };
const BINARY = { predictions: { ...PREDICTIONS, scores: 'p' }, positive: 'sick' };
const POINT = { predictions: 'out/valid.csv', labels: 'data/valid.csv' };
const MAPPED = { predictions: { ...PREDICTIONS, scores: { a: 'pa', b: 'pb', c: 'pc' } } };
const QUERIES = { labels: { ...LABELS, query: 'q' } };

function write(task: Config['task'], evaluate: object, rules?: object[]): string {
  const whole = { predictions: PREDICTIONS, labels: LABELS, metrics: ['accuracy'], ...evaluate };
  return stringify({ version: 1, model: 'm', task, evaluate: whole, ...(rules ? { gates: { rules } } : {}) });
}

function mistakesOf(text: string): string[] {
  try {
    parseConfig(text, 'modelgate.yml');
    return [];
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    return error.problems.map(({ found, fix }) => `${found} → ${fix}`);
  }
}

const binary = (evaluate: Partial<Evaluate> | object, rules?: object[]) =>
  mistakesOf(write('binary-classification', evaluate, rules));
const multi = (evaluate: object, rules?: object[]) => mistakesOf(write('multiclass-classification', evaluate, rules));
const regression = (evaluate: object) => mistakesOf(write('regression', { metrics: ['mae'], ...evaluate }));
const ranking = (evaluate: object) => mistakesOf(write('ranking', { metrics: ['ndcg'], ...evaluate }));

describe('names of metrics', () => {
  test('may carry a number, within its range', () => {
    expect(binary({ ...BINARY, metrics: ['f-beta@0.5', 'macro-f-beta@2'] })).toEqual([]);
    expect(multi({ ...MAPPED, metrics: ['top-k-accuracy@3'] })).toEqual([]);
    expect(regression({ metrics: ['pinball@0.9'] })).toEqual([]);
    expect(ranking({ ...QUERIES, metrics: ['ndcg', 'ndcg@10', 'map', 'mrr@5', 'recall-at@1'] })).toEqual([]);
  });

  test.each([
    ['none where one is needed', 'f-beta', '`f-beta` lacks its beta: beta is a number from 0.01 to 100', '`f-beta@2`'],
    ['one out of range', 'f-beta@0', '`f-beta@0` does not end in one: beta is a number', '`f-beta@2`'],
    ['a word', 'f-beta@two', '`f-beta@two` does not end in one', '`f-beta@2`'],
    [
      'one behind a metric without',
      'accuracy@3',
      '`accuracy@3` has a number behind its name',
      'Write `accuracy` alone',
    ],
    ['a slip', 'f-bata@2', 'there is no metric `f-bata@2`', 'Did you mean `f-beta@BETA`?'],
    ['another slip', 'acuracy', 'there is no metric `acuracy`', 'Did you mean `accuracy`?'],
    ['one of another task', 'ndcg@10', 'the metric `ndcg@10` does not fit binary-classification', 'Allowed: '],
    ['one of every object', 'constructor', 'there is no metric `constructor`', 'Allowed: '],
  ])('with %s are refused', (_name, metric, found, fix) => {
    const [mistake = ''] = binary({ ...BINARY, metrics: [metric] });
    expect(mistake).toContain(found);
    expect(mistake).toContain(fix);
  });

  test('with a broken number tell an optional one that it may go', () => {
    expect(ranking({ ...QUERIES, metrics: ['ndcg@0'] })).toEqual([
      '`ndcg@0` does not end in one: k is a whole number from 1 to 10000 → Write it as in `ndcg@10`, or `ndcg` alone.',
    ]);
  });
});

describe('metrics that need more', () => {
  test('of one class stand for every class, but not in a rule, and not where there are two', () => {
    expect(multi({ metrics: ['precision', 'recall', 'f-beta@2'] })).toEqual([]);
    const rule = { id: 'r', metric: 'recall', min: 0.5 };
    expect(multi({}, [rule])).toHaveLength(1);
    expect(multi({}, [{ ...rule, positive: 'a' }])).toEqual([]);
    expect(binary({ metrics: ['recall'] })).toHaveLength(1);
  });

  test.each([
    ['costs', 'cost', 'evaluate.costs'],
    ['scores', 'ece', 'evaluate.predictions.scores'],
    ['a group', 'equalized-odds-difference', '`group: column`'],
  ])('say so: %s', (_need, metric, fix) => {
    expect(binary({ positive: 'sick', metrics: [metric] })[0]).toContain(fix);
  });

  test('of a predicted interval name its columns', () => {
    expect(regression({ metrics: ['interval-coverage'] })[0]).toContain('evaluate.predictions.limits');
    const limits = { predictions: { ...PREDICTIONS, limits: { low: 'lo', high: 'hi' } } };
    expect(regression({ ...limits, metrics: ['interval-coverage'] })).toEqual([]);
  });

  test('a number that was reported needs nothing, and may not have the name of a computed one', () => {
    const reported = (name: string) => [{ path: 'r.json', metrics: { [name]: { key: 'a', direction: 'higher' } } }];
    expect(binary({ reported: reported('bleu') }, [{ id: 'r', metric: 'bleu', min: 1 }])).toEqual([]);
    expect(binary({ reported: reported('accuracy') })[0]).toContain('is the name of a metric that is computed');
    expect(binary({ reported: [...reported('bleu'), ...reported('bleu')] })[0]).toContain('`bleu` stands twice');
  });
});

describe('columns', () => {
  test.each([
    ['scores in a regression', regression(BINARY), '`scores` in a regression'],
    ['scores in a ranking', ranking({ ...QUERIES, ...BINARY }), '`scores` in a ranking'],
    ['one score of many classes', multi(BINARY), 'one column of scores'],
    ['a ranking without queries', ranking({}), 'a ranking without queries'],
    ['queries in a classification', binary(QUERIES), '`query` in a binary-classification'],
    [
      'limits in a classification',
      binary({ predictions: { ...PREDICTIONS, limits: { low: 'l', high: 'h' } } }),
      '`limits` in a binary-classification',
    ],
    [
      'limits that are one',
      regression({ predictions: { ...PREDICTIONS, limits: { low: 'l', high: 'l' } } }),
      'both limits are `l`',
    ],
    [
      'an intersection with the name of a column',
      binary({ slices: [['a', 'b'], 'a × b'] }),
      'the intersection of `a` and `b` has the name of a column',
    ],
  ])('%s are refused', (_name, mistakes, found) => {
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toContain(found);
  });
});

describe('costs', () => {
  const costs = { sick: { healthy: 10 }, healthy: { sick: 1 } };
  test('are of the classes that scores or the task know', () => {
    expect(binary({ ...BINARY, costs, metrics: ['cost'] })).toEqual([]);
    expect(multi({ ...MAPPED, costs: { a: { b: 1 } }, metrics: ['cost'] })).toEqual([]);
    expect(multi({ ...MAPPED, costs: { a: { d: 1 } } })[0]).toContain('`costs` names `d`, which has no scores');
    expect(binary({ positive: 'ill', costs })[0]).toContain('the costs are of sick, healthy, ill');
  });

  test('belong to classes, and something has one', () => {
    expect(regression({ costs })[0]).toContain('`costs` in a regression');
    expect(binary({ costs: { sick: { healthy: 0 } } })[0]).toContain('nothing in `costs` costs anything');
  });
});

describe('an operating point', () => {
  test('needs one score, a positive class and one aim, on other rows than those that judge', () => {
    expect(binary({ ...BINARY, 'operating-point': { ...POINT, recall: 0.9 } })).toEqual([]);
    const found = (evaluate: object) => binary(evaluate).join('\n');
    expect(found({ ...BINARY, 'operating-point': POINT })).toContain('nothing says what the threshold is chosen by');
    expect(found({ ...BINARY, 'operating-point': { ...POINT, recall: 0.9, precision: 0.9 } })).toContain(
      'it has recall and precision → Give exactly one of recall, precision, cost.',
    );
    expect(found({ ...BINARY, 'operating-point': { ...POINT, cost: 'lowest' } })).toContain('`cost` without');
    expect(found({ 'operating-point': { ...POINT, recall: 0.9 } })).toContain('a threshold without one score');
    expect(found({ ...BINARY, 'operating-point': { ...POINT, labels: LABELS.path, recall: 0.9 } })).toContain(
      'the threshold is chosen on the rows that judge: `data/test.csv`',
    );
  });
});

describe('an evaluation by reported numbers alone', () => {
  const REPORTED = [{ path: 'm.json', metrics: { score: { key: 'score', direction: 'higher' } } }];
  const RULE = { id: 'good', metric: 'score', min: 0.5 };
  const alone = (evaluate: object, rules: object[] = [RULE], gates: object = {}) =>
    mistakesOf(
      stringify({ version: 1, model: 'm', evaluate: { reported: REPORTED, ...evaluate }, gates: { rules, ...gates } }),
    );

  test('needs neither rows nor a task', () => {
    expect(alone({})).toEqual([]);
    expect(alone({ run: 'sh benchmark.sh', metrics: ['score'], reveal: 'verdict' })).toEqual([]);
  });

  test.each<[what: string, mistakes: string[], about: string]>([
    ['slices', alone({ slices: ['island'] }), '`slices`'],
    ['a positive class', alone({ positive: 'yes' }), '`positive`'],
    ['costs', alone({ costs: { a: { b: 1 } } }), '`costs`'],
    ['an operating point', alone({ 'operating-point': { ...POINT, recall: 0.9 } }), '`operating-point`'],
    ['a metric to compute', alone({ metrics: ['accuracy'] }), '`accuracy`'],
    ['a rule on one', alone({}, [{ id: 'good', metric: 'accuracy', min: 0.5 }]), '`accuracy`'],
    [
      'fairness',
      alone({}, [{ ...RULE, metric: 'demographic-parity-ratio', group: 'sex' }]),
      '`demographic-parity-ratio`',
    ],
    ['a baseline', alone({}, [{ id: 'good', metric: 'score', against: 'base', 'max-drop': 0.1 }]), '`against`'],
    ['a budget', alone({}, [RULE], { budget: { id: 'b', verdicts: 4 } }), '`budget`'],
  ])('refuses what needs rows: %s', (_what, mistakes, about) => {
    expect(mistakes).toEqual([
      `${about} where every number is reported: there are no rows → Remove it, or name the rows: \`predictions\`, \`labels\` and \`metrics\`.`,
    ]);
  });

  test('is none where only one of predictions and labels is left out', () => {
    expect(alone({ predictions: PREDICTIONS, metrics: ['score'] })).toEqual([
      '`task` is missing → Allowed: binary-classification, multiclass-classification, regression, ranking.',
    ]);
    expect(
      mistakesOf(stringify({ version: 1, model: 'm', task: 'regression', evaluate: { run: 'true' } }))[0],
    ).toContain('or only files of numbers: `reported`');
  });
});
