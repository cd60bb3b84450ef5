import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeCountedMedian, computeMedianPlaces } from '../../src/statistics/order-statistics.ts';
import { readOracle } from '../evaluation/averaged/joined.ts';

interface Case {
  readonly n: number;
  readonly tail: number;
  readonly place: number;
}

describe('the places of a median’s limits', () => {
  test.each(readOracle<{ medians: Case[] }>('averaged').medians)(
    'agree with SciPy’s binomial distribution: $n values at $tail',
    ({ n, tail, place }) => {
      const found = computeMedianPlaces(n, tail);
      expect(found).toEqual(place === 0 ? undefined : { low: place, high: n + 1 - place });
    },
  );

  test('lie close to √n / 2 standard errors of many values', () => {
    // 1.959964 by the normal distribution
    const { low = 0 } = computeMedianPlaces(10_000_000, 0.025) ?? {};
    expect((5_000_000 - low) / (Math.sqrt(10_000_000) / 2)).toBeCloseTo(1.96, 2);
  });
});

test('the median of counted values is that of the values, each as often as it counts', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.nat(3)), { minLength: 1 }), (pairs) => {
      const values = Float64Array.from(pairs, ([value]) => value);
      const counts = Float64Array.from(pairs, ([, count]) => count);
      const order = Uint32Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
      const all = pairs.flatMap(([value, count]) => Array.from({ length: count }, () => value)).sort((a, b) => a - b);
      const middle = (all[Math.floor((all.length - 1) / 2)] ?? Number.NaN) + (all[Math.floor(all.length / 2)] ?? 0);
      expect(computeCountedMedian(values, order, counts)).toBe(middle / 2);
    }),
  );
});
