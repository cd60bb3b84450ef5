import type { Estimate } from '../../statistics/estimate.ts';
import type { Limits, NoLimits } from '../../statistics/limits.ts';
import { computeMedianPlaces } from '../../statistics/order-statistics.ts';
import type { Family } from '../family.ts';
import type { JoinedTable, Side } from '../joined-table.ts';
import type { Unmeasured } from '../sources.ts';
import { createMedianBootstrap } from './median-bootstrap.ts';
import { fetchOrders, type OrderedPart, type SideOrder } from './order-query.ts';

export type { OrderedPart } from './order-query.ts';

const NAME = 'median-absolute-error';
const NO_ROWS: Unmeasured = { reason: 'no row counts' };

/**
 * The median absolute error: the median of |t − p|, of an even number of rows the mean of the two in the middle. With weights
 * the least error up to which half of the weight lies. Source: scikit-learn’s median_absolute_error. Lower is better. Its
 * limits are two of the errors themselves, by the binomial distribution; those of a difference are from resampled rows.
 */
export const ordered: Family<OrderedPart> = {
  answers: (metric) => metric === NAME,
  fetch: (engine, table, views) =>
    fetchOrders(
      engine,
      table,
      views.filter(({ requests }) => requests.some(({ name }) => name === NAME)),
    ),
  merge: (parts) => {
    const [first] = parts;
    if (!first) throw new Error('there is nothing to merge');
    if (parts.length === 1) return first;
    return { reason: 'a median of several values cannot be had from the medians of each' };
  },
  estimate: (part, requests, side, table) => requests.map(() => estimateMedian(part, side, table)),
  contrast: (part, _request, factor, table) => contrastMedians(part, factor, table),
};

function estimateMedian(part: OrderedPart, side: Side, table: JoinedTable): Estimate | Unmeasured {
  const own = part.sides[side];
  if (!own) return NO_ROWS;
  const fault = findFault(table);
  return {
    value: own.median,
    n: part.n,
    method: 'order-statistics',
    computeLimits: (tail) => fault ?? pickLimits(own, part.n, tail),
  };
}

function contrastMedians(part: OrderedPart, factor: number, table: JoinedTable): Estimate | Unmeasured {
  const [first, second] = part.sides;
  if (!first || !second) return NO_ROWS;
  const { pairs } = part;
  const fault = findFault(table) ?? ('reason' in pairs ? pairs : undefined);
  let limit: ((tail: number) => Limits | NoLimits) | undefined;
  return {
    value: first.median - factor * second.median,
    n: part.n,
    method: 'percentile-bootstrap',
    computeLimits: (tail) => {
      if (fault || 'reason' in pairs) return fault ?? NO_ROWS;
      limit ??= createMedianBootstrap(pairs, factor);
      return limit(tail);
    },
  };
}

function findFault({ weighted, clustered }: JoinedTable): NoLimits | undefined {
  if (weighted) return { reason: 'a median with weights has no limits here' };
  return clustered ? { reason: 'a median over clusters has no limits here' } : undefined;
}

function pickLimits({ from, middle }: SideOrder, n: number, tail: number): Limits | NoLimits {
  const places = computeMedianPlaces(n, tail);
  if (!places) return { reason: `${n} rows are too few for limits of a median at so small an error` };
  const low = middle[places.low - from];
  const high = middle[places.high - from];
  // Further out than what was kept of the errors.
  if (low === undefined || high === undefined) return { reason: 'no limits can be had at so small an error' };
  return { low, high };
}
