import { createBootstrap } from '../../statistics/bootstrap.ts';
import type { Limits, NoLimits } from '../../statistics/limits.ts';
import type { JoinedTable } from '../joined-table.ts';
import type { Kind } from './part.ts';

/** Fewer clusters say too little of how clusters differ. */
const MIN_CLUSTERS = 10;

/** Statistics of resampled kinds, and between which ends each lies. */
export interface KindStatistics {
  readonly kinds: readonly Kind[];
  /** Independent units; of several parts, all of theirs. */
  readonly n: number;
  readonly frozen?: string | undefined;
  compute(counts: ArrayLike<number>): readonly number[];
  readonly ranges: readonly (readonly [least: number, greatest: number])[];
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
  const bootstrap = createBootstrap({ counts: kinds.map(({ count }) => count), compute, ranges });
  return {
    method: clustered ? 'bca-cluster-bootstrap' : 'bca-bootstrap',
    compute(at, tail) {
      if (frozen !== undefined) return { reason: frozen };
      if (clustered && n < MIN_CLUSTERS) {
        return { reason: `limits need ${MIN_CLUSTERS} clusters, and there ${n === 1 ? 'is 1' : `are ${n}`}` };
      }
      return bootstrap.limits(at, tail);
    },
  };
}
