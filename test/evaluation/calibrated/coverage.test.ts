import { expect, test } from 'vitest';
import { calibrated } from '../../../src/evaluation/calibrated/calibrated.ts';
import type { Calibration, CalibrationCell } from '../../../src/evaluation/calibrated/part.ts';
import { createRandom, type Random } from '../../../src/statistics/random.ts';
import { describeTable, requireEstimate, requireLimits } from '../ranked/joined.ts';

const BINS = 15;
const TRIALS = 400;
const TAIL = 0.05;
/** Three standard errors of so many trials. */
const MOST = TRIALS * TAIL + 3 * Math.sqrt(TRIALS * TAIL * (1 - TAIL));
const REQUEST = { name: 'ece' };
const TABLE = describeTable({ truth: [], score_0_0: [], score_1_0: [] });

/** Rows of two models that agree on nine of ten, and whose top scores are too high by `excess`. */
function draw(random: Random, rows: number, excess: readonly [number, number]): Calibration {
  const cells = new Map<string, CalibrationCell>();
  for (let row = 0; row < rows; row += 1) {
    const own = drawAnswer(random);
    const other = random() < 0.1 ? drawAnswer(random) : own;
    const tops = [own.share + excess[0], other.share + excess[1]];
    const bins = tops.map((top) => Math.ceil(top * BINS) - 1);
    const rights = [own.right, other.right];
    const key = [...bins, ...rights].join();
    const known = cells.get(key);
    const gaps = tops.map((top, side) => BigInt(Math.round(((rights[side] ?? 0) - top) * 2 ** 40)) << 20n);
    cells.set(key, {
      count: (known?.count ?? 0) + 1,
      weight: 1,
      cluster: undefined,
      bins,
      rights,
      gaps: gaps.map((gap, side) => gap + (known?.gaps[side] ?? 0n)),
    });
  }
  return { cells: [...cells.values()] };
}

function drawAnswer(random: Random): { share: number; right: number } {
  const share = 0.5 + random() * 0.4;
  return { share, right: random() < share ? 1 : 0 };
}

/** How often the limits lie on the wrong side of the truth. */
function countWrong(rows: number, excess: readonly [number, number], truth: number, isPaired: boolean) {
  const random = createRandom(rows);
  const wrong = { low: 0, high: 0 };
  for (let trial = 0; trial < TRIALS; trial += 1) {
    const part = { equal: draw(random, rows, excess) };
    const found = isPaired
      ? calibrated.contrast(part, REQUEST, 1, TABLE)
      : calibrated.estimate(part, [REQUEST], 0, TABLE)[0];
    const { low, high } = requireLimits(requireEstimate(found).computeLimits(TAIL));
    if (low > truth) wrong.low += 1;
    if (high < truth) wrong.high += 1;
  }
  return wrong;
}

// The truth is the excess: it is the same in every bin.
test.each([
  [200, 0],
  [200, 0.1],
  [1000, 0.05],
])('of %i rows, limits of an error of %f are wrong no more often than they say', (rows, excess) => {
  const { low, high } = countWrong(rows, [excess, 0], excess, false);
  expect(low).toBeLessThanOrEqual(MOST);
  expect(high).toBeLessThanOrEqual(MOST);
});

// What is found of a calibrated model is noise that is folded upwards, so that the difference is too small on average.
test.each([
  [200, [0.05, 0]],
  [1000, [0.05, 0]],
  [200, [0, 0.05]],
  [1000, [0.05, 0.05]],
] as const)('of %i rows, limits of the difference of the errors %j are, too', (rows, excess) => {
  const { low, high } = countWrong(rows, excess, excess[0] - excess[1], true);
  expect(low).toBeLessThanOrEqual(MOST);
  expect(high).toBeLessThanOrEqual(MOST);
});

test('a difference of many rows is seen', () => {
  const found = calibrated.contrast({ equal: draw(createRandom(5), 5000, [0.1, 0]) }, REQUEST, 1, TABLE);
  const { low, high } = requireLimits(requireEstimate(found).computeLimits(TAIL));
  expect(low).toBeGreaterThan(0.04);
  expect(high).toBeLessThan(0.14);
});

// Of fifteen bins of a calibrated baseline one lies three standard errors off in every 25th test set.
test.each([0.05, 0.01])('one bin that chance has turned round hides no difference, at an error of %f', (tail) => {
  const [rows, share, excess] = [400, 0.75, 0.04];
  const off = Math.round(3 * Math.sqrt(rows * share * (1 - share)));
  const cells = Array.from({ length: BINS }, (_, bin) => {
    const right = rows * share + (bin === 7 ? off : 0);
    return [right, rows - right].map((count, wrong): CalibrationCell => {
      const gap = (top: number) => BigInt(Math.round((1 - wrong - top) * count * 2 ** 40)) << 20n;
      const gaps = [gap(share + excess), gap(share)];
      return { count, weight: 1, cluster: undefined, bins: [bin, bin], rights: [1 - wrong, 1 - wrong], gaps };
    });
  });
  const found = calibrated.contrast({ equal: { cells: cells.flat() } }, REQUEST, 1, TABLE);
  expect(requireLimits(requireEstimate(found).computeLimits(tail)).high).toBeGreaterThanOrEqual(excess);
});
