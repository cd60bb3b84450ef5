import { expect, test } from 'vitest';
import { findClassFault } from '../../src/evaluation/classes.ts';
import { explainMeasure, findMeasure } from '../../src/evaluation/fairness/measures.ts';
import { boundChange } from '../../src/evaluation/fairness/pairs.ts';
import { chooseThreshold } from '../../src/evaluation/operating-point/threshold.ts';
import { createMedianBootstrap } from '../../src/evaluation/ordered/median-bootstrap.ts';
import { parseTree } from '../../src/evaluation/reported/document.ts';
import { judgeNothing } from '../../src/gate/point-judgement.ts';
import { poolPoints } from '../../src/gate/pooling.ts';
import { limitDifference, limitShare } from '../../src/statistics/influence-limits.ts';
import { computeMeanLimits } from '../../src/statistics/mean-limits.ts';
import { computeWelchLimits } from '../../src/statistics/unpaired.ts';

const SPREAD = { units: 100, variance: 0.01, effective: 100, freedom: 99, skewness: 0 };
const FREE = { ...SPREAD, variance: 1e30, effective: 1e9, freedom: 1 };
const ONE = { n: 1, mean: 3, variance: undefined };
const SAME = { n: 9, mean: 3, variance: 0 };
const COSTS = { truePositive: 0, falseNegative: 1, falsePositive: 1, trueNegative: 0 };
const WEIGHTLESS = [{ score: 0.5, positives: 0, negatives: 0 }];

/** The medians of a thousand rows, of which few differ, and of two thousand, of which all do. */
const ALIKE = createMedianBootstrap(
  fill(1000, (row) => (row < 10 ? 2 : 1)),
  1,
);
const APART = createMedianBootstrap(
  fill(2000, (row) => row + 1),
  1,
);

function fill(rows: number, second: (row: number) => number) {
  const places = Float64Array.from({ length: rows }, (_, row) => row);
  return { first: places.map((row) => (second(0) === 1 ? row : 1)), second: places.map(second) };
}

test.each([
  ['of a place at the end of its range', limitShare(1, SPREAD, 0.05), 'it lies at the end of its range'],
  ['at an error that no t reaches', limitDifference(0, FREE, 1e-299), 'too few of the rows matter to it'],
  ['of a mean of one row', computeMeanLimits(ONE, 0.05), 'a mean needs two rows for limits'],
  ['of a mean of equal rows', computeMeanLimits(SAME, 0.05), 'the rows do not vary'],
  ['of a mean less that of one row', computeWelchLimits(SAME, ONE, 0.05), 'a mean needs two rows for limits'],
  ['of two means of equal rows', computeWelchLimits(SAME, SAME, 0.05), 'the rows do not vary'],
  ['of medians that no resample moves', ALIKE(0.025), 'the resamples do not vary'],
  ['of medians at a tiny error', APART(1e-9), 'more than 20000 resamples would be needed for so small an error'],
  [
    'of groups of which none can be the furthest apart',
    boundChange(() => ({ low: 0, high: 0 }), 3, 1, 0.05),
    'no two groups are the furthest apart',
  ],
])('there are no limits %s, and the reason is told', (_name, limits, reason) => {
  expect(limits).toEqual({ reason });
});

test.each([
  [
    'for a recall that not even all rows have',
    chooseThreshold([{ score: 0.5, positives: 1, negatives: 1 }], { recall: 1.01 }),
    'no threshold has this recall',
  ],
  ['for a cost of rows that weigh nothing', chooseThreshold(WEIGHTLESS, { costs: COSTS }), 'the rows weigh nothing'],
  [
    'for a precision of rows that weigh nothing',
    chooseThreshold(WEIGHTLESS, { precision: 0.5 }),
    'the rows weigh nothing',
  ],
])('there is no threshold %s', (_name, chosen, reason) => {
  expect(chosen).toEqual({ reason });
});

const NOBODY = { positives: 0, negatives: 0, selected: 0, hits: 0 };
const MISSED = { positives: 4, negatives: 5, selected: 2, hits: 0 };
const CLEAN = { positives: 4, negatives: 5, selected: 3, hits: 3 };

test.each([
  ['demographic-parity-difference', NOBODY, 'the group `one` of `sex` has no row that weighs anything'],
  ['equal-opportunity-difference', { ...NOBODY, negatives: 1 }, 'the group `one` of `sex` has no row of the class `y`'],
  [
    'equalized-odds-difference',
    { ...NOBODY, positives: 1 },
    'the group `one` of `sex` has no row outside the class `y`',
  ],
  [
    'predictive-parity-difference',
    { ...NOBODY, positives: 1 },
    'the group `one` of `sex` has no row that is predicted as `y`',
  ],
])('a group without what %s is of has no number, neither 0 nor 1', (name, one, reason) => {
  const measure = findMeasure(name);
  if (!measure) throw new Error('there is no such measure');
  expect(
    explainMeasure(
      measure,
      new Map([
        ['one', one],
        ['other', CLEAN],
      ]),
      'sex',
      'y',
    ),
  ).toBe(reason);
});

test.each([
  ['demographic-parity-ratio', { ...MISSED, selected: 0 }, 'a row that is predicted as `y`'],
  ['equal-opportunity-ratio', MISSED, 'a row that is rightly predicted as `y`'],
  ['predictive-parity-ratio', MISSED, 'a row that is rightly predicted as `y`'],
  ['equalized-odds-ratio', CLEAN, 'a row that is wrongly predicted as `y`'],
])('%s of groups that all have 0 is no ratio', (name, group, lacking) => {
  const measure = findMeasure(name);
  if (!measure) throw new Error('there is no such measure');
  const groups = new Map([
    ['one', group],
    ['other', group],
  ]);
  const reason = `no group of \`sex\` has ${lacking}, and 0 over 0 is no ratio`;
  expect(explainMeasure(measure, groups, 'sex', 'y')).toBe(reason);
});

test('a third class, where thresholds choose between two, is refused', () => {
  const classes = ['a', 'b', 'c'].map((name) => ({ name, inLabels: true, inAnswers: [false, false] }));
  const threshold = { positive: 'a', negative: 'b', threshold: 0.5 };
  const sides = [{ threshold }] as unknown as Parameters<typeof findClassFault>[1]['sides'];
  expect(findClassFault(classes, { task: 'binary-classification', scores: undefined, sides })).toBe(
    'a binary classification has two classes, and there are 3: `a`, `b`, `c`',
  );
});

test.each([
  ['a: [1', 'yaml', /^it is not YAML: [A-Z]/],
  [`a: ${'x'.repeat(2 * 1024 ** 2)}`, 'yaml', /^it has more than 2097152 characters of YAML$/],
  ['a: &b {c: 1}\nd: *b', 'yaml', /^it uses aliases of YAML, which are not followed$/],
  ['plain', 'json', /^it is not JSON$/],
  ['7', 'json', /^it holds no names and numbers$/],
] as const)('%.9s… as %s holds no reported number', (text, format, reason) => {
  expect(parseTree(text, format)).toEqual({ reason: expect.stringMatching(reason) });
});

test('without anything to compare with, and without rows to pool, the gate cannot measure', () => {
  expect(judgeNothing(undefined)).toMatchObject({
    outcome: 'cannot-measure',
    reason: 'there is no baseline to compare with',
  });
  expect(poolPoints('accuracy', [{ n: 0, value: 0.5 }], false)).toEqual({ n: 0, reason: 'there are no rows' });
});
