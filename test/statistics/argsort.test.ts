import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { argsort } from '../../src/statistics/argsort.ts';

function sortStably(values: readonly number[]): number[] {
  return [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
}

describe('argsort', () => {
  test('orders any numbers as a stable sort does', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { maxLength: 200 }), (values) => {
        expect([...argsort(Float64Array.from(values))]).toEqual(sortStably(values));
      }),
    );
  });

  test('keeps the order of equal numbers, and takes 0 for −0', () => {
    expect([...argsort(Float64Array.of(0, -0, 1, 0, -0, -1))]).toEqual([5, 0, 1, 3, 4, 2]);
  });

  test('knows the ends of the doubles', () => {
    const values = [Number.MAX_VALUE, 5e-324, Number.POSITIVE_INFINITY, -5e-324, Number.NEGATIVE_INFINITY, 0];
    expect([...argsort(Float64Array.from(values))]).toEqual(sortStably(values));
  });

  test('sorts nothing, and one number', () => {
    expect([...argsort(new Float64Array(0))]).toEqual([]);
    expect([...argsort(Float64Array.of(7))]).toEqual([0]);
  });
});
