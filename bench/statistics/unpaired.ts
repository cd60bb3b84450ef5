import { computeBinomialDensity, computeUpperTail } from '../../src/statistics/binomial-tail.ts';
import { computeNewcombeLimits } from '../../src/statistics/unpaired.ts';
import { type Cell, findVisible, LEVELS } from './cell.ts';

const SPREAD = 5;
const MARGIN = 0.01;

/** `max-drop` where the baseline's predictions are gone, exactly: the baseline's share, and the candidate's 0.01 below it. */
export function* listUnpairedCells(sizes: readonly number[], shares: readonly number[]): Generator<Cell> {
  for (const n of sizes) {
    for (const share of shares) {
      for (const level of LEVELS) yield computeCell(n, share, 1 - level);
    }
  }
}

function computeCell(n: number, share: number, tail: number): Cell {
  const limit = (x1: number, x2: number) => {
    const limits = computeNewcombeLimits(x1, n, x2, n, tail);
    return 'reason' in limits ? { low: -1, high: 1 } : limits;
  };
  const sum = (candidate: number, least: (baseline: number) => number) => {
    const spread = SPREAD * Math.sqrt(n * share * (1 - share)) + SPREAD;
    const [first, last] = [Math.max(0, Math.floor(n * share - spread)), Math.min(n, Math.ceil(n * share + spread))];
    let total = 0;
    for (let x2 = first; x2 <= last; x2 += 1) {
      total += computeBinomialDensity(x2, n, share) * computeUpperTail(least(x2), n, candidate);
    }
    return total;
  };
  const passing = createBoundary(n, (x1, x2) => limit(x1, x2).low >= -MARGIN);
  const notFailing = createBoundary(n, (x1, x2) => limit(x1, x2).high >= -MARGIN);
  const scalar = (x2: number) => Math.ceil(x2 - n * MARGIN - 1e-9);
  const decide = (candidate: number) => ({ pass: sum(candidate, passing), fail: 1 - sum(candidate, notFailing) });
  const [line, room] = [share - MARGIN, 1 - share + MARGIN];
  const effect = Math.min(room * 0.95, findVisible(tail) * Math.sqrt((2 * share * (1 - share)) / n));
  return {
    rule: 'max-drop 0.01, unpaired',
    setting: `n ${n} and ${n}, baseline ${share}`,
    tail,
    atLine: decide(line),
    effect,
    atEffect: decide(line + effect),
    scalar: [sum(line, scalar), sum(line + effect, scalar)],
  };
}

function createBoundary(n: number, holds: (x1: number, x2: number) => boolean): (x2: number) => number {
  const known = new Map<number, number>();
  return (x2) => {
    const found = known.get(x2);
    if (found !== undefined) return found;
    let least = Math.min(n, (known.get(x2 - 1) ?? x2) + 1);
    while (least <= n && !holds(least, x2)) least += 1;
    while (least > 0 && holds(least - 1, x2)) least -= 1;
    known.set(x2, least);
    return least;
  };
}
