import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toDyadic } from '../../src/statistics/dyadic.ts';
import { computeShape } from '../../src/statistics/shape.ts';

/** The shape of values whose mean is 0. */
function shapeOf(values: readonly number[]) {
  const power = (k: number) => toDyadic(values.reduce((sum, value) => sum + value ** k, 0));
  const n = toDyadic(values.length);
  return computeShape(
    {
      units: values.length,
      sums: [n, toDyadic(0), power(2)],
      products: [n, power(1), power(2), power(2), power(3), power(4)],
    },
    1,
    2,
  );
}

describe('the shape of values', () => {
  test('has the skewness and kurtosis of SciPy', () => {
    const shape = shapeOf([-2, -1, -1, 0, 4]);
    // SciPy 1.14: stats.skew(x) and len(x) / stats.kurtosis(x, fisher=False)
    expect(shape?.skewness).toBeCloseTo(1.170158632255954, 12);
    expect(shape?.effective).toBeCloseTo(5 / 2.8305785123966936, 12);
  });

  test('counts the values that matter alike, and turns with them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 1000 }), (pairs, zeros) => {
        const values = Array.from({ length: 2 * pairs + zeros }, (_, at) =>
          at >= 2 * pairs ? 0 : at % 2 === 0 ? 3 : -3,
        );
        expect(shapeOf(values)).toEqual({ skewness: 0, effective: 2 * pairs });
      }),
    );
    const [one, other] = [shapeOf([-1, -1, -1, 3]), shapeOf([1, 1, 1, -3])];
    expect(other?.skewness).toBe(-(one?.skewness ?? Number.NaN));
    expect(other?.effective).toBe(one?.effective);
  });

  test('of clusters whose rows are all alike is that of the clusters', () => {
    // Three rows each: x = 3z and q = 3z², whose products are 9z², 9z³ and 9z⁴.
    const [z2, z3, z4] = [2, 3, 4].map((k) => [-2, -1, -1, 0, 4].reduce((sum, z) => sum + z ** k, 0)) as [
      number,
      number,
      number,
    ];
    const sums = [15, 0, 3 * z2].map(toDyadic);
    const products = [45, 0, 9 * z2, 9 * z2, 9 * z3, 9 * z4].map(toDyadic);
    expect(computeShape({ units: 5, sums, products }, 1, 2)).toEqual(shapeOf([-2, -1, -1, 0, 4]));
  });

  test('is that of values of any scale', () => {
    const [one, tiny] = [
      [-1, -1, 2],
      [-1e-70, -1e-70, 2e-70],
    ].map(shapeOf);
    expect(tiny?.skewness).toBeCloseTo(one?.skewness ?? Number.NaN, 12);
  });

  test('of values that do not vary is not there', () => {
    expect(shapeOf([0, 0, 0])).toBeUndefined();
  });
});
