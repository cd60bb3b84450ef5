import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDyadic,
  type Dyadic,
  divideDyadic,
  multiplyDyadic,
  negateDyadic,
  rootDyadic,
  roundDyadic,
  toDyadic,
} from '../../src/statistics/dyadic.ts';
import {
  combineSums,
  computeStandardError,
  findPair,
  mergeSums,
  type VectorSums,
} from '../../src/statistics/vector-sums.ts';

/** The sums of whole units, each a list of numbers. */
function addUp(units: readonly (readonly number[])[]): VectorSums {
  const size = units[0]?.length ?? 0;
  const places = Array.from({ length: size }, (_, at) => at);
  const exact = (unit: readonly number[], at: number) => toDyadic(unit[at] ?? 0);
  const total = (compute: (unit: readonly number[]) => Dyadic) => units.map(compute).reduce(addDyadic, toDyadic(0));
  return {
    units: units.length,
    sums: places.map((i) => total((unit) => exact(unit, i))),
    products: places.flatMap((i) =>
      places.slice(i).map((j) => total((unit) => multiplyDyadic(exact(unit, i), exact(unit, j)))),
    ),
  };
}

const whole = fc.integer({ min: -1000, max: 1000 });
const units = fc.array(fc.tuple(whole, whole, whole), { minLength: 2, maxLength: 12 });

describe('numbers without rounding', () => {
  test('are what they were, whatever double it is', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(roundDyadic(toDyadic(value)) + 0).toBe(value + 0);
      }),
    );
    expect(() => toDyadic(Number.NaN)).toThrow('not a finite number');
  });

  test('lose nothing where doubles do', () => {
    const sum = addDyadic(addDyadic(toDyadic(1e300), toDyadic(1e-300)), negateDyadic(toDyadic(1e300)));
    expect(roundDyadic(sum)).toBe(1e-300);
    expect(divideDyadic(multiplyDyadic(toDyadic(1e200), toDyadic(1e200)), toDyadic(1e150))).toBeCloseTo(1e250, -240);
  });

  test('have roots and quotients, far beyond the range of doubles too', () => {
    const large = multiplyDyadic(toDyadic(1e200), toDyadic(1e200));
    expect(rootDyadic(large) / 1e200).toBeCloseTo(1, 15);
    expect(roundDyadic(large)).toBe(Number.POSITIVE_INFINITY);
    expect(divideDyadic(toDyadic(1), toDyadic(3))).toBeCloseTo(1 / 3, 16);
    expect(divideDyadic(toDyadic(-1), toDyadic(3))).toBeCloseTo(-1 / 3, 16);
    expect(divideDyadic(toDyadic(1), toDyadic(0))).toBeNaN();
  });
});

describe('sums of units', () => {
  test('are the same whatever parts they are put together from', () => {
    fc.assert(
      fc.property(units, fc.nat(12), (all, at) => {
        const [some, others] = [all.slice(0, at), all.slice(at)];
        if (some.length === 0 || others.length === 0) return;
        const merged = mergeSums([addUp(others), addUp(some)]);
        expect(merged.units).toBe(all.length);
        expect(merged.products.map(roundDyadic)).toEqual(addUp(all).products.map(roundDyadic));
      }),
    );
  });

  test('give those of combinations of their numbers', () => {
    fc.assert(
      fc.property(units, whole, (all, factor) => {
        const one = toDyadic(1);
        const combined = combineSums(addUp(all), [
          [[0, one]],
          [
            [1, toDyadic(factor)],
            [2, one],
          ],
        ]);
        const wanted = addUp(all.map(([a, b, c]) => [a, factor * b + c]));
        expect(combined.sums.map(roundDyadic)).toEqual(wanted.sums.map(roundDyadic));
        expect(combined.products.map(roundDyadic)).toEqual(wanted.products.map(roundDyadic));
      }),
    );
  });

  test('give the standard error of a mean of the units, however large its offset', () => {
    fc.assert(
      fc.property(units, fc.constantFrom(0, 1e9), (all, offset) => {
        const values = all.map(([a, b]) => a + 2 * b);
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
        const shifted = addUp(all.map(([a, b]) => [a + offset, b]));
        expect(computeStandardError(shifted, [1, 2])).toBeCloseTo(Math.sqrt(variance / values.length), 9);
      }),
    );
  });

  test('of one unit have no standard error', () => {
    expect(computeStandardError(addUp([[1, 2]]), [1, 0])).toBeNaN();
  });

  test('keep their products in the upper triangle, row by row', () => {
    expect([findPair(0, 0, 3), findPair(0, 2, 3), findPair(1, 1, 3), findPair(2, 1, 3), findPair(2, 2, 3)]).toEqual([
      0, 2, 3, 4, 5,
    ]);
  });

  test('of nothing are a mistake', () => {
    expect(() => mergeSums([])).toThrow('nothing to merge');
  });
});
