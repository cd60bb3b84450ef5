import { computeBinomialDensity, computeUpperTail } from '../../src/statistics/binomial-tail.ts';
import { computeMcNemar, computePairedLimits } from '../../src/statistics/paired-proportion.ts';
import { computeDifferenceTail } from '../../src/statistics/trinomial-tail.ts';
import { type Cell, findVisible, LEVELS, type Outcome } from './cell.ts';

/** Standard deviations of the rows that only the second gets right that are summed over. */
const SPREAD = 5.5;

type Boundary = (onlySecond: number) => number;

/** Lines of `max-drop` and `min-gain`, and the half-width of `within`. */
const RULES = [
  { rule: 'max-drop 0.01', line: -0.01 },
  { rule: 'max-drop 0', line: 0 },
  { rule: 'min-gain 0.01', line: 0.01 },
  { rule: 'within 0.02', line: -0.02 },
] as const;

/**
 * Rules on the difference of two proportions on the same rows, exactly, by the share of rows that disagree. What is true of
 * accuracy on n rows is true of recall on n positive rows. On the line the truth is the line.
 */
export function* listPairedCells(sizes: readonly number[], disagreements: readonly number[]): Generator<Cell> {
  for (const n of sizes) {
    for (const disagreement of disagreements) {
      for (const { rule, line } of RULES) {
        if (Math.abs(line) > disagreement) continue;
        for (const level of LEVELS) yield computeCell(rule, n, disagreement, line, 1 - level);
      }
    }
  }
}

function computeCell(rule: string, n: number, disagreement: number, line: number, tail: number): Cell {
  const passes = createBoundary(n, line, tail);
  const fails = createBoundary(n, -line, tail);
  const within = rule.startsWith('within');
  const tooHigh = within ? createBoundary(n, line, tail) : undefined;
  const decide = (difference: number): Outcome => {
    const [p, q] = [(disagreement + difference) / 2, (disagreement - difference) / 2];
    const above = sumAbove(n, p, q, passes);
    // Passing `within` is being above its lower end and below its upper one; being below neither is impossible.
    if (tooHigh) return { pass: Math.max(0, above + sumAbove(n, q, p, tooHigh) - 1), fail: sumAbove(n, q, p, fails) };
    return { pass: above, fail: sumAbove(n, q, p, fails) };
  };
  const reach = within ? -line : disagreement - line;
  const effect = Math.min(reach * 0.95, findVisible(tail) * Math.sqrt(disagreement / n));
  const scalar = (difference: number) => {
    const [p, q] = [(disagreement + difference) / 2, (disagreement - difference) / 2];
    const above = computeDifferenceTail(Math.ceil(n * line - 1e-9), n, p, q);
    return within ? above - computeDifferenceTail(Math.floor(n * -line + 1e-9) + 1, n, p, q) : above;
  };
  return {
    rule: `${rule}, paired proportion`,
    setting: `n ${n}, disagreement ${disagreement}`,
    tail,
    atLine: decide(line),
    effect,
    atEffect: decide(line + effect),
    scalar: [scalar(line), scalar(line + effect)],
  };
}

/** The fewest rows that only the first gets right at which the lower limit reaches the line. */
function createBoundary(n: number, line: number, tail: number): Boundary {
  const known = new Map<number, number>();
  const reaches = (b: number, c: number) => {
    // Of any difference at all the gate asks the exact test of its sign.
    if (line === 0) return computeMcNemar(b, c).above <= tail;
    const { limits } = computePairedLimits(b, c, n, tail);
    return !('reason' in limits) && limits.low >= line;
  };
  return (c) => {
    const found = known.get(c);
    if (found !== undefined) return found;
    let least = Math.min(n - c, (known.get(c - 1) ?? Math.max(0, c + Math.floor(n * line)) - 1) + 1);
    while (least <= n - c && !reaches(least, c)) least += 1;
    while (least > 0 && reaches(least - 1, c)) least -= 1;
    known.set(c, least);
    return least;
  };
}

function sumAbove(n: number, p: number, q: number, boundary: Boundary): number {
  const spread = SPREAD * Math.sqrt(n * q * (1 - q));
  const first = Math.max(0, Math.floor(n * q - spread));
  const last = Math.min(n, Math.ceil(n * q + spread + SPREAD ** 2 / 3));
  let sum = 0;
  for (let c = first; c <= last; c += 1) {
    const least = boundary(c);
    if (least > n - c) continue;
    sum += computeBinomialDensity(c, n, q) * computeUpperTail(least, n - c, Math.min(1, p / (1 - q)));
  }
  return sum;
}
