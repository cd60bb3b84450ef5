import { describe, expect, test } from 'vitest';
import { addRestInfluences } from '../../src/statistics/area-influences.ts';
import { argsort } from '../../src/statistics/argsort.ts';
import { computeVariance, sumInfluences } from '../../src/statistics/influence.ts';
import { placeAgainstRest } from '../../src/statistics/placements.ts';
import { sumClasses } from '../../src/statistics/ranking.ts';
import oracle from './fixtures/delong.json' with { type: 'json' };

describe('pROC agrees on areas, their variances and covariance', () => {
  test.each(oracle.cases)('$name', ({ truth, first, second, areas, variances, covariance, z }) => {
    const classes = Int32Array.from(truth);
    const rows = {
      classes,
      classCount: 2,
      parts: new Int32Array(truth.length),
      partCount: 1,
      weights: undefined,
    };
    const totals = sumClasses(rows);
    const measured = [first, second].map((values) => {
      const scores = Float64Array.from(values);
      const placements = placeAgainstRest({ scores, order: argsort(scores), rows }, 1, totals);
      const influences = new Float64Array(scores.length);
      addRestInfluences(influences, { rows, totals, independent: true }, 1, placements, Float64Array.of(1));
      return { area: placements.areas[0] ?? Number.NaN, influences };
    });
    const [mine = new Float64Array(0), theirs = new Float64Array(0)] = measured.map(({ influences }) => influences);
    const [sums = { units: 0, squares: [], cubes: [], fourths: [] }] = sumInfluences(
      [mine, theirs],
      rows.parts,
      1,
      undefined,
    );
    for (const [at, area] of areas.entries()) expect(measured[at]?.area).toBeCloseTo(area, 12);
    // The sums are of the difference D and of the second E: the first is D + E.
    const [one = Number.NaN, two = Number.NaN] = variances;
    expect(computeVariance(sums, 1, 1).variance / one).toBeCloseTo(1, 9);
    expect(computeVariance(sums, 0, 1).variance / two).toBeCloseTo(1, 9);
    const difference = computeVariance(sums, 1, 0).variance;
    expect(difference / (one + two - 2 * covariance)).toBeCloseTo(1, 9);
    const gap = (measured[0]?.area ?? Number.NaN) - (measured[1]?.area ?? Number.NaN);
    expect(gap / Math.sqrt(difference)).toBeCloseTo(z, 9);
  });
});
