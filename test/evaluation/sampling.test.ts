import { describe, expect, test } from 'vitest';
import type { Samples } from '../../src/evaluation/samples.ts';
import { createConfig, sampleFiles, writeRows } from './scoring.ts';

const config = createConfig('binary-classification', { positive: 'a', slices: ['site', ['site', 'sex']] });
const truth = ['a', 'a', 'a', 'b', 'b', 'b'];
const labels = { site: ['x', 'x', 'y', 'y', 'z', 'z'], sex: ['f', 'm', 'f', 'm', 'f', 'm'] };
const files = writeRows(truth, ['a', 'a', 'b', 'b', 'b', 'a'], labels);
const base = writeRows(truth, ['a', 'b', 'a', 'b', 'a', 'a'])['out/predictions.csv'] ?? '';
const accuracy = { name: 'accuracy' };

async function open(...args: Parameters<typeof sampleFiles>): Promise<Samples> {
  const found = await sampleFiles(...args);
  if ('reason' in found) throw new Error(found.reason);
  return found.samples;
}

/** The value, or the reason. */
function readValue(found: { value: number } | { reason: string }): number | string {
  return 'reason' in found ? found.reason : found.value;
}

describe('samples of a candidate and a baseline', () => {
  const both = { ...files, 'base.csv': base };

  test('answer for either side, and for their difference on the same rows', async () => {
    const sample = (await open(config, both, [accuracy])).find();
    if ('reason' in sample) throw new Error(sample.reason);
    expect([sample.n, readValue(sample.estimate(accuracy, 0)), readValue(sample.estimate(accuracy, 1))]).toEqual([
      6,
      4 / 6,
      3 / 6,
    ]);
    expect(readValue(sample.contrast(accuracy, 1))).toBeCloseTo(1 / 6, 12);
    expect(readValue(sample.contrast(accuracy, 0.5))).toBeCloseTo(4 / 6 - 1 / 4, 12);
  });

  test('answer for one value of a column, for several together, and for two columns taken together', async () => {
    const views = [accuracy, { ...accuracy, column: 'site' }, { ...accuracy, column: 'site × sex' }];
    const samples = await open(config, both, views);
    const read = (view: string, ...values: string[]) => {
      const sample = samples.find(view, values);
      return 'reason' in sample ? sample.reason : [sample.n, readValue(sample.estimate(accuracy, 0))];
    };
    expect(samples.listValues('site')).toEqual(['x', 'y', 'z'].map((value) => ({ value, n: 2 })));
    expect(samples.listValues('site × sex').map(({ value }) => value)).toEqual([
      'x × f',
      'x × m',
      'y × f',
      'y × m',
      'z × f',
      'z × m',
    ]);
    expect(read('site', 'y')).toEqual([2, 0.5]);
    expect(read('site', 'x', 'y')).toEqual([4, 0.75]);
    expect(read('site', 'y', 'x', 'gone')).toEqual([4, 0.75]);
    expect(read('site × sex', 'y × f')).toEqual([1, 0]);
    expect(read('site', 'gone')).toBe('no row has `gone` in `site`');
    expect(read('site', 'gone', 'lost')).toBe('no row has `gone` or one of 1 other values in `site`');
  });

  test('know which rows changed, and name the first of each kind', async () => {
    const found = await sampleFiles(config, both, [accuracy], { idLimit: 1 });
    expect(found).toMatchObject({
      changes: {
        rows: 6,
        disagreements: 3,
        broken: { count: 1, ids: ['r2'] },
        fixed: { count: 2, ids: ['r1'] },
      },
    });
    const silent = await sampleFiles(config, both, [accuracy]);
    expect(silent).toMatchObject({ changes: { broken: { count: 1, ids: [] } } });
  });

  test('of one file twice differ in nothing', async () => {
    const same = { ...files, 'base.csv': files['out/predictions.csv'] ?? '' };
    const found = await sampleFiles(config, same, [accuracy]);
    expect(found).toMatchObject({ changes: { disagreements: 0, broken: { count: 0 }, fixed: { count: 0 } } });
  });

  test('of numbers know where they differ, and nothing of right and wrong', async () => {
    const numbers = writeRows([1, 2, 3], [1, 2, 4]);
    const other = writeRows([1, 2, 3], [1, 0, 4])['out/predictions.csv'] ?? '';
    const given = createConfig('regression', {});
    const found = await sampleFiles(given, { ...numbers, 'base.csv': other }, [{ name: 'mae' }]);
    expect(found).toMatchObject({ changes: { rows: 3, disagreements: 1 } });
    expect(found).not.toHaveProperty('changes.broken');
  });

  test('that were not asked for a metric say so loudly', async () => {
    const sample = (await open(config, both, [accuracy])).find();
    if ('reason' in sample) throw new Error(sample.reason);
    expect(() => sample.estimate({ name: 'mcc' }, 0)).toThrow('not asked for');
  });
});

describe('a candidate and a baseline cannot be paired when', () => {
  const [head = '', ...rows] = base.trim().split('\n');
  test.each([
    [
      'the baseline lacks ids',
      [head, ...rows.slice(1)],
      "1 id of `data/test.csv` has no row in the baseline's `base.csv`",
    ],
    [
      'the baseline has an id twice',
      [head, ...rows, 'r1,a'],
      "1 id stands more than once in the baseline's `base.csv`",
    ],
    [
      'the baseline has one id twice and lacks another',
      [head, ...rows.slice(1), 'r1,a'],
      "1 id stands more than once in the baseline's `base.csv`; 1 id of `data/test.csv` has no row in the baseline's `base.csv`",
    ],
    [
      'the baseline has other ids',
      [head, ...rows, 'r9,a'],
      "1 id of the baseline's `base.csv` is not in `data/test.csv`",
    ],
    ['the baseline is empty', [head], "the baseline's `base.csv` has no rows"],
    [
      'the baseline has a class of its own',
      [head, ...rows.slice(1), 'r0,c'],
      'a binary classification has two classes, and there are 3: labels `a`, `b`; predicted by the baseline `a`, `b`, `c`',
    ],
    [
      'the baseline writes its classes otherwise',
      [head, ...rows.map((row) => row.toUpperCase().replace('R', 'r'))],
      'no class predicted by the baseline is a class of the labels',
    ],
    ['the baseline lacks a column', ['id,p', ...rows], '`base.csv` has no column `predicted`'],
  ])('%s', async (_name, lines, reason) => {
    const found = await sampleFiles(config, { ...files, 'base.csv': `${lines.join('\n')}\n` }, [accuracy]);
    expect('reason' in found && found.reason).toContain(reason);
  });

  test('the baseline’s file is of no known format, or is not there', async () => {
    const given = { ...files, 'base.csv': base };
    const odd = await sampleFiles(config, given, [accuracy], {}, { path: '/nowhere/base', shown: 'base' });
    expect(odd).toEqual({
      reason: "the baseline's predictions file `base` is not named .csv, .parquet, .jsonl or .ndjson",
    });
    const gone = await sampleFiles(config, given, [accuracy], {}, { path: '/nowhere/base.csv' });
    expect(gone).toEqual({
      reason: "the baseline's predictions file `base.csv` cannot be read: there is no such file",
    });
  });

  test('an id stands very often in all files: without multiplying them', async () => {
    const many = (line: string) => `${Array(20_000).fill(line).join('\n')}\n`;
    const found = await sampleFiles(
      createConfig('binary-classification', {}),
      {
        'data/test.csv': `id,label\n${many('r0,a')}`,
        'out/predictions.csv': `id,predicted\n${many('r0,a')}`,
        'base.csv': `id,predicted\n${many('r0,a')}`,
      },
      [accuracy],
    );
    expect('reason' in found && found.reason).toMatch(/^1 id stands more than once in `data\/test.csv`; 1 id/);
  });
});

describe('a threshold', () => {
  const scored = createConfig('binary-classification', {
    positive: 'a',
    predictions: { path: 'out/predictions.csv', id: 'id', prediction: 'predicted', scores: 'p' },
  });
  const rows = writeRows(truth, ['b', 'b', 'b', 'b', 'b', 'b'], {}, { p: [0.9, 0.5, 0.4, 0.4999, 0.1, 0.6] });

  test('gives each side its own classes from its score', async () => {
    const other = rows['out/predictions.csv'] ?? '';
    const samples = await open(scored, { ...rows, 'base.csv': other }, [accuracy], {}, { threshold: 0.5 });
    const sample = samples.find();
    if ('reason' in sample) throw new Error(sample.reason);
    expect([readValue(sample.estimate(accuracy, 0)), readValue(sample.estimate(accuracy, 1))]).toEqual([3 / 6, 4 / 6]);
  });

  test('needs a class below it', async () => {
    const one = writeRows(['a'], ['a'], {}, { p: [0.1] });
    const found = await sampleFiles(
      scored,
      { ...one, 'base.csv': one['out/predictions.csv'] ?? '' },
      [accuracy],
      {},
      {
        threshold: 0.5,
      },
    );
    expect(found).toEqual({ reason: 'a threshold parts two classes, and there is `a`' });
  });

  test('needs one score on both sides', async () => {
    const bare = { path: 'base.csv', id: 'id', prediction: 'predicted' };
    const both = { ...rows, 'base.csv': base };
    const given = { threshold: 0.5, columns: bare };
    expect(await sampleFiles(scored, both, [accuracy], {}, given)).toEqual({
      reason: '`base.csv` cannot be paired by scores: it has no scores',
    });
    expect(await sampleFiles(config, both, [accuracy], {}, given)).toEqual({
      reason: 'there is no single score to hold the threshold of `base.csv` against',
    });
  });
});

describe('scores of two files', () => {
  const brier = { name: 'brier' };
  const single = createConfig('binary-classification', {
    positive: 'a',
    predictions: { path: 'out/predictions.csv', id: 'id', prediction: 'predicted', scores: 'p' },
  });
  const two = writeRows(['a', 'b'], ['a', 'b'], {}, { p: [1, 0] });
  const other = writeRows(['a', 'b'], ['a', 'b'], {}, { x: [0.5, 0.5], y: [0.5, 0.5] })['out/predictions.csv'] ?? '';
  const read = async (columns: object) => {
    const files = { ...two, 'base.csv': other };
    const named = { path: 'base.csv', id: 'id', prediction: 'predicted', ...columns };
    const sample = (await open(single, files, [brier, accuracy], {}, { columns: named })).find();
    if ('reason' in sample) throw new Error(sample.reason);
    expect(readValue(sample.contrast(accuracy, 1))).toBe(0);
    return [
      readValue(sample.estimate(brier, 0)),
      readValue(sample.estimate(brier, 1)),
      readValue(sample.contrast(brier, 1)),
    ];
  };

  test('meet by their classes, however each file arranges them', async () => {
    expect(await read({ scores: { b: 'y', a: 'x' } })).toEqual([0, 0.25, -0.25]);
  });

  test('say of whom they are missing, and leave what needs none', async () => {
    expect(await read({})).toEqual(Array(3).fill('`base.csv` cannot be paired by scores: it has no scores'));
    const reason = '`base.csv` cannot be paired by scores: it has no scores for the class `a`';
    expect(await read({ scores: { b: 'y', c: 'x' } })).toEqual(Array(3).fill(reason));
  });
});
