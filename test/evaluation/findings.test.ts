import { describe, expect, test } from 'vitest';
import type { Config } from '../../src/config/schema/modelgate.ts';
import { createConfig, findMetric, scoreFiles, writeRows } from './scoring.ts';

const SCORED = { path: 'out/predictions.csv', id: 'id', prediction: 'predicted', scores: 'p' };

function create(extra: Partial<NonNullable<Config['evaluate']>>): Config {
  return createConfig('binary-classification', { predictions: SCORED, positive: 'yes', ...extra });
}

const p = [0.9, 0.8, 0.7, 0.6, 0.4, 0.3, 0.2, 0.1];
const truth = ['yes', 'yes', 'no', 'yes', 'no', 'yes', 'no', 'no'];
const rows = writeRows(truth, Array(8).fill('no'), {}, { p });

describe('the curves of a binary score', () => {
  const kinds = async (config: Config, files = rows) =>
    ((await scoreFiles(config, files)).curves ?? []).map(({ kind, positive }) => [kind, positive]);

  test('are there with scores, and that of calibration where its error is asked for', async () => {
    expect(await kinds(create({ reveal: 'rows' }))).toEqual([
      ['roc', 'yes'],
      ['precision-recall', 'yes'],
    ]);
    expect(await kinds(create({ reveal: 'rows', metrics: ['ece'] }))).toContainEqual(['calibration', 'yes']);
    // Of so few rows a curve is a list of labels.
    expect(await kinds(create({}))).toEqual([]);
  });

  test('are not there without scores, or of more classes', async () => {
    expect(await kinds(createConfig('binary-classification', {}))).toEqual([]);
    const scores = { a: 'pa', b: 'pb', c: 'pc' };
    const many = createConfig('multiclass-classification', {
      predictions: { ...SCORED, scores },
      metrics: ['log-loss'],
    });
    const files = writeRows(['a', 'b', 'c'], ['a', 'b', 'c'], {}, { pa: [1, 0, 0], pb: [0, 1, 0], pc: [0, 0, 1] });
    expect(await kinds(many, files)).toEqual([]);
  });
});

describe('an operating point', () => {
  const POINT = { predictions: 'out/valid.csv', labels: 'data/valid.csv', recall: 1 };
  const validation = {
    'data/valid.csv': 'id,label\nv1,yes\nv2,yes\nv3,no\nv4,no\n',
    'out/valid.csv': 'id,p\nv1,0.9\nv2,0.25\nv3,0.5\nv4,0.1\n',
  };
  const config = create({ metrics: ['recall', 'accuracy'], 'operating-point': POINT });

  test('is chosen on validation rows, and turns scores into classes on those of the test set', async () => {
    const evidence = await scoreFiles(config, { ...rows, ...validation });
    expect(evidence.operatingPoint).toMatchObject({ threshold: 0.25, positive: 'yes', achieved: 1, rows: 4 });
    expect(evidence.operatingPoint?.labels.path).toBe('data/valid.csv');
    // From 0.25 on: six rows, among them all four that are `yes`.
    expect(findMetric(evidence, 'recall').value).toBe(1);
    expect(findMetric(evidence, 'accuracy').value).toBe(6 / 8);
    expect(evidence.confusion?.counts).toEqual([
      [2, 2],
      [0, 4],
    ]);
  });

  test('needs no column of predictions, and does not read one', async () => {
    const bare = { ...rows, 'out/predictions.csv': `id,p\n${p.map((score, at) => `r${at},${score}\n`).join('')}` };
    expect(findMetric(await scoreFiles(config, { ...bare, ...validation }), 'accuracy').value).toBe(6 / 8);
  });

  test.each([
    [
      'its files are not there',
      {},
      /the validation predictions file `out\/valid.csv` cannot be read: there is no such file/i,
    ],
    [
      'a row lacks its score',
      { ...validation, 'out/valid.csv': 'id,p\nv1,0.9\n' },
      /^No threshold can be chosen: 3 ids of `data\/valid.csv` have no row in `out\/valid.csv`\.$/,
    ],
    [
      'a row is one of those that judge',
      { 'data/valid.csv': 'id,label\nr1,yes\nv2,no\n', 'out/valid.csv': 'id,p\nr1,0.9\nv2,0.25\n' },
      /^No threshold can be chosen: 1 id of `data\/valid.csv` is in `data\/test.csv` too/,
    ],
  ])('is not chosen where %s', async (_name, files, reason) => {
    const evidence = await scoreFiles(config, { ...rows, ...files } as Record<string, string>);
    expect(evidence).toMatchObject({ outcome: 'cannot-measure', metrics: [] });
    expect(evidence).not.toHaveProperty('operatingPoint');
    expect(evidence.reason).toMatch(reason);
  });

  test('of the candidate is none of a baseline’s, which brings its own threshold or none', async () => {
    const files = { ...rows, ...validation, 'base.csv': rows['out/predictions.csv'] ?? '' };
    const plain = await scoreFiles(config, files, { predictions: 'base.csv' });
    expect(plain).not.toHaveProperty('operatingPoint');
    expect(findMetric(plain, 'accuracy').value).toBe(4 / 8);
    const own = await scoreFiles(config, files, { predictions: 'base.csv', threshold: 0.65 });
    expect(findMetric(own, 'accuracy').value).toBe(5 / 8);
  });
});

describe('numbers that somebody else measured', () => {
  const reported = [{ path: 'out/bleu.json', metrics: { bleu: { key: 'a.bleu', direction: 'higher' as const } } }];
  const config = create({ reported });
  const files = { ...rows, 'out/bleu.json': '{"a": {"bleu": 31.5}}', 'base.csv': rows['out/predictions.csv'] ?? '' };

  test('stand behind ours, marked, also where ours cannot be measured', async () => {
    const evidence = await scoreFiles(config, files);
    expect(findMetric(evidence, 'bleu')).toMatchObject({ value: 31.5, source: 'reported', from: { key: 'a.bleu' } });
    expect(evidence.reported?.map(({ path }) => path)).toEqual(['out/bleu.json']);
    const broken = await scoreFiles(config, { ...files, 'data/test.csv': 'id,label\n' });
    expect(broken.metrics.map(({ name }) => name)).toEqual(['bleu']);
  });

  test('are none of a baseline’s', async () => {
    const evidence = await scoreFiles(config, files, { predictions: 'base.csv' });
    expect(evidence.metrics.map(({ name }) => name)).toEqual(['accuracy']);
  });
});
