import { symlink, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createPrediction } from '../support/evidence.ts';
import { createConfig, scoreFiles, writeRows } from './scoring.ts';

const config = createConfig('multiclass-classification', { slices: ['site'] });
const rows = writeRows(['a', 'b', 'a', 'b'], ['a', 'b', 'b', 'b'], { site: ['x', 'x', 'y', ''] });

describe('files that cannot be measured:', () => {
  const single = createConfig('binary-classification', {
    predictions: { path: 'out/predictions.csv', id: 'id', prediction: 'predicted', scores: 'p' },
    positive: 'a',
    metrics: ['log-loss'],
  });
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
      /`out\/predictions.csv` has no rows; 4 ids of `data\/test.csv` have no row/,
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
      'a label column that is written otherwise',
      config,
      { ...rows, 'data/test.csv': labels.replace('label', 'LABLE') },
      /has no column `label` \(labels.label\) – did you mean `LABLE`\?; it has `id`, `LABLE`, `site`/,
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

  test('a run that was stopped throws its reason instead', async () => {
    const signal = AbortSignal.abort(new Error('stopped by hand'));
    await expect(scoreFiles(config, rows, { signal })).rejects.toThrow('stopped by hand');
  });

  test('an absolute path of a baseline that is not there names no place of the machine', async () => {
    const evidence = await scoreFiles(config, rows, { predictions: '/nowhere/at/all/base.csv' });
    expect(evidence.reason).toBe('The predictions file `base.csv` cannot be read: there is no such file.');
  });
});
