import { symlink, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createPrediction } from '../support/evidence.ts';
import { createConfig, findMetric, scoreFiles, writeRows } from './scoring.ts';

const config = createConfig('multiclass-classification', { slices: ['site'] });
const rows = writeRows(['a', 'b', 'a', 'b'], ['a', 'b', 'b', 'b'], { site: ['x', 'x', 'y', ''] });

describe('cannot be measured:', () => {
  const single = createConfig('binary-classification', {
    predictions: { path: 'out/predictions.csv', id: 'id', prediction: 'predicted', scores: 'p' },
    positive: 'a',
    metrics: ['log-loss'],
  });
  const mapped = createConfig('multiclass-classification', {
    predictions: { path: 'out/predictions.csv', id: 'id', prediction: 'predicted', scores: { a: 'pa', b: 'pb' } },
    metrics: ['log-loss'],
  });
  const regression = createConfig('regression', { metrics: ['mae', 'r2'] });
  const { 'data/test.csv': labels = '', 'out/predictions.csv': predictions = '' } = rows;

  test.each([
    [
      'no predictions file',
      config,
      { 'data/test.csv': labels },
      /predictions file `out\/predictions.csv` cannot be read: there is no such file/,
    ],
    [
      'no labels file',
      config,
      { 'out/predictions.csv': predictions },
      /labels file `data\/test.csv` cannot be read: there is no such file/,
    ],
    [
      'a folder in place of a file',
      config,
      { 'data/test.csv': labels, 'out/predictions.csv/x': '' },
      /`out\/predictions.csv` is not a file/,
    ],
    [
      'a ragged predictions file',
      config,
      { ...rows, 'out/predictions.csv': 'id,predicted\nr0,a\nr1\n' },
      /`out\/predictions.csv` cannot be read: line 3/,
    ],
    ['an empty predictions file', config, { ...rows, 'out/predictions.csv': '' }, /cannot be read: this file is empty/],
    [
      'predictions without rows',
      config,
      { ...rows, 'out/predictions.csv': 'id,predicted\n' },
      /`out\/predictions.csv` has no rows; 4 ids of `data\/test.csv` without a row/,
    ],
    [
      'a test set without rows',
      config,
      { 'data/test.csv': 'id,label,site\n', 'out/predictions.csv': 'id,predicted\n' },
      /`data\/test.csv` has no rows/,
    ],
    [
      'no label column',
      config,
      { ...rows, 'data/test.csv': labels.replace('label', 'truth') },
      /`data\/test.csv` has no column `label` \(labels.label\); it has `id`, `truth`, `site`/,
    ],
    [
      'no id column',
      config,
      { ...rows, 'out/predictions.csv': predictions.replace('id', 'key') },
      /`out\/predictions.csv` has no column `id` \(predictions.id\); it has `key`, `predicted`/,
    ],
    [
      'no prediction column',
      config,
      { ...rows, 'out/predictions.csv': predictions.replace('predicted', 'p') },
      /has no column `predicted` \(predictions.prediction\)/,
    ],
    ['no score column', single, rows, /`out\/predictions.csv` has no column `p` \(predictions.scores\)/],
    [
      'no slice column',
      config,
      { ...rows, 'data/test.csv': labels.replace('site', 'place') },
      /has no column `site` \(a slice or a group\)/,
    ],
    [
      'a label without a prediction',
      config,
      { ...rows, 'out/predictions.csv': 'id,predicted\nr0,a\nr1,b\nr2,b\n' },
      /^1 id of `data\/test.csv` without a row in `out\/predictions.csv`\.$/,
    ],
    [
      'a prediction without a label',
      config,
      { ...rows, 'out/predictions.csv': `${predictions}r9,a\n` },
      /^1 id of `out\/predictions.csv` that `data\/test.csv` does not have\.$/,
    ],
    [
      'a doubled id of a prediction',
      config,
      { ...rows, 'out/predictions.csv': `${predictions}r1,a\n` },
      /^1 id more than once in `out\/predictions.csv`\.$/,
    ],
    [
      'a doubled id of a label',
      config,
      { ...rows, 'data/test.csv': `${labels}r1,a,x\n` },
      /^1 id more than once in `data\/test.csv`\.$/,
    ],
    [
      'an empty id',
      config,
      { ...rows, 'data/test.csv': `${labels},a,x\n` },
      /1 row of `data\/test.csv` with an empty id/,
    ],
    [
      'an empty label',
      config,
      { ...rows, 'data/test.csv': labels.replace('r0,a', 'r0,') },
      /1 row of `data\/test.csv` with an empty label/,
    ],
    [
      'an empty prediction',
      config,
      { ...rows, 'out/predictions.csv': predictions.replace('r0,a', 'r0,') },
      /1 row of `out\/predictions.csv` with an empty prediction/,
    ],
    [
      'a label that is not a number',
      regression,
      writeRows([1, 'two', 3], [1, 2, 3]),
      /1 row of `data\/test.csv` with a label that is not a number/,
    ],
    [
      'predictions that are not numbers',
      regression,
      writeRows([1, 2, 3, 4, 5], ['nan', 'inf', '1_000', ' 4 ', '1e200']),
      /5 rows of `out\/predictions.csv` with a prediction that is not a number/,
    ],
    [
      'scores outside 0 to 1',
      single,
      writeRows(['a', 'b'], ['a', 'b'], {}, { p: [1.1, -0.1] }),
      /2 rows of `out\/predictions.csv` with a score that is not a number from 0 to 1/,
    ],
    [
      'a score that is no number',
      single,
      writeRows(['a', 'b'], ['a', 'b'], {}, { p: ['high', 0.2] }),
      /1 row of `out\/predictions.csv` with a score/,
    ],
    [
      'scores that do not add up',
      mapped,
      writeRows(['a', 'b'], ['a', 'b'], {}, { pa: [0.9, 0.5], pb: [0.1, 0.4] }),
      /1 row of `out\/predictions.csv` whose scores do not add up to 1 within 0.001/,
    ],
    [
      'a class without scores',
      mapped,
      writeRows(['a', 'c'], ['a', 'b'], {}, { pa: [0.9, 0.5], pb: [0.1, 0.5] }),
      /`scores` names no column for the class `c`/,
    ],
    [
      'a positive class that is none',
      { ...single, evaluate: { ...single.evaluate, positive: 'A' } } as typeof single,
      writeRows(['a', 'b'], ['a', 'b'], {}, { p: [1, 0] }),
      /`positive` is `A`, and the classes are `a`, `b`/,
    ],
    [
      'three classes in a binary task',
      createConfig('binary-classification', {}),
      writeRows(['a', 'b', 'c'], ['a', 'b', 'c']),
      /a binary classification with 3 classes/i,
    ],
    [
      'classes that are written in another way',
      config,
      writeRows([0, 1, 1], ['0.0', '1.0', '1.0'], { site: ['x', 'x', 'y'] }),
      /no predicted class is a class of the labels: predicted `0.0`, `1.0`; labels `0`, `1`/i,
    ],
    [
      'one class only, for an area',
      createConfig('binary-classification', {
        predictions: { path: 'out/predictions.csv', id: 'id', prediction: 'predicted', scores: 'p' },
        positive: 'a',
        metrics: ['roc-auc'],
      }),
      writeRows(['a', 'a'], ['a', 'b'], {}, { p: [1, 0] }),
      /`roc-auc` cannot be measured: no row is outside the class `a`/,
    ],
    [
      'a class that is never predicted, for a precision',
      createConfig('multiclass-classification', { metrics: ['macro-precision'] }),
      writeRows(['a', 'b'], ['a', 'a']),
      /`macro-precision` cannot be measured: never predicted: `b`/,
    ],
    [
      'a class that is in no label, for a recall',
      createConfig('multiclass-classification', { metrics: ['balanced-accuracy'] }),
      writeRows(['a', 'a'], ['a', 'b']),
      /`balanced-accuracy` cannot be measured: predicted, but no row is of the class: `b`/,
    ],
    [
      'labels that do not vary, for a share of variance',
      regression,
      writeRows([2, 2], [1, 2]),
      /`r2` cannot be measured: the labels do not vary/,
    ],
    [
      'too many slice values',
      config,
      manyValues(1001),
      /the column `site` has 1001 values; slices are of at most 1000/,
    ],
    [
      'too many classes',
      createConfig('multiclass-classification', {}),
      manyClasses(1001),
      /there are more than 1000 classes: is this a regression\?/,
    ],
  ])('%s', async (_name, given, files, reason) => {
    const evidence = await scoreFiles(given, files as Record<string, string>);
    expect(evidence.outcome).toBe('cannot-measure');
    expect(evidence.reason).toMatch(new RegExp(reason.source, 'i'));
    expect(evidence.reason).toMatch(/^[A-Z`0-9].*[.?]$/s);
  });

  test('a file whose name tells no format', async () => {
    const given = createConfig('multiclass-classification', {
      predictions: { path: 'out/predictions.txt', id: 'id', prediction: 'predicted' },
    });
    const evidence = await scoreFiles(given, { 'data/test.csv': labels, 'out/predictions.txt': predictions });
    expect(evidence.reason).toContain('is not named .csv, .parquet, .jsonl or .ndjson');
  });

  test('a predictions file that a link leads out of the repository for', async () => {
    const evidence = await scoreFiles(config, rows, {}, async (folder) => {
      await unlink(join(folder, 'out/predictions.csv'));
      await symlink('/etc/hostname', join(folder, 'out/predictions.csv'));
    });
    expect(evidence.reason).toContain('a symbolic link leads out of the repository');
  });

  test('a predictions file with a broken Parquet body', async () => {
    const given = createConfig('multiclass-classification', {
      predictions: { path: 'out/predictions.parquet', id: 'id', prediction: 'predicted' },
    });
    const evidence = await scoreFiles(given, { ...rows, 'out/predictions.parquet': 'PAR1 not really PAR1' });
    expect(evidence.outcome).toBe('cannot-measure');
    expect(evidence.reason).toMatch(/^The predictions file `out\/predictions.parquet` cannot be read: /);
  });

  test('predictions that changed after they were made', async () => {
    const prediction = createPrediction({
      outputs: [{ path: 'out/predictions.csv', sha256: `sha256:${'0'.repeat(64)}`, size: 1 }],
    });
    const evidence = await scoreFiles(config, rows, { parents: { prediction } });
    expect(evidence.outcome).toBe('cannot-measure');
    expect(evidence.reason).toContain('is not the file that was predicted');
    expect(evidence.metrics).toEqual([]);
  });

  test('predictions of a stage that failed, or that wrote another file', async () => {
    const failed = createPrediction({ outcome: 'fail', reason: 'The command ended with 1.' });
    expect((await scoreFiles(config, rows, { parents: { prediction: failed } })).reason).toBe(
      'The predictions were not made: The command ended with 1.',
    );
    const other = createPrediction({ outputs: [] });
    expect((await scoreFiles(config, rows, { parents: { prediction: other } })).reason).toBe(
      'The prediction evidence does not speak of `out/predictions.csv`.',
    );
  });

  test('one group only, for a difference between groups', async () => {
    const rule = { id: 'parity', metric: 'demographic-parity-difference', positive: 'a', group: 'site', max: 0.3 };
    const given = createConfig('binary-classification', {}, [rule]);
    const evidence = await scoreFiles(given, writeRows(['a', 'b'], ['a', 'b'], { site: ['x', 'x'] }));
    expect(findMetric(evidence, 'demographic-parity-difference')).toMatchObject({
      value: null,
      reason: '`site` has 1 group, and a difference needs two',
    });
    expect(evidence.outcome).toBe('pass');
  });

  test('a run that was stopped throws its reason instead', async () => {
    const signal = AbortSignal.abort(new Error('stopped by hand'));
    await expect(scoreFiles(config, rows, { signal })).rejects.toThrow('stopped by hand');
  });

  test('an absolute path of a baseline that is not there names no place of the machine', async () => {
    const evidence = await scoreFiles(config, rows, { predictions: '/nowhere/at/all/base.csv' });
    expect(evidence.reason).toBe('The predictions file `base.csv` cannot be read: there is no such file.');
  });
});

function manyValues(values: number) {
  const same = Array.from({ length: values }, () => 'a');
  return writeRows(same, same, { site: same.map((_, at) => `v${at}`) });
}

function manyClasses(classes: number) {
  const names = Array.from({ length: classes }, (_, at) => `c${at}`);
  return writeRows(names, names);
}
