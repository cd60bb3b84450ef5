import { computeExpandedDistance } from '../../statistics/bca.ts';
import { createDraws } from '../../statistics/bootstrap-draws.ts';
import type { Limits, NoLimits } from '../../statistics/limits.ts';
import { computeNormalTail } from '../../statistics/normal.ts';
import { computeCountedMedian } from '../../statistics/order-statistics.ts';
import { createResamples } from '../../statistics/resamples.ts';
import { MAX_RESAMPLES, MAX_WORK, MIN_BEYOND, RESAMPLES } from '../../statistics/resampling-bounds.ts';
import { limitTolerance } from '../../statistics/tolerance.ts';

/** The numbers of both sides, row by row. */
export interface Pairs {
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/** Rows in which the sides must differ, at least; and so many that a sign test of them could reach the tail. */
const MIN_DIFFERING = 5;
/** Constant, so that the same rows give the same bytes. */
const SEED = 20_261_123;

/**
 * Limits of the median of the first numbers less `factor` times that of the second, by resampling rows: the expanded
 * percentile interval. A jackknife, and with it an acceleration, says nothing of a median.
 * Sources: P. Bickel, D. Freedman, "Some asymptotic theory for the bootstrap", Annals of Statistics 9 (1981), section 5, that
 * it holds for medians; T. Hesterberg, "What teachers should know about the bootstrap", American Statistician 69 (2015).
 */
export function createMedianBootstrap({ first, second }: Pairs, factor: number): (tail: number) => Limits | NoLimits {
  const rows = first.length;
  const differing = first.reduce((count, value, at) => count + (value === second[at] ? 0 : 1), 0);
  const most = Math.min(MAX_RESAMPLES, Math.floor(MAX_WORK / rows));
  const [order, otherOrder] = [sortPlaces(first), sortPlaces(second)];
  const counts = new Array<number>(rows).fill(1);
  const draws = createDraws(
    {
      counts,
      compute: (drawn) => {
        const own = computeCountedMedian(first, order, drawn);
        const other = computeCountedMedian(second, otherOrder, drawn);
        return [own - factor * other, own - other];
      },
    },
    createResamples(counts, SEED),
  );
  return (tail) => {
    if (differing < Math.max(MIN_DIFFERING, -Math.log2(tail))) return { reason: `only ${differing} rows differ` };
    const share = computeNormalTail(computeExpandedDistance(rows, rows - 1, tail));
    const size = Math.max(RESAMPLES, Math.ceil(MIN_BEYOND / share));
    if (size > most) return { reason: `more than ${most} resamples would be needed for so small an error` };
    return limitTolerance(factor, (of) => {
      const sorted = draws(of === 'tolerance' ? 0 : 1, size).toSorted();
      // Rounded away from the middle.
      const low = sorted[Math.floor(share * (size - 1))] ?? Number.NaN;
      const high = sorted[Math.ceil((1 - share) * (size - 1))] ?? Number.NaN;
      return low < high ? { low, high } : { reason: 'the resamples do not vary' };
    });
  };
}

function sortPlaces(values: Float64Array): Uint32Array {
  return Uint32Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
}
