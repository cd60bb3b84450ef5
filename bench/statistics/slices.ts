import { computeLowerTail, computeUpperTail } from '../../src/statistics/binomial-tail.ts';
import { computeProportionLimits } from '../../src/statistics/proportion.ts';
import { type Cell, findVisible, LEVELS } from './cell.ts';

const LINE = 0.9;

/**
 * `min` on each of several slices with Holm's correction, exactly. All must pass, so the worst that can happen to a false
 * pass is one slice on the line and the others far above it. A false fail has all of them on the line; Holm's procedure
 * rejects some if and only if the most extreme is rejected at the error divided by their number.
 */
export function* listSliceCells(sizes: readonly number[], slices: readonly number[]): Generator<Cell> {
  for (const n of sizes) {
    for (const count of slices) {
      const rows = Math.floor(n / count);
      if (rows === 0) continue;
      for (const level of LEVELS) yield computeCell(rows, count, 1 - level);
    }
  }
}

function computeCell(rows: number, count: number, tail: number): Cell {
  const limit = (x: number, error: number) => {
    const { limits } = computeProportionLimits(x, rows, error);
    return 'reason' in limits ? { low: 0, high: 1 } : limits;
  };
  let [least, most] = [0, rows];
  while (least <= rows && limit(least, tail).low < LINE) least += 1;
  while (most >= 0 && limit(most, tail / count).high >= LINE) most -= 1;
  const scalar = Math.ceil(rows * LINE - 1e-9);
  const effect = Math.min(0.09, findVisible(tail) * Math.sqrt((LINE * (1 - LINE)) / rows));
  const one = (p: number) => (least > rows ? 0 : computeUpperTail(least, rows, p));
  const fails = computeLowerTail(most, rows, LINE);
  return {
    rule: `min on ${count} slices, Holm`,
    setting: `${rows} rows each, line ${LINE}`,
    tail,
    atLine: { pass: one(LINE), fail: 1 - (1 - fails) ** count },
    effect,
    atEffect: { pass: one(LINE + effect) ** count, fail: 0 },
    scalar: [computeUpperTail(scalar, rows, LINE), computeUpperTail(scalar, rows, LINE + effect) ** count],
  };
}
