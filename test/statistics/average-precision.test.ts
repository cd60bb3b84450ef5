import { describe, expect, test } from 'vitest';
import { argsort } from '../../src/statistics/argsort.ts';
import { computeAveragePrecision } from '../../src/statistics/average-precision.ts';
import { collectSteps, computeStepPrecision } from '../../src/statistics/precision-steps.ts';
import { createWeights, type RankedRows, sumClasses } from '../../src/statistics/ranking.ts';

const TRUTH = [0, 1, 0, 1, 1, 0, 0, 1, 0, 0];
const SCORES = [0.5, 0.5, 0.5, 0.7, 0.3, 0.3, 0.9, 0.9, 0.1, 0.2];

function rank(truth: readonly number[], scores: readonly number[], weights?: readonly number[]) {
  const rows: RankedRows = {
    classes: Int32Array.from(truth),
    classCount: 2,
    parts: new Int32Array(truth.length),
    partCount: 1,
    weights: weights && Float64Array.from(weights),
  };
  const values = Float64Array.from(scores);
  return { scores: values, order: argsort(values), rows };
}

function measure(weights?: readonly number[]) {
  const ranking = rank(TRUTH, SCORES, weights);
  const { values, slopes, biases } = computeAveragePrecision(ranking, 1, sumClasses(ranking.rows));
  return { value: values[0] ?? Number.NaN, slopes: [...slopes], bias: biases[0] ?? Number.NaN };
}

const HEAVY = TRUTH.map((_, row) => 1_000_000 * (1 + (row % 3)));
const change = (row: number, by: number) =>
  measure(HEAVY.map((weight, at) => (at === row ? weight + by : weight))).value;

describe('average precision', () => {
  test('agrees with scikit-learn, rows of one score being one step', () => {
    const of = (truth: readonly number[], scores: readonly number[]) => {
      const ranking = rank(truth, scores);
      return computeAveragePrecision(ranking, 1, sumClasses(ranking.rows)).values[0];
    };
    // scikit-learn 1.2.1, average_precision_score
    expect(of([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])).toBeCloseTo(0.8333333333333333, 14);
    expect(of([0, 1, 0, 1, 1, 0], [0.5, 0.5, 0.5, 0.7, 0.3, 0.3])).toBeCloseTo(0.6666666666666667, 14);
    expect(of([0, 0], [0.1, 0.2])).toBeNaN();
  });

  test('has the slopes of its differences', () => {
    const { slopes } = measure(HEAVY);
    for (const [row, slope] of slopes.entries()) {
      expect(slope * 1e6).toBeCloseTo(((change(row, 10) - change(row, -10)) / 20) * 1e6, 6);
    }
  });

  test('has slopes that add up to nothing with the weights', () => {
    const { slopes } = measure(HEAVY);
    expect(slopes.reduce((sum, slope, row) => sum + slope * (HEAVY[row] ?? 0), 0)).toBeCloseTo(0, 12);
  });

  test('is too high by half the sum of its second derivatives', () => {
    const { value, bias } = measure(HEAVY);
    const second = HEAVY.reduce((sum, weight, row) => {
      const curvature = (change(row, 1000) - 2 * value + change(row, -1000)) / 1e6;
      return sum + (weight * weight * curvature) / 2;
    }, 0);
    expect(bias).toBeCloseTo(second, 5);
  });
});

describe('the steps', () => {
  test('keep average precision, ties and all', () => {
    const [steps] = collectSteps(rank(TRUTH, SCORES), 1, 10);
    expect(steps?.reduce((sum, count) => sum + count, 0)).toBe(TRUTH.length);
    // From 0.9 down: 1 other and 1 of the class; 0 and 1 at 0.7; 2 and 1 at 0.5; 1 and 1 at 0.3; 2 below.
    expect(steps).toEqual([1, 1, 0, 1, 2, 1, 1, 1, 2]);
    expect(computeStepPrecision(steps ?? [])).toBeCloseTo(measure().value, 14);
  });

  test('are refused beyond as many scores of the class as are asked for', () => {
    expect(collectSteps(rank(TRUTH, SCORES), 1, 4)[0]).toBeDefined();
    expect(collectSteps(rank(TRUTH, SCORES), 1, 3)[0]).toBeUndefined();
  });

  test('without a row of the class have no average precision', () => {
    expect(computeStepPrecision([5])).toBeNaN();
    expect(computeStepPrecision([5, 0, 3])).toBeNaN();
  });
});

describe('weights', () => {
  test('are kept where they are whole', () => {
    const weights = Float64Array.of(1, 2, 0);
    expect(createWeights(weights)).toBe(weights);
  });

  test.each([[[0.1, 0.2, 0.3]], [[1e-300, 3e-300, 2e-300]], [[1e300, 5e299, 1e299]], [[5e-324, 5e-324, 1e-323]]])(
    'become whole numbers in proportion: %j',
    (weights) => {
      const whole = createWeights(Float64Array.from(weights));
      expect([...whole].every(Number.isSafeInteger)).toBe(true);
      for (const [row, weight] of weights.entries()) {
        expect((whole[row] ?? 0) / (whole[0] ?? 0)).toBeCloseTo(weight / (weights[0] ?? 0), 12);
      }
    },
  );
});
