import { describe, expect, test } from 'vitest';
import {
  computeBcaShares,
  computeBias,
  computeExpandedDistance,
  computeInfluence,
  computeOuterShares,
} from '../../src/statistics/bca.ts';

describe('the bias correction', () => {
  test('counts draws equal to the estimate half', () => {
    // Φ⁻¹((1 + 2/2) / 5) = Φ⁻¹(0.4)
    expect(computeBias(Float64Array.of(1, 2, 2, 3, 4), 2)).toBeCloseTo(-0.2533471031357997, 12);
    expect(computeBias(Float64Array.of(1, 2, 3, 4, 5), 3)).toBe(0);
  });

  test('is infinite outside all draws', () => {
    expect(computeBias(Float64Array.of(1, 2), 0)).toBe(Number.NEGATIVE_INFINITY);
    expect(computeBias(Float64Array.of(1, 2), 3)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('the acceleration', () => {
  // By hand: the deviations from the mean are −3, −2, −1, 0 and 6.
  const values = [1, 2, 3, 4, 10];
  const withoutOne = values.map((value) => (20 - value) / 4);

  test('of a mean is a sixth of the skewness over √n', () => {
    const { acceleration } = computeInfluence([1, 1, 1, 1, 1], withoutOne);
    expect(acceleration).toBeCloseTo(180 / (6 * 50 ** 1.5), 12);
  });

  test('is the same whether units are told apart or counted', () => {
    const single = computeInfluence([1, 1, 1, 1], [0.2, 0.2, 0.2, 0.9]);
    const counted = computeInfluence([3, 0, 1], [0.2, 77, 0.9]);
    expect(counted.acceleration).toBeCloseTo(single.acceleration, 12);
    expect(counted.effective).toBeCloseTo(single.effective, 12);
    expect(counted.freedom).toBeCloseTo(single.freedom, 12);
  });

  test('is 0 where no unit matters, and NaN where one decides whether there is a value', () => {
    expect(computeInfluence([5, 5], [1, 1])).toEqual({ acceleration: 0, effective: 0, freedom: 1 });
    expect(computeInfluence([5, 1], [1, Number.NaN]).acceleration).toBeNaN();
  });
});

describe('the units that matter', () => {
  test('are all of them where they matter alike', () => {
    const { effective, freedom } = computeInfluence([50, 50], [0.49, 0.51]);
    expect(effective).toBeCloseTo(100, 8);
    expect(freedom).toBe(99);
  });

  test('are about as many as the rare ones where those decide', () => {
    const { effective } = computeInfluence([7, 100_000], [0.9, 1]);
    expect(effective).toBeCloseTo(7, 2);
  });
});

describe('the shares of the resamples', () => {
  test('are the tails where nothing is biased or skewed', () => {
    const { low, high } = computeBcaShares(0, 0, 1.959963984540054);
    expect(low).toBeCloseTo(0.025, 12);
    expect(high).toBeCloseTo(0.975, 12);
  });

  test('are those of the formula', () => {
    // Φ(0.1 + (0.1 ∓ 1.96) / (1 − 0.05 (0.1 ∓ 1.96))) by scipy 1.14.1, norm.cdf
    const { low, high } = computeBcaShares(0.1, 0.05, 1.959963984540054);
    expect(low).toBeCloseTo(0.05461007689835953, 10);
    expect(high).toBeCloseTo(0.9917237368688839, 10);
  });

  test('are never narrower than the percentiles', () => {
    const corrected = computeBcaShares(-0.7, 0, 1.959963984540054);
    expect(corrected.high).toBeLessThan(0.8);
    const outer = computeOuterShares(-0.7, 0, 1.959963984540054);
    expect(outer.low).toBe(corrected.low);
    expect(outer.high).toBeCloseTo(0.975, 12);
  });

  test('are an end where the transformation has one', () => {
    expect(computeBcaShares(0, 0.5, 3).high).toBe(1);
    expect(computeBcaShares(0, -0.5, 3).low).toBe(0);
    expect(computeBcaShares(Number.NEGATIVE_INFINITY, 0, 2)).toEqual({ low: 0, high: 0 });
  });
});

test('few units keep a limit further away', () => {
  // scipy 1.14.1, t.ppf(0.975, 9) = 2.2621571627982; times √(10/9)
  expect(computeExpandedDistance(10, 9, 0.025)).toBeCloseTo(2.2621571627982 * Math.sqrt(10 / 9), 10);
  expect(computeExpandedDistance(1e9, 1e9, 0.025)).toBeCloseTo(1.959963984540054, 6);
});
