import { computeUpperTail } from './binomial-tail.ts';
import {
  computeBennettEffect,
  computeBennettRows,
  computeHoeffdingEffect,
  computeHoeffdingRows,
} from './concentration.ts';
import { computeDifferenceTail } from './trinomial-tail.ts';

/** Rows beyond which exact sums would take seconds; a bound stands there instead. */
const MAX_EXACT_ROWS = 1e8;
const MAX_STEPS = 60;

export type PlanningMethod = 'hoeffding' | 'bennett' | 'exact-binomial' | 'exact-trinomial';

/** How many rows it takes, by the bound that needs the fewest. Infinity: no number of rows is enough. */
export interface PlannedRows {
  readonly rows: number;
  readonly method: PlanningMethod;
}

/** The smallest effect that can be seen, by the bound that sees the smallest. Infinity: none can. */
export interface PlannedEffect {
  readonly effect: number;
  readonly method: PlanningMethod;
}

/**
 * Rows from which on a proportion that is measured `effect` above `line` shows, with an error of at most `tail`, that the
 * true one is above: n with P(X ≥ n (line + ε)) ≤ δ at p = line, between whole numbers by the incomplete beta function.
 * For proportions below a line, take one less the line. Nothing lies above 1.
 * Source: J. Langford, "Tutorial on practical prediction theory for classification", JMLR 6 (2005), §3.
 */
export function findProportionRows(effect: number, tail: number, line: number): PlannedRows {
  const bound = { rows: computeHoeffdingRows(effect, tail, 1), method: 'hoeffding' } as const;
  if (line + effect > 1) return { ...bound, rows: Number.POSITIVE_INFINITY };
  if (bound.rows > MAX_EXACT_ROWS) return bound;
  const resolves = (n: number) => computeUpperTail(n * (line + effect), n, line) <= tail;
  return chooseFewest([bound, { rows: findFirst(bound.rows, resolves), method: 'exact-binomial' }]);
}

/** The smallest effect that n rows show of a proportion above `line`, 0 to 1, by the same sum; n need not be whole. */
export function findProportionEffect(n: number, tail: number, line: number): PlannedEffect {
  const bound = { effect: computeHoeffdingEffect(n, tail, 1), method: 'hoeffding' } as const;
  const greatest = 1 - line;
  const resolves = (effect: number) => computeUpperTail(n * (line + effect), n, line) <= tail;
  if (!resolves(greatest)) return { effect: Number.POSITIVE_INFINITY, method: 'exact-binomial' };
  return chooseSmallest([bound, { effect: halve(greatest, resolves), method: 'exact-binomial' }]);
}

/**
 * Rows from which on a difference of two proportions on the same rows that is measured `effect` above `line` (−1 to 1) shows
 * that the true one is above, where the two disagree on at most a share of `disagreement` of the rows: by Hoeffding with a
 * range of 2, by Bennett, and exactly: P(B − C ≥ n (line + ε)) ≤ δ at P(B) − P(C) = line, P(B) + P(C) = `disagreement`.
 */
export function findPairedRows(effect: number, tail: number, disagreement: number, line = 0): PlannedRows {
  const hoeffding = { rows: computeHoeffdingRows(effect, tail, 2), method: 'hoeffding' } as const;
  if (line + effect > disagreement || Math.abs(line) > disagreement) {
    return { ...hoeffding, rows: Number.POSITIVE_INFINITY };
  }
  const bennett = { rows: computeBennettRows(effect, tail, disagreement), method: 'bennett' } as const;
  const bound = chooseFewest([hoeffding, bennett]);
  if (bound.rows > MAX_EXACT_ROWS) return bound;
  const resolves = (n: number) => computePairedError(n, line + effect, disagreement, line) <= tail;
  return chooseFewest([bound, { rows: findFirst(bound.rows, resolves), method: 'exact-trinomial' }]);
}

/** The smallest effect that n rows show of such a difference, by the same bounds; n need not be whole. */
export function findPairedEffect(n: number, tail: number, disagreement: number, line = 0): PlannedEffect {
  const bounds: PlannedEffect[] = [
    { effect: computeHoeffdingEffect(n, tail, 2), method: 'hoeffding' },
    { effect: computeBennettEffect(n, tail, disagreement), method: 'bennett' },
  ];
  if (n > MAX_EXACT_ROWS) return chooseSmallest(bounds);
  const greatest = disagreement - line;
  const resolves = (effect: number) => computePairedError(n, line + effect, disagreement, line) <= tail;
  if (!(greatest >= 0) || !resolves(greatest)) return { effect: Number.POSITIVE_INFINITY, method: 'exact-trinomial' };
  return chooseSmallest([...bounds, { effect: halve(greatest, resolves), method: 'exact-trinomial' }]);
}

function computePairedError(n: number, measured: number, disagreement: number, line: number): number {
  // A product that rounding lifts above a whole number is that number.
  const least = Math.ceil(n * measured - 1e-9);
  return computeDifferenceTail(least, n, (disagreement + line) / 2, (disagreement - line) / 2);
}

/** The first whole number up to `enough` from which on a condition holds, where it holds from some number on. */
function findFirst(enough: number, holds: (n: number) => boolean): number {
  let [left, right] = [0, enough];
  while (right - left > 1) {
    const middle = Math.floor((left + right) / 2);
    if (holds(middle)) right = middle;
    else left = middle;
  }
  return right;
}

/** The smallest number up to `greatest` of which a condition holds, where it holds of all greater ones. */
function halve(greatest: number, holds: (value: number) => boolean): number {
  let [left, right] = [0, greatest];
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const middle = (left + right) / 2;
    if (holds(middle)) right = middle;
    else left = middle;
  }
  return right;
}

function chooseFewest(plans: readonly PlannedRows[]): PlannedRows {
  return plans.reduce((best, plan) => (plan.rows < best.rows ? plan : best));
}

function chooseSmallest(plans: readonly PlannedEffect[]): PlannedEffect {
  return plans.reduce((best, plan) => (plan.effect < best.effect ? plan : best));
}
