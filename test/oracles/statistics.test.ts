import { describe, expect, test } from 'vitest';
import { type Claim, isBadAt } from '../../src/gate/claims.ts';
import { findHolmError } from '../../src/gate/holm-error.ts';
import { computeLowerTail, computeUpperTail } from '../../src/statistics/binomial-tail.ts';
import { computeClopperPearsonLimits } from '../../src/statistics/clopper-pearson.ts';
import { adjustBenjaminiHochberg } from '../../src/statistics/false-discovery.ts';
import type { Limits, NoLimits } from '../../src/statistics/limits.ts';
import { computeMcNemar } from '../../src/statistics/mcnemar.ts';
import { computeMeanLimits } from '../../src/statistics/mean-limits.ts';
import { computeNormalTail, findNormalLimit } from '../../src/statistics/normal.ts';
import { computeTangoLimits } from '../../src/statistics/tango.ts';
import { computeDifferenceTail } from '../../src/statistics/trinomial-tail.ts';
import { computeNewcombeLimits, computeWelchLimits } from '../../src/statistics/unpaired.ts';
import { computeWilsonLimits } from '../../src/statistics/wilson.ts';
import { finish } from '../gate/steps.ts';
import oracle from './fixtures/statistics.json' with { type: 'json' };

/** The share of the expected number by which ours may differ, and the amount where that is 0. */
const AGREEMENT = 1e-9;

function expectClose(found: number, expected: number): void {
  expect(Math.abs(found - expected), `${found} is not ${expected}`).toBeLessThanOrEqual(
    AGREEMENT * Math.abs(expected) + Number.MIN_VALUE,
  );
}

/** Limits around 0 may lose digits to the subtraction that makes them. */
function expectLimits(found: Limits | NoLimits, [low = Number.NaN, high = Number.NaN]: readonly number[]): void {
  if ('reason' in found) throw new Error(found.reason);
  expect(Math.abs(found.low - low), `${found.low} is not ${low}`).toBeLessThanOrEqual(AGREEMENT);
  expect(Math.abs(found.high - high), `${found.high} is not ${high}`).toBeLessThanOrEqual(AGREEMENT);
}

function describeRows(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { n: values.length, mean, variance };
}

/** Whether Holm's steps at this error reject one of some tests: claims that limits find bad from an error of their p-value on. */
function isRejected(pValues: readonly number[], place: number, error: number): boolean {
  const claims = pValues.map((p): Claim => {
    const computeLimits = (tail: number) => ({ low: 0, high: tail >= p ? 0.8 : 1 });
    return { line: { end: 'low', at: 0.9, strict: false }, estimate: { value: 0.7, n: 1, method: '', computeLimits } };
  });
  const [own] = claims.slice(place);
  return own !== undefined && isBadAt(own, finish(findHolmError(claims, error)));
}

describe('SciPy and statsmodels agree with', () => {
  test.each(oracle.normal)('the normal limit at $tail: norm.isf', ({ tail, z }) => {
    expectClose(findNormalLimit(tail), z);
    expectClose(computeNormalTail(z), tail);
    if (tail >= 0.05) expectClose(findNormalLimit(1 - tail), -z);
  });

  test.each(oracle.binomial)('the tails of $x in $n at $p: binom.sf, binom.cdf', ({ x, n, p, upper, lower }) => {
    expectClose(computeUpperTail(x, n, p), upper);
    expectClose(computeLowerTail(x, n, p), lower);
  });

  test.each(oracle.proportions)(
    'the limits of $x in $n at $tail: proportion_confint',
    ({ x, n, tail, wilson, exact }) => {
      expectLimits(computeWilsonLimits(x, n, tail), wilson);
      expectLimits(computeClopperPearsonLimits(x, n, tail), exact);
    },
  );

  test.each(oracle.mcnemar)(
    'the test of $b against $c: mcnemar(exact=True), binom',
    ({ b, c, twoSided, above, below }) => {
      const sign = computeMcNemar(b, c);
      expectClose(sign.above, above);
      expectClose(sign.below, below);
      expectClose(Math.min(1, 2 * sign.above, 2 * sign.below), twoSided);
    },
  );

  test.each(oracle.trinomial)('the sum over a trinomial from $s on', ({ s, n, p, q, tail }) => {
    expectClose(computeDifferenceTail(s, n, p, q), tail);
  });

  test.each(oracle.unpaired)('the hybrid score limits at $tail: confint_proportions_2indep("newcomb")', (of) => {
    expectLimits(computeNewcombeLimits(of.x1, of.n1, of.x2, of.n2, of.tail), [of.low, of.high]);
  });

  test.each(oracle.means)('the t limits at $tail: ttest_1samp, ttest_rel, ttest_ind(equal_var=False)', (of) => {
    const first = Array.from({ length: 50 }, (_, i) => ((37 * i) % 101) / 10);
    const second = Array.from({ length: 20 }, (_, i) => ((53 * i) % 97) / 9 + 0.3);
    const differences = second.map((value, i) => (first[i] ?? Number.NaN) - value);
    expectLimits(computeMeanLimits(describeRows(first), of.tail), of.mean);
    expectLimits(computeWelchLimits(describeRows(first), describeRows(second), of.tail), of.welch);
    expectLimits(computeMeanLimits(describeRows(differences), of.tail), of.paired);
  });

  test.each(oracle.corrections)('the corrections of $p: multipletests', ({ p, holm, benjaminiHochberg }) => {
    for (const [place, adjusted] of holm.entries()) {
      if (adjusted > 0) expect(isRejected(p, place, adjusted * (1 - AGREEMENT))).toBe(false);
      if (adjusted < 0.5) expect(isRejected(p, place, adjusted * (1 + AGREEMENT) + Number.MIN_VALUE)).toBe(true);
    }
    for (const [place, value] of adjustBenjaminiHochberg(p).entries()) {
      expectClose(value, benjaminiHochberg[place] ?? Number.NaN);
    }
  });
});

describe('Tango’s limits', () => {
  // The search for the most likely share of disagreement, by which the oracle avoids the formula, is exact to 1e−8.
  test.each(oracle.tango)('of $b and $c in $n at $tail are where the score statistic of the likelihood is z', (of) => {
    const found = computeTangoLimits({ onlyFirst: of.b, onlySecond: of.c, n: of.n }, of.tail);
    expect(Math.abs(found.low - of.low)).toBeLessThan(1e-8);
    expect(Math.abs(found.high - of.high)).toBeLessThan(1e-8);
  });

  test('are those of published work', () => {
    // Fagerland, Lydersen, Laake, Statistical Analysis of Contingency Tables (2017), §8.6, airway hyper-responsiveness
    // before and after a transplantation: 1, 1, 7, 12 of 21.
    const airways = computeTangoLimits({ onlyFirst: 1, onlySecond: 7, n: 21 }, 0.025);
    expect(airways.low).toBeCloseTo(-0.517, 3);
    expect(airways.high).toBeCloseTo(-0.026, 3);
  });
});
