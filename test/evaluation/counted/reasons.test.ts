import { describe, expect, test } from 'vitest';
import { counted } from '../../../src/evaluation/counted/counted.ts';
import { createPart, describeCells } from './cells.ts';

const TABLE = describeCells(1);
const ONLY_NO = createPart([[0, [0], 5]]);
const ONLY_YES = createPart([
  [1, [1], 3],
  [1, [0], 2],
]);
const NEVER_YES = createPart([
  [0, [0], 5],
  [1, [0], 3],
]);

/** Where scikit-learn puts 0 in the place of 0/0, with a warning, there is a reason and no number. */
describe('a zero denominator is a reason:', () => {
  test.each([
    ['mcc', undefined, ONLY_NO, 'all rows are of one class'],
    ['mcc', undefined, NEVER_YES, 'all rows are predicted as one class'],
    ['cohen-kappa', undefined, ONLY_NO, 'all rows are of one class and are predicted as it'],
    ['precision', 'y', NEVER_YES, 'no row is predicted as `y`'],
    ['precision', 'Y', NEVER_YES, 'no row is predicted as `Y`; the classes found are `n`, `y`'],
    ['recall', 'y', ONLY_NO, 'no row is of the class `y`'],
    ['f1', 'y', ONLY_NO, 'no row is of, or predicted as, `y`'],
    ['f-beta@2', 'y', ONLY_NO, 'no row is of, or predicted as, `y`'],
    ['specificity', 'y', ONLY_YES, 'no row is outside the class `y`'],
    ['specificity', 'Y', ONLY_NO, 'no row is of, or predicted as, `Y`; the classes found are `n`, `y`'],
    ['macro-precision', undefined, NEVER_YES, 'the class `y` is never predicted'],
    ['weighted-precision', undefined, NEVER_YES, 'the class `y` is never predicted'],
    ['macro-recall', undefined, ONLY_YES, 'the class `n` is predicted, and no row is of it'],
    ['balanced-accuracy', undefined, ONLY_YES, 'the class `n` is predicted, and no row is of it'],
  ])('%s of %s', (name, positive, part, reason) => {
    const request = { name, ...(positive === undefined ? {} : { positive }) };
    expect(counted.estimate(part, [request], 0, TABLE)).toEqual([{ reason }]);
  });

  test('but what is defined all the same has its value', () => {
    const values = (part: typeof NEVER_YES, names: readonly string[]) =>
      counted.estimate(
        part,
        names.map((name) => ({ name, positive: 'y' })),
        0,
        TABLE,
      );
    // No row was found of those there are: F1 is 0. A class without rows does not count in a weighted average.
    expect(values(NEVER_YES, ['f1', 'recall', 'specificity'])).toMatchObject([
      { value: 0 },
      { value: 0 },
      { value: 1 },
    ]);
    expect(values(ONLY_YES, ['weighted-precision', 'cohen-kappa'])).toMatchObject([{ value: 1 }, { value: 0 }]);
  });
});

test('a metric that counts do not give is not answered here', () => {
  expect(['accuracy', 'f-beta@2', 'micro-f-beta@0.5', 'cost'].every(counted.answers)).toBe(true);
  expect(['roc-auc', 'log-loss', 'constructor', 'top-k-accuracy@2'].some(counted.answers)).toBe(false);
});
