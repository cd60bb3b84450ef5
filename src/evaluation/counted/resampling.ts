import { createBootstrap, shareResamples } from '../../statistics/bootstrap.ts';
import { countClustersNeeded, findFewClusters } from '../../statistics/clusters.ts';
import type { Limits, NoLimits } from '../../statistics/limits.ts';
import type { Resamples } from '../../statistics/resamples.ts';
import type { JoinedTable } from '../joined-table.ts';
import type { Kind } from './part.ts';
import { computeShifts, listUnseen, type Shift, widenLimits } from './unseen.ts';

/** Statistics of resampled kinds, and between which ends each lies. */
export interface KindStatistics {
  readonly kinds: readonly Kind[];
  /** Independent units; of several parts, all of theirs. */
  readonly n: number;
  readonly frozen?: string | undefined;
  compute(counts: ArrayLike<number>): readonly number[];
  readonly ranges: readonly (readonly [least: number, greatest: number])[];
  /** The same statistics of more kinds. With it limits know of rows that no resample can show. */
  extend?(kinds: readonly Kind[]): (counts: ArrayLike<number>) => readonly number[];
  /** Which answers a row could have been given; see `listUnseen`. */
  readonly answersOf?: Parameters<typeof listUnseen>[1];
}

/** Limits of each statistic by its place. All share the same resamples, which are drawn when limits are first asked for. */
export interface KindLimits {
  readonly method: string;
  compute(at: number, tail: number): Limits | NoLimits;
}

/** Resamples rows, or clusters where there are any: BCa limits. */
export function createKindLimits(
  statistics: KindStatistics,
  { clustered }: Pick<JoinedTable, 'clustered'>,
): KindLimits {
  const { kinds, n, frozen, compute, ranges } = statistics;
  const counts = kinds.map(({ count }) => count);
  const bootstrap = createBootstrap({ counts, compute, ranges, resamples: takeResamples(kinds, counts) });
  const shift = createShifting(statistics);
  return {
    method: clustered ? 'bca-cluster-bootstrap' : 'bca-bootstrap',
    compute(at, tail) {
      if (frozen !== undefined) return { reason: frozen };
      const few = clustered ? findFewClusters(n, countClustersNeeded(tail)) : undefined;
      if (few) return few;
      const limits = bootstrap.limits(at, tail);
      const moved = 'reason' in limits ? undefined : shift(tail)[at];
      if ('reason' in limits || !moved) return limits;
      return widenLimits(limits, compute(counts)[at] ?? Number.NaN, moved, ranges[at] ?? EVERYWHERE);
    },
  };
}

/** Lots of kinds whose resamples are kept, at 4 MB at most each. */
const MAX_LOTS = 16;
const lots = new Map<readonly Kind[], () => Resamples>();

/** The resamples of kinds. Several metrics and rules on the same ones share them, and those used last are kept. */
function takeResamples(kinds: readonly Kind[], counts: readonly number[]): Resamples {
  const begin = lots.get(kinds) ?? shareResamples(counts);
  lots.delete(kinds);
  lots.set(kinds, begin);
  const [oldest] = lots.keys();
  if (lots.size > MAX_LOTS && oldest) lots.delete(oldest);
  return begin();
}

const EVERYWHERE = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

/** How far unseen rows could move each statistic, by tail. */
function createShifting({ kinds, extend, answersOf }: KindStatistics): (tail: number) => readonly Shift[] {
  const known = new Map<number, readonly Shift[]>();
  const unseen = extend ? listUnseen(kinds, answersOf) : [];
  const compute = unseen.length > 0 ? extend?.([...kinds, ...unseen]) : undefined;
  return (tail) => {
    if (!compute) return [];
    const found = known.get(tail) ?? computeShifts(kinds, unseen, compute, tail);
    known.set(tail, found);
    return found;
  };
}
