import { expect, test } from 'vitest';
import { counted } from '../../../src/evaluation/counted/counted.ts';
import {
  computeBcaShares,
  computeBias,
  computeExpandedDistance,
  computeInfluence,
} from '../../../src/statistics/bca.ts';
import { createPart, describeCells } from './cells.ts';

/** true class, candidate, baseline, rows: 200 of them, F1 0.745 and 0.667 */
const CELLS = [
  [0, 0, 0, 96],
  [0, 0, 1, 9],
  [0, 1, 0, 6],
  [0, 1, 1, 13],
  [1, 0, 0, 14],
  [1, 0, 1, 5],
  [1, 1, 0, 12],
  [1, 1, 1, 45],
] as const;
const ROWS = CELLS.flatMap(([truth, first, second, count]) =>
  Array.from({ length: count }, () => [truth, first, second]),
);
const RESAMPLES = 20_000;

function computeDifference(rows: readonly (readonly number[])[]): number {
  const f1 = (side: 1 | 2) => {
    let [hits, either] = [0, 0];
    for (const row of rows) {
      if (row[0] === 1 && row[side] === 1) hits += 1;
      either += (row[0] ?? 0) + (row[side] ?? 0);
    }
    return (2 * hits) / either;
  };
  return f1(1) - f1(2);
}

test('limits of a difference of F1 are those of drawing rows by their index', () => {
  const part = createPart(CELLS.map(([truth, first, second, count]) => [truth, [first, second], count]));
  const found = counted.contrast(part, { name: 'f1', positive: 'y' }, 1, describeCells(2));
  if ('reason' in found) throw new Error(found.reason);
  const limits = found.computeLimits(0.05);
  if ('reason' in limits) throw new Error(limits.reason);
  expect(found.value).toBeCloseTo(computeDifference(ROWS), 14);

  // Park and Miller's generator, ACM 31 (1988): none of ours.
  let word = 20_261;
  const draw = () => {
    word = (word * 48_271) % 2_147_483_647;
    return ROWS[Math.floor((word / 2_147_483_647) * ROWS.length)] ?? [];
  };
  const draws = Float64Array.from({ length: RESAMPLES }, () => computeDifference(ROWS.map(draw))).sort();
  const without = ROWS.map((_, left) => computeDifference(ROWS.filter((_row, at) => at !== left)));
  const influence = computeInfluence(
    ROWS.map(() => 1),
    without,
  );
  const z = computeExpandedDistance(ROWS.length, influence.freedom, 0.05);
  const shares = computeBcaShares(computeBias(draws, found.value), influence.acceleration, z);
  const [low = 0, high = 0] = [shares.low, shares.high].map((share) => draws[Math.round(share * (RESAMPLES - 1))]);
  // Four standard errors of a limit from 2,000 resamples, whose quantiles at 5 % are known to 0.5 % of all resamples.
  const width = high - low;
  expect(Math.abs(limits.low - low)).toBeLessThan(0.09 * width);
  expect(Math.abs(limits.high - high)).toBeLessThan(0.09 * width);
});
