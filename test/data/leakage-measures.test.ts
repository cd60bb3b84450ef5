import { expect, test } from 'vitest';
import {
  computeCorrelationRatio,
  computeLambda,
  computeSpearman,
  countTold,
} from '../../src/data/leakage/association.ts';
import { countByIntervals } from '../../src/data/leakage/intervals.ts';
import { createRandom } from '../../src/statistics/random.ts';

const make = <T>(length: number, value: (at: number) => T) => Array.from({ length }, (_, at) => value(at));

test('the measures are those of their sources', () => {
  // By hand: 18 of 30 are of the commonest class, 25 are told, so 7 of 12 errors are saved.
  expect(computeLambda(25, 18, 30)).toBeCloseTo(7 / 12, 12);
  expect([countTold([5, 1]), countTold([3, 3]), countTold([3, 2]), countTold([1]), countTold([])]).toEqual([
    5, 0, 0, 0, 0,
  ]);
  // The example of scipy’s documentation: spearmanr([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]) is 0.8207826816681233; ranks doubled.
  const [a, b] = [
    [2, 4, 6, 8, 10],
    [2, 4, 7, 10, 7],
  ];
  const sum = (values: readonly number[]) => BigInt(values.reduce((total, value) => total + value, 0));
  const product = (one: readonly number[], two: readonly number[]) =>
    sum(one.map((value, at) => value * (two[at] ?? 0)));
  const sums = { n: 5n, a: sum(a), b: sum(b), aa: product(a, a), ab: product(a, b), bb: product(b, b) };
  expect(computeSpearman(sums)).toBeCloseTo(0.8207826816681233, 12);
  // By hand: groups 1, 2 and 3, 4: within 1, between 4, total 5; 1 − (1 / 2) / (5 / 3) = 0.7.
  expect(
    computeCorrelationRatio({ groups: 2, rows: 4, sum: 10, between: 3 ** 2 / 2 + 7 ** 2 / 2, squares: 30 }),
  ).toBeCloseTo(Math.sqrt(0.7), 12);
});

test('thresholds are the best of all: against every way to cut', () => {
  const draw = createRandom(5);
  for (let round = 0; round < 100; round += 1) {
    const values = Float64Array.from(make(12, () => Math.floor(draw() * 8))).sort();
    const classes = values.map(() => Math.floor(draw() * 3));
    const told = countByIntervals({ values, classes, counts: new Float64Array(12).fill(1) }, 3);
    // Classes by the mean of their places; a class without rows comes first.
    const means = make(3, (label) => {
      const places = [...classes.keys()].filter((place) => classes[place] === label);
      return places.reduce((sum, place) => sum + place, 0) / Math.max(1, places.length);
    });
    const order = [0, 1, 2].toSorted((one, two) => (means[one] ?? 0) - (means[two] ?? 0));
    let best = 0;
    for (let low = 0; low <= 8; low += 1) {
      for (let high = low; high <= 8; high += 1) {
        const right = classes.filter((label, at) => {
          const value = values[at] ?? 0;
          return label === order[value < low ? 0 : value < high ? 1 : 2];
        });
        best = Math.max(best, right.length);
      }
    }
    expect(told).toBe(best);
  }
});
