import { describe, expect, test } from 'vitest';
import { createConfig, findMetric, scoreFiles } from '../scoring.ts';

const config = createConfig('binary-classification', {
  predictions: { path: 'out/predictions.csv', id: 'id', prediction: 'predicted', scores: 'p' },
  positive: 'yes',
  metrics: ['accuracy', 'recall'],
  'operating-point': { predictions: 'out/validation.csv', labels: 'data/validation.csv', recall: 0.5 },
});
const FILES = {
  'data/validation.csv': 'id,label\nv1,yes\nv2,yes\nv3,no\n',
  'out/validation.csv': 'id,p\nv1,0.8\nv2,0.3\nv3,0.5\n',
  'data/test.csv': 'id,label\nt1,yes\nt2,yes\nt3,no\nt4,no\n',
  // The model's own answers do not count: the threshold of 0.8 parts the rows.
  'out/predictions.csv': 'id,predicted,p\nt1,no,0.8\nt2,yes,0.79\nt3,yes,0.9\nt4,yes,0.1\n',
};

describe('a score at an operating point', () => {
  test('carries the threshold over from the validation rows, and tells it', async () => {
    const evidence = await scoreFiles(config, FILES);
    expect(evidence.operatingPoint).toMatchObject({ threshold: 0.8, achieved: 0.5, rows: 3, positive: 'yes' });
    expect(evidence.confusion).toEqual({
      classes: ['no', 'yes'],
      counts: [
        [1, 1],
        [1, 1],
      ],
    });
    expect(findMetric(evidence, 'recall')).toMatchObject({ value: 0.5, n: 4 });
  });

  test('is none where validation rows judge as well', async () => {
    const evidence = await scoreFiles(config, {
      ...FILES,
      'data/validation.csv': FILES['data/validation.csv'].replace('v2', 't2'),
      'out/validation.csv': FILES['out/validation.csv'].replace('v2', 't2'),
    });
    expect(evidence.outcome).toBe('cannot-measure');
    expect(evidence.reason).toContain('1 id of `data/validation.csv` is in `data/test.csv` too');
    expect(evidence.metrics).toEqual([]);
    expect(evidence.operatingPoint).toBeUndefined();
  });

  test('is none without the validation files', async () => {
    const { 'out/validation.csv': _, ...rest } = FILES;
    const evidence = await scoreFiles(config, rest);
    expect(evidence.outcome).toBe('cannot-measure');
    expect(evidence.reason).toContain('`out/validation.csv` cannot be read: there is no such file');
  });

  test('of a baseline keeps the threshold that the baseline had', async () => {
    const evidence = await scoreFiles(
      config,
      { ...FILES, 'out/base.csv': 'id,predicted,p\nt1,no,0.4\nt2,no,0.3\nt3,no,0.2\nt4,no,0.1\n' },
      { predictions: 'out/base.csv', threshold: 0.3 },
    );
    expect(evidence.operatingPoint).toBeUndefined();
    expect(findMetric(evidence, 'accuracy').value).toBe(1);
  });
});
