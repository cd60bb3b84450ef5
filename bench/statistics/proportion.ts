import { computeLowerTail, computeUpperTail } from '../../src/statistics/binomial-tail.ts';
import { computeProportionLimits } from '../../src/statistics/proportion.ts';
import { type Cell, findVisible, LEVELS } from './cell.ts';

const LINES = [0.01, 0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99];

/** `min` on a proportion, exactly: the limits rise with the successes, so one number parts what passes from what does not. */
export function* listProportionCells(sizes: readonly number[]): Generator<Cell> {
  for (const n of sizes) {
    for (const line of LINES) {
      for (const level of LEVELS) yield computeCell(n, line, 1 - level);
    }
  }
}

function computeCell(n: number, line: number, tail: number): Cell {
  const limit = (x: number) => {
    const { limits } = computeProportionLimits(x, n, tail);
    return 'reason' in limits ? { low: 0, high: 1 } : limits;
  };
  const least = findFirst(n, (x) => limit(x).low >= line);
  const most = findFirst(n, (x) => limit(x).high >= line) - 1;
  const scalar = Math.ceil(n * line - 1e-9);
  const effect = Math.min((1 - line) * 0.9, findVisible(tail) * Math.sqrt((line * (1 - line)) / n));
  const decide = (p: number) => ({
    pass: least > n ? 0 : computeUpperTail(least, n, p),
    fail: computeLowerTail(most, n, p),
  });
  return {
    rule: 'min, proportion',
    setting: `n ${n}, line ${line}`,
    tail,
    atLine: decide(line),
    effect,
    atEffect: decide(line + effect),
    scalar: [computeUpperTail(scalar, n, line), computeUpperTail(scalar, n, line + effect)],
  };
}

/** The first of 0 … n of which it holds, where it holds from there on; n + 1 where of none. */
function findFirst(n: number, holds: (x: number) => boolean): number {
  let [left, right] = [-1, n + 1];
  while (right - left > 1) {
    const middle = Math.floor((left + right) / 2);
    if (holds(middle)) right = middle;
    else left = middle;
  }
  return right;
}
