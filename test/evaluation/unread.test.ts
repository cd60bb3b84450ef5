import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createConfig, findMetric, sampleFiles, scoreFiles, writeRows } from './scoring.ts';

const rows = writeRows(['a', 'b', 'a', 'b'], ['a', 'b', 'b', 'b'], {}, { p: [0.9, 0.2, 0.4, 0.1] });

describe('a reported number has no value, with the reason,', () => {
  const path = 'out/metrics.json';
  const config = createConfig('binary-classification', {
    reported: [{ path, metrics: { auc: { key: 'auc', direction: 'higher' } } }],
  });

  test.each([
    [
      'where the file is not there',
      {},
      async () => {},
      /^`out\/metrics\.json`: it cannot be read: there is no such file/,
    ],
    ['where a folder has its name', { 'out/metrics.json/x': '' }, async () => {}, /: it is not a file$/],
    [
      'where it is far too large',
      { [path]: '{"auc": 1}' },
      (folder: string) => truncate(join(folder, path), 16 * 1024 ** 2 + 1),
      /: it has 16777217 bytes; at most 16777216 are read$/,
    ],
  ])('%s', async (_name, files, prepare, reason) => {
    const evidence = await scoreFiles(config, { ...rows, ...files } as Record<string, string>, {}, prepare);
    expect(findMetric(evidence, 'auc')).toMatchObject({ value: null, reason: expect.stringMatching(reason) });
  });
});

test.each([
  ['log-loss', 'binary-classification', 'the predictions have no scores'],
  ['roc-auc', 'binary-classification', 'the predictions have no scores'],
  ['cost', 'binary-classification', '`evaluate.costs` does not say what a mistake costs'],
  ['interval-coverage', 'regression', 'the predictions have no limits'],
] as const)('what %s needs and the files lack is named', async (name, task, reason) => {
  const request = task === 'regression' ? { name } : { name, positive: 'a' };
  const files = task === 'regression' ? writeRows([1, 2], [1, 3]) : rows;
  const found = await sampleFiles(createConfig(task, {}), files, [request]);
  const sample = 'reason' in found ? found : found.samples.find();
  expect('reason' in sample ? sample : sample.estimate(request, 0)).toEqual({ reason });
});

test('one column of scores, and nobody who says of which class', async () => {
  const config = createConfig('binary-classification', {
    predictions: { path: 'out/predictions.csv', id: 'id', prediction: 'predicted', scores: 'p' },
  });
  const found = await sampleFiles(config, rows, [{ name: 'accuracy' }]);
  expect(found).toEqual({ reason: expect.stringContaining('does not say which class it is the probability of') });
});

test('a row far down that is no JSON', async () => {
  const lines = Array.from({ length: 30_000 }, (_, row) => `{"id":"r${row}","predicted":"a"}`);
  const config = createConfig('binary-classification', {
    predictions: { path: 'out/predictions.jsonl', id: 'id', prediction: 'predicted' },
  });
  const evidence = await scoreFiles(config, {
    ...rows,
    'out/predictions.jsonl': `${[...lines, '{"id": broken}'].join('\n')}\n`,
  });
  expect(evidence.outcome).toBe('cannot-measure');
  expect(evidence.reason).toMatch(/cannot be read/);
  expect(evidence.reason).not.toContain('/tmp');
});

test('a class whose name has a character that no file of text has', async () => {
  const config = createConfig('binary-classification', { positive: 'a\0' });
  const found = await sampleFiles(config, rows, [{ name: 'recall', positive: 'a\0' }]);
  expect(found).toEqual({ reason: 'a class of modelgate.yml has a NUL character in its name' });
});
