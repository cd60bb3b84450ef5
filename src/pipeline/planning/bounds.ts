import type { Direction } from '../../config/metrics.ts';
import type { Condition } from '../../gate/conditions.ts';
import { computeHoeffdingEffect, computeHoeffdingRows } from '../../statistics/concentration.ts';
import {
  findPairedEffect,
  findPairedRows,
  findProportionEffect,
  findProportionRows,
} from '../../statistics/sample-sizes.ts';

/** What a bound can be told of before anything is measured: a share of rows, or a mean of values within a range. */
export interface Bounded {
  readonly kind: 'share' | 'mean';
  /** Independent units that the metric rests on; need not be whole. */
  readonly n: number;
  /** The least and the greatest value that the metric can have. */
  readonly range: readonly [number, number];
}

/** What can be seen. Infinity: nothing can, and no number of rows is enough. `rows` is undefined where nothing was asked. */
export interface Sight {
  readonly effect: number;
  readonly rows: number | undefined;
  readonly method: string;
}

/** One condition of a rule, as far as its amount is known. */
export interface Asked {
  readonly condition: Condition;
  readonly direction: Direction;
  /** Of a relative condition: how far from the baseline, at least 0. */
  readonly amount: number | undefined;
}

/**
 * What `n` units show with an error of at most `tail`, whatever the model: the smallest distance from the line at which a
 * number settles it. `disagreement` is the share of rows that the two models answer differently, 1 where nothing is known of it.
 * The rows are those at which a candidate that is as good as its baseline is shown to be within the amount; of a line, those at
 * which one that is as good as can be is shown to keep it.
 * Sources: those of `sample-sizes.ts` and `concentration.ts`; of a mean, Hoeffding's inequality with the width of its range, and
 * twice that of a difference.
 */
export function computeWorstCase(bounded: Bounded, asked: Asked, tail: number, disagreement = 1): Sight {
  const { condition, amount } = asked;
  if ('line' in condition) return computeAbsolute(bounded, condition, tail);
  if (amount === undefined) throw new Error('a relative condition without an amount is planned');
  const asksGain = condition.key === 'min-gain';
  const line = asksGain ? amount : -amount;
  if (bounded.kind === 'share') {
    const { effect, method } = findPairedEffect(bounded.n, tail, disagreement, line);
    const needed = asksGain
      ? undefined
      : countRows(() => findPairedRows(amount, tail, disagreement, line).rows, amount);
    return { effect, method, rows: needed };
  }
  const width = 2 * (bounded.range[1] - bounded.range[0]);
  const effect = computeHoeffdingEffect(bounded.n, tail, width);
  const reach = width / 2 - line;
  const needed = asksGain ? undefined : countRows(() => computeHoeffdingRows(amount, tail, width), amount);
  return { effect: effect > reach ? Number.POSITIVE_INFINITY : effect, rows: needed, method: 'hoeffding' };
}

function computeAbsolute(
  { kind, n, range }: Bounded,
  condition: Extract<Condition, { line: number }>,
  tail: number,
): Sight {
  const [least, greatest] = range;
  const { key, line } = condition;
  if (kind === 'share') {
    // Below a line is above one less the line.
    const above = clamp(key === 'min' ? line : 1 - line);
    const { effect, method } = findProportionEffect(n, tail, above);
    return { effect, method, rows: countRows(() => findProportionRows(1 - above, tail, above).rows, 1 - above) };
  }
  const effect = computeHoeffdingEffect(n, tail, greatest - least);
  const room = key === 'min' ? greatest - line : line - least;
  const rows = Number.isFinite(room)
    ? countRows(() => computeHoeffdingRows(room, tail, greatest - least), room)
    : undefined;
  return { effect: effect > room ? Number.POSITIVE_INFINITY : effect, rows, method: 'hoeffding' };
}

/** No number of rows shows that there is no difference at all, or no room for a mistake. */
function countRows(count: () => number, amount: number): number {
  return amount > 0 ? count() : Number.POSITIVE_INFINITY;
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
