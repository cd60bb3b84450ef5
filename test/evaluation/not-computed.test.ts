import { describe, expect, test } from 'vitest';
import { renderKnownClasses } from '../../src/evaluation/class-names.ts';
import { createConfig, findMetric, scoreFiles, writeRows } from './scoring.ts';

const config = createConfig('multiclass-classification', { slices: ['site'] });
const rows = writeRows(['a', 'b', 'a', 'b'], ['a', 'b', 'b', 'b'], { site: ['x', 'x', 'y', ''] });

describe('rows from which nothing can be computed:', () => {
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
      'a label without a prediction',
      config,
      { ...rows, 'out/predictions.csv': 'id,predicted\nr0,a\nr1,b\nr2,b\n' },
      /^1 id of `data\/test.csv` has no row in `out\/predictions.csv`\.$/,
    ],
    [
      'a prediction without a label',
      config,
      { ...rows, 'out/predictions.csv': `${predictions}r9,a\n` },
      /^1 id of `out\/predictions.csv` is not in `data\/test.csv`\.$/,
    ],
    [
      'a doubled id of a prediction',
      config,
      { ...rows, 'out/predictions.csv': `${predictions}r1,a\n` },
      /^1 id stands more than once in `out\/predictions.csv`\.$/,
    ],
    [
      'a doubled id of a label',
      config,
      { ...rows, 'data/test.csv': `${labels}r1,a,x\n` },
      /^1 id stands more than once in `data\/test.csv`\.$/,
    ],
    [
      'an empty id',
      config,
      { ...rows, 'data/test.csv': `${labels},a,x\n` },
      /1 row of `data\/test.csv` has an empty id/,
    ],
    [
      'an empty id of a prediction',
      config,
      { ...rows, 'out/predictions.csv': `${predictions},a\n` },
      /1 row of `out\/predictions.csv` has an empty id/,
    ],
    [
      'an empty label',
      config,
      { ...rows, 'data/test.csv': labels.replace('r0,a', 'r0,') },
      /1 row of `data\/test.csv` has an empty label/,
    ],
    [
      'an empty prediction',
      config,
      { ...rows, 'out/predictions.csv': predictions.replace('r0,a', 'r0,') },
      /1 row of `out\/predictions.csv` has an empty prediction/,
    ],
    [
      'a label that is not a number',
      regression,
      writeRows([1, 'two', 3], [1, 2, 3]),
      /1 row of `data\/test.csv` has a label that is not a number/,
    ],
    [
      'predictions that are not numbers',
      regression,
      writeRows([1, 2, 3, 4, 5], ['nan', 'inf', '1_000', ' 4 ', '1e200']),
      /5 rows of `out\/predictions.csv` have a prediction that is not a number/,
    ],
    [
      'scores outside 0 to 1',
      single,
      writeRows(['a', 'b'], ['a', 'b'], {}, { p: [1.1, -0.1] }),
      /2 rows of `out\/predictions.csv` have a score that is not a number from 0 to 1/,
    ],
    [
      'a score that is no number',
      single,
      writeRows(['a', 'b'], ['a', 'b'], {}, { p: ['high', 0.2] }),
      /1 row of `out\/predictions.csv` has a score/,
    ],
    [
      'scores that do not add up',
      mapped,
      writeRows(['a', 'b'], ['a', 'b'], {}, { pa: [0.9, 0.5], pb: [0.1, 0.4] }),
      /1 row of `out\/predictions.csv` has scores that do not add up to 1 within 0.001/,
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
      /`positive` is `A`, and the classes are `a`, `b`: name the one/,
    ],
    [
      'three classes in a binary task',
      createConfig('binary-classification', {}),
      writeRows(['a', 'b', 'c'], ['a', 'b', 'c']),
      /a binary classification has two classes, and there are 3/i,
    ],
    [
      'classes that are written in another way',
      config,
      writeRows([0, 1, 1], ['0.0', '1.0', '1.0'], { site: ['x', 'x', 'y'] }),
      /no predicted class is a class of the labels, which must be written alike: predicted `0.0`, `1.0`; labels `0`, `1`/i,
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
      /`macro-precision` cannot be measured: the class `b` is never predicted/,
    ],
    [
      'a class that is in no label, for a recall',
      createConfig('multiclass-classification', { metrics: ['balanced-accuracy'] }),
      writeRows(['a', 'a'], ['a', 'b']),
      /`balanced-accuracy` cannot be measured: the class `b` is predicted, and no row is of it/,
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
    [
      'a positive class that no row has',
      createConfig('binary-classification', { positive: 'Yes', metrics: ['recall'] }),
      writeRows(['yes', 'no'], ['yes', 'no']),
      /`recall` cannot be measured: no row is of the class `Yes`; the classes found are `no`, `yes`/,
    ],
  ])('%s', async (_name, given, files, reason) => {
    const evidence = await scoreFiles(given, files as Record<string, string>);
    expect(evidence.outcome).toBe('cannot-measure');
    expect(evidence.reason).toMatch(new RegExp(reason.source, 'i'));
    expect(evidence.reason).toMatch(/^[A-Z`0-9].*[.?]$/s);
  });

  test('a class that no row has is told with at most five of those that rows have', () => {
    expect(renderKnownClasses('Yes', ['a', 'b', 'c', 'd', 'e', 'f', 'g'])).toBe(
      '; the classes found are `a`, `b`, `c`, `d`, `e`, and 2 more',
    );
    expect(renderKnownClasses('a', ['a', 'b'])).toBe('');
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
});

function manyValues(values: number) {
  const same = Array.from({ length: values }, () => 'a');
  return writeRows(same, same, { site: same.map((_, at) => `v${at}`) });
}

function manyClasses(classes: number) {
  const names = Array.from({ length: classes }, (_, at) => `c${at}`);
  return writeRows(names, names);
}
