import { expect, test } from 'vitest';
import { createErrors } from '../../../src/evaluation/calibrated/errors.ts';
import type { Calibration, CalibrationCell } from '../../../src/evaluation/calibrated/part.ts';
import { createCellEstimate } from '../../../src/evaluation/calibrated/resampling.ts';
import { createRandom, type Random } from '../../../src/statistics/random.ts';
import { describeTable, requireEstimate, requireLimits } from '../../evaluation/ranked/joined.ts';

const BINS = 15;
const TRIALS = 200;
const TAIL = 0.05;

/** Rows of a model whose top score is too high by `excess`, as cells. */
function draw(random: Random, rows: number, excess: number): Calibration {
  const cells = new Map<number, CalibrationCell>();
  for (let row = 0; row < rows; row += 1) {
    const top = 0.5 + random() / 2;
    const right = random() < top - excess ? 1 : 0;
    const bin = Math.ceil(top * BINS) - 1;
    const known = cells.get(2 * bin + right);
    const gap = BigInt(Math.round((right - top) * 2 ** 40)) << 20n;
    cells.set(2 * bin + right, {
      count: (known?.count ?? 0) + 1,
      weight: 1,
      cluster: undefined,
      bins: [bin],
      rights: [right],
      gaps: [(known?.gaps[0] ?? 0n) + gap],
    });
  }
  return { cells: [...cells].sort(([a], [b]) => a - b).map(([, cell]) => cell) };
}

// The truth is the excess: it is the same in every bin.
test.each([
  [200, 0.1],
  [1000, 0.05],
  [3000, 0.05],
])('of %i rows, limits of an error of %f are wrong no more often than they say', (rows, excess) => {
  const random = createRandom(rows);
  const wrong = { low: 0, high: 0 };
  for (let trial = 0; trial < TRIALS; trial += 1) {
    const group = draw(random, rows, excess);
    const errors = createErrors([group], 0);
    const estimate = createCellEstimate(
      { groups: [group], n: rows, compute: (counts) => errors(counts)[0] ?? Number.NaN, range: [0, 1] },
      describeTable({ truth: [], score_0_0: [] }),
    );
    const { low, high } = requireLimits(requireEstimate(estimate).computeLimits(TAIL));
    if (low > excess) wrong.low += 1;
    if (high < excess) wrong.high += 1;
  }
  // Three standard errors of so many trials.
  const most = TRIALS * TAIL + 3 * Math.sqrt(TRIALS * TAIL * (1 - TAIL));
  expect(wrong.low).toBeLessThanOrEqual(most);
  expect(wrong.high).toBeLessThanOrEqual(most);
});
