import { describe, expect, test } from 'vitest';
import type { CountedPart } from '../../../src/evaluation/counted/counted.ts';
import { fairness } from '../../../src/evaluation/fairness/fairness.ts';
import type { MetricRequest } from '../../../src/evaluation/requests.ts';
import { createPart, describeCells } from '../counted/cells.ts';

const TABLE = describeCells(1);
const PAIR = describeCells(2);

/** Rows of one group as rates are computed from: hits, missed, wrongly selected, rightly left out. */
function createGroup(tp: number, fn: number, fp: number, tn: number): CountedPart {
  return createPart(
    [
      [1, [1], tp],
      [1, [0], fn],
      [0, [1], fp],
      [0, [0], tn],
    ].filter(([, , count]) => (count as number) > 0) as never,
  );
}

function ask(name: string): MetricRequest {
  return { name, positive: 'y', group: 'sex' };
}

function estimate(groups: Readonly<Record<string, CountedPart>>, name: string) {
  return fairness.estimateGroups(new Map(Object.entries(groups)), ask(name), 0, TABLE);
}

/** The rows of fairlearn's user guide, "Common fairness metrics", by its groups. */
function readGuide(): Record<string, CountedPart> {
  const truth = [0, 1, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1];
  const answers = [0, 0, 1, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 0];
  const groups = [...'bbabbcccaacabccbcc'];
  return Object.fromEntries(
    ['a', 'b', 'c'].map((name) => [
      name,
      createPart(groups.flatMap((group, row) => (group === name ? [[truth[row], [answers[row]], 1] as never] : []))),
    ]),
  );
}

describe('on the rows of fairlearn’s user guide', () => {
  test.each([
    // The guide's own outputs: demographic_parity_difference, …_ratio, equalized_odds_difference, …_ratio
    ['demographic-parity-difference', 0.25],
    ['demographic-parity-ratio', 2 / 3],
    ['equalized-odds-difference', 1],
    ['equalized-odds-ratio', 0],
    // By hand: recall .5, .6, .4; precision 1/3, 1, 1/2
    ['equal-opportunity-difference', 0.2],
    ['equal-opportunity-ratio', 2 / 3],
    ['predictive-parity-difference', 2 / 3],
    ['predictive-parity-ratio', 1 / 3],
  ])('%s is %d', (name, value) => {
    expect(estimate(readGuide(), name)).toMatchObject({ value: expect.closeTo(value, 14), n: 4 });
  });
});

describe('limits between groups', () => {
  const groups = { f: createGroup(80, 20, 30, 170), m: createGroup(150, 50, 20, 280) };

  test.each(
    ['difference', 'ratio'].flatMap((kind) =>
      ['demographic-parity', 'equalized-odds', 'equal-opportunity', 'predictive-parity'].map(
        (base) => `${base}-${kind}`,
      ),
    ),
  )('of %s lie around the value and inside 0 to 1', (name) => {
    const found = estimate(groups, name);
    if ('reason' in found) throw new Error(found.reason);
    const limits = found.computeLimits(0.025);
    if ('reason' in limits) throw new Error(limits.reason);
    expect(found.method).toBe(name.endsWith('ratio') ? 'mover-ratio' : 'newcombe');
    expect(found.n).toBe(300);
    expect(limits.low).toBeGreaterThanOrEqual(0);
    expect(limits.low).toBeLessThan(found.value);
    expect(limits.high).toBeGreaterThan(found.value);
    expect(limits.high).toBeLessThanOrEqual(1);
  });

  test('of a difference of two shares come near to those of two independent shares', () => {
    const found = estimate(groups, 'demographic-parity-difference');
    if ('reason' in found) throw new Error(found.reason);
    // 110 of 300 less 170 of 500: 1.96 standard errors of a difference of two means
    const error = Math.sqrt(((11 / 30) * (19 / 30)) / 300 + (0.34 * 0.66) / 500);
    const limits = found.computeLimits(0.025);
    if ('reason' in limits) throw new Error(limits.reason);
    expect(found.value).toBeCloseTo(110 / 300 - 170 / 500, 14);
    expect(limits.high).toBeCloseTo(found.value + 1.96 * error, 1);
  });

  test('of a tolerance in percent are a reason where no row differs', () => {
    const part = (right: number) =>
      createPart([
        [1, [1, 1], right],
        [1, [0, 0], 40],
        [0, [0, 0], 200],
        [0, [1, 1], 20],
      ]);
    const both = new Map([
      ['f', part(80)],
      ['m', part(160)],
    ]);
    const contrast = (factor: number) => {
      const found = fairness.contrastGroups(both, ask('equal-opportunity-difference'), factor, PAIR);
      if ('reason' in found) throw new Error(found.reason);
      return found;
    };
    expect(contrast(0.9).value).not.toBe(0);
    expect(contrast(0.9).computeLimits(0.05)).toEqual(contrast(1).computeLimits(0.05));
    expect(contrast(0.9).computeLimits(0.05)).toHaveProperty('reason');
  });

  test('of a comparison with a baseline rest on the same rows', () => {
    const part = (better: number) =>
      createPart([
        [1, [1, 1], 80],
        [1, [1, 0], better],
        [1, [0, 0], 40],
        [0, [0, 0], 200],
        [0, [0, 1], 15],
        [0, [1, 1], 20],
      ]);
    const both = new Map([
      ['f', part(10)],
      ['m', part(50)],
    ]);
    const found = fairness.contrastGroups(both, ask('equal-opportunity-difference'), 1, PAIR);
    if ('reason' in found) throw new Error(found.reason);
    // Recall 90/130 and 130/170, of the baseline 80/130 and 80/170
    expect(found.value).toBeCloseTo(130 / 170 - 90 / 130 - (80 / 130 - 80 / 170), 14);
    const limits = found.computeLimits(0.025);
    expect('low' in limits && limits.low < found.value && found.value < limits.high).toBe(true);
  });

  test('of clusters that have rows in several groups hold the clusters together', () => {
    // Forty households, each with one row of either group, alike in both: the groups never differ.
    const create = () => ({
      rows: 40,
      n: 40,
      kinds: [0, 1].map((answer) => ({
        entries: [{ truth: 1, answers: [answer], mass: 1 }],
        count: 20,
        owners: Array.from({ length: 20 }, (_, at) => 2 * at + answer),
      })),
    });
    const table = { ...TABLE, clustered: true };
    const found = fairness.estimateGroups(
      new Map([
        ['f', create()],
        ['m', create()],
      ]),
      ask('equal-opportunity-difference'),
      0,
      table,
    );
    expect(found).toMatchObject({ value: 0, n: 40, method: 'bca-cluster-bootstrap' });
    expect('computeLimits' in found && found.computeLimits(0.025)).toEqual({ reason: 'the resamples do not vary' });
  });
});

describe('cannot be measured:', () => {
  const sound = createGroup(10, 10, 10, 10);

  test.each([
    [
      'a group without positives',
      createGroup(0, 0, 10, 10),
      'equal-opportunity-difference',
      'the group `m` of `sex` has no row of the class `y`',
    ],
    [
      'a group without positives',
      createGroup(0, 0, 10, 10),
      'equalized-odds-ratio',
      'the group `m` of `sex` has no row of the class `y`',
    ],
    [
      'a group without negatives',
      createGroup(5, 5, 0, 0),
      'equalized-odds-difference',
      'the group `m` of `sex` has no row outside the class `y`',
    ],
    [
      'a group of which nobody is selected',
      createGroup(0, 5, 0, 5),
      'predictive-parity-difference',
      'the group `m` of `sex` has no row that is predicted as `y`',
    ],
  ])('%s', (_name, group, name, reason) => {
    expect(estimate({ f: sound, m: group }, name)).toEqual({ reason });
  });

  test('several such groups, all by name', () => {
    const lacking = createGroup(0, 0, 10, 10);
    const many = Object.fromEntries(Array.from({ length: 7 }, (_, at) => [`g${at}`, lacking]));
    expect(estimate({ sound, ...many }, 'equal-opportunity-ratio')).toEqual({
      reason: 'the groups `g0`, `g1`, `g2`, `g3`, `g4`, and 2 more of `sex` have no row of the class `y`',
    });
  });

  test('a ratio of nothing to nothing, which is no sign of equality', () => {
    const none = createGroup(0, 10, 0, 10);
    expect(estimate({ f: none, m: none }, 'demographic-parity-ratio')).toEqual({
      reason: 'no group of `sex` has a row that is predicted as `y`, and 0 over 0 is no ratio',
    });
    expect(estimate({ f: none, m: none }, 'demographic-parity-difference')).toMatchObject({ value: 0 });
    const never = createGroup(5, 5, 0, 10);
    expect(estimate({ f: never, m: never }, 'equalized-odds-ratio')).toEqual({
      reason: 'no group of `sex` has a row that is wrongly predicted as `y`, and 0 over 0 is no ratio',
    });
  });

  test('fewer than two groups', () => {
    expect(estimate({ f: sound }, 'demographic-parity-difference')).toEqual({
      reason: '`sex` has 1 group, and a difference needs two',
    });
    expect(estimate({}, 'demographic-parity-ratio')).toEqual({ reason: '`sex` has no groups, and a ratio needs two' });
  });

  test('a positive class that no row knows', () => {
    const found = fairness.estimateGroups(
      new Map([
        ['f', sound],
        ['m', sound],
      ]),
      { ...ask('equalized-odds-ratio'), positive: 'Y' },
      0,
      TABLE,
    );
    expect(found).toEqual({ reason: 'no row is of, or predicted as, `Y`; the classes found are `n`, `y`' });
  });

  test('a comparison of which one side has no value', () => {
    const none = createPart([
      [1, [0, 1], 5],
      [0, [0, 0], 5],
    ]);
    const both = new Map([
      ['f', none],
      ['m', none],
    ]);
    expect(fairness.contrastGroups(both, ask('predictive-parity-ratio'), 1, PAIR)).toEqual({
      reason: 'of the candidate, the groups `f`, `m` of `sex` have no row that is predicted as `y`',
    });
  });
});

test('a metric that is not between groups is not answered here', () => {
  expect(['demographic-parity-difference', 'equalized-odds-ratio'].every(fairness.answers)).toBe(true);
  expect(['accuracy', 'calibration-difference', 'constructor-ratio'].some(fairness.answers)).toBe(false);
});
