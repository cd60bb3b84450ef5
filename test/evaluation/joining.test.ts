import { describe, expect, test } from 'vitest';
import type { Config } from '../../src/config/schema/modelgate.ts';
import { createConfig, findMetric, scoreFiles, writeRows } from './scoring.ts';

const LABELS = { path: 'data/test.csv', id: 'id', label: 'label' };
const PREDICTIONS = { path: 'out/predictions.csv', id: 'id', prediction: 'predicted' };

const reasonOf = async (...args: Parameters<typeof scoreFiles>) => {
  const evidence = await scoreFiles(...args);
  expect(evidence).toMatchObject({ outcome: 'cannot-measure', metrics: [] });
  return evidence.reason;
};

describe('weights', () => {
  const weighted = createConfig('binary-classification', { labels: { ...LABELS, weight: 'w' } });
  const write = (...w: (string | number)[]) => writeRows(['a', 'b'], ['a', 'a'], { w });

  test('weigh every row', async () => {
    expect(findMetric(await scoreFiles(weighted, write(3, 1)), 'accuracy').value).toBe(0.75);
  });

  test.each([
    ['below 0', write(-1, 1), /^1 row of `data\/test.csv` has a weight that is not a number of at least 0\.$/],
    ['that are no numbers', write('nan', 'inf'), /^2 rows of `data\/test.csv` have a weight/],
    ['that are missing', write('', 1), /^1 row of `data\/test.csv` has a weight/],
    ['that are all 0', write(0, 0), /^All weights of `data\/test.csv` are 0\.$/i],
  ])('%s are refused', async (_name, files, reason) => {
    expect(await reasonOf(weighted, files)).toMatch(reason);
  });
});

test('rows without a cluster are refused', async () => {
  const clustered = createConfig('binary-classification', { labels: { ...LABELS, cluster: 'c' } });
  const files = writeRows(['a', 'b'], ['a', 'a'], { c: ['one', ''] });
  expect(await reasonOf(clustered, files)).toBe('1 row of `data/test.csv` has an empty cluster.');
});

describe('limits', () => {
  const limited = createConfig('regression', {
    predictions: { ...PREDICTIONS, limits: { low: 'lo', high: 'hi' } },
    metrics: ['mae'],
  });
  const write = (lo: (string | number)[], hi: (string | number)[]) => writeRows([1, 2], [1, 2], {}, { lo, hi });

  test.each([
    [
      'that cross',
      write([0, 3], [2, 2]),
      '1 row of `out/predictions.csv` has a lower limit that is over the upper one.',
    ],
    [
      'that are no numbers',
      write([0, 'x'], ['', 2]),
      '2 rows of `out/predictions.csv` have a limit that is not a number.',
    ],
  ])('%s are refused', async (_name, files, reason) => {
    expect(await reasonOf(limited, files)).toBe(reason);
  });
});

describe('a ranking', () => {
  const ranking = createConfig('ranking', { labels: { ...LABELS, query: 'q' }, slices: ['site'] });
  const write = (relevance: (string | number)[], more: Record<string, (string | number)[]>) =>
    writeRows(relevance, [3, 2, 1, 0], { q: ['one', 'one', 'two', 'two'], site: ['x', 'x', 'y', 'y'], ...more });

  test.each([
    [
      'a relevance below 0',
      write([1, 0, -1, 1], {}),
      /^1 row of `data\/test.csv` has a label that is not a number of at least 0\.$/,
    ],
    [
      'a row without a query',
      write([1, 0, 0, 1], { q: ['one', 'one', 'two', ''] }),
      /^1 row of `data\/test.csv` has an empty query/,
    ],
    [
      'a query in two slices',
      write([1, 0, 0, 1], { site: ['x', 'y', 'y', 'y'] }),
      /^The column `site` of `data\/test.csv` parts the items of one query differently\.$/,
    ],
  ])('with %s is refused', async (_name, files, reason) => {
    expect(await reasonOf(ranking, files)).toMatch(reason);
  });

  test('with a query of two weights is refused', async () => {
    const labels = { ...LABELS, query: 'q', weight: 'w' };
    const files = write([1, 0, 0, 1], { w: [1, 2, 1, 1] });
    expect(await reasonOf(createConfig('ranking', { labels }), files)).toBe(
      'The column `w` of `data/test.csv` weighs the items of one query differently.',
    );
  });
});

describe('the classes of the test set', () => {
  const rows = writeRows(['a', 'b', 'c', 'c'], ['a', 'b', 'c', 'a']);
  const withTraining = (metrics: string[]): Config => {
    const data = { train: { path: 'data/train.csv' } } as NonNullable<Config['data']>;
    return { ...createConfig('multiclass-classification', { metrics }), data };
  };

  test('that the training data never have are told with their rows', async () => {
    const files = { ...rows, 'data/train.csv': 'id,label\n1,a\n2,b\n3,\n' };
    const { join } = await scoreFiles(withTraining(['accuracy']), files);
    expect(join?.unseenLabels).toEqual([{ label: 'c', rows: 2 }]);
    const all = { ...rows, 'data/train.csv': 'id,label\n1,a\n2,b\n3,c\n' };
    expect((await scoreFiles(withTraining(['accuracy']), all)).join?.unseenLabels).toEqual([]);
  });

  test.each([
    ['there are no training data', rows],
    ['they have no such column', { ...rows, 'data/train.csv': 'id,species\n1,a\n' }],
    ['they cannot be read', { ...rows, 'data/train.csv': 'id,label\n1\n' }],
    ['they have no rows', { ...rows, 'data/train.csv': 'id,label\n' }],
  ])('are not compared where %s', async (_name, files) => {
    const { join, outcome } = await scoreFiles(withTraining(['accuracy']), files as Record<string, string>);
    expect(outcome).toBe('pass');
    expect(join).not.toHaveProperty('unseenLabels');
  });

  test('each have a metric of one class that names no class', async () => {
    const evidence = await scoreFiles(withTraining(['recall', 'accuracy']), rows);
    expect(evidence.metrics.map(({ name, positive, value }) => [name, positive, value])).toEqual([
      ['recall', 'a', 1],
      ['recall', 'b', 1],
      ['recall', 'c', 0.5],
      ['accuracy', undefined, 0.75],
    ]);
    expect(evidence.reason).toBe('2 metrics on 4 rows.');
  });

  test('are too many for that beyond a hundred', async () => {
    const names = Array.from({ length: 101 }, (_, at) => `c${at}`);
    const evidence = await scoreFiles(withTraining(['recall']), writeRows(names, names));
    expect(evidence).toMatchObject({ outcome: 'cannot-measure' });
    expect(evidence.reason).toBe(
      '`recall` cannot be measured: there are 101 classes, too many to measure it for each; name one with `positive`.',
    );
  });

  test('may not have a NUL character in their names', async () => {
    const jsonl = createConfig('multiclass-classification', { labels: { ...LABELS, path: 'data/test.jsonl' } });
    const files = {
      'data/test.jsonl': '{"id": "1", "label": "a\\u0000b"}\n{"id": "2", "label": "a"}\n',
      'out/predictions.csv': 'id,predicted\n1,a\n2,a\n',
    };
    expect(await reasonOf(jsonl, files)).toMatch(/NUL|cannot be read/);
  });
});

test('two columns taken together part the rows as well', async () => {
  const config = createConfig('binary-classification', { slices: [['site', 'sex']] });
  const labels = { site: ['x', 'x', ''], sex: ['f', 'm', 'f'] };
  const evidence = await scoreFiles(config, writeRows(['a', 'b', 'b'], ['a', 'a', 'b'], labels));
  expect(evidence.metrics.slice(1).map(({ slice, value, n }) => [slice?.column, slice?.value, value, n])).toEqual([
    ['site × sex', '(missing) × f', 1, 1],
    ['site × sex', 'x × f', 1, 1],
    ['site × sex', 'x × m', 0, 1],
  ]);
});

test('whole numbers as ids meet across formats by their text', async () => {
  const config = createConfig('binary-classification', { labels: { ...LABELS, path: 'data/test.jsonl' } });
  const files = {
    'data/test.jsonl': '{"id": 1, "label": "a"}\n{"id": "02", "label": "b"}\n',
    'out/predictions.csv': 'id,predicted\n1,a\n02,a\n',
  };
  expect(findMetric(await scoreFiles(config, files), 'accuracy').value).toBe(0.5);
});
