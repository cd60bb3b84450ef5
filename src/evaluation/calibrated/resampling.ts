import { createBootstrap } from '../../statistics/bootstrap.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import type { JoinedTable } from '../joined-table.ts';
import type { Unmeasured } from '../sources.ts';
import type { Calibration } from './part.ts';

/** Fewer clusters say too little of how clusters differ. */
const MIN_CLUSTERS = 10;
/** Cells of clusters that are resampled at most: some seconds of work. */
const MAX_ENTRIES = 50_000;

/** A statistic of counts of rows by cell, the cells of all groups one after the other, and the ends of its range. */
export interface CellStatistic {
  readonly groups: readonly Calibration[];
  /** Rows, or clusters, of the smallest group; of one group without clusters, its rows. */
  readonly n: number;
  compute(counts: ArrayLike<number>): number;
  readonly range: readonly [least: number, greatest: number];
}

/** The statistic of the rows at hand with BCa limits, or why there is none. */
export function createCellEstimate(statistic: CellStatistic, { clustered }: JoinedTable): Estimate | Unmeasured {
  const { groups, n, compute, range } = statistic;
  const cells = groups.flatMap((group) => group.cells);
  const counts = cells.map(({ count }) => count);
  const value = compute(counts);
  if (!Number.isFinite(value)) return { reason: 'there are no rows that count' };
  const frozen = groups.find((group) => group.frozen !== undefined)?.frozen ?? findClusterFault();
  const bootstrap = createBootstrap(clustered ? resampleClusters() : { counts, ...resample(compute) });
  return {
    value,
    n,
    method: clustered ? 'bca-cluster-bootstrap' : 'bca-bootstrap',
    computeLimits: (tail) => (frozen === undefined ? bootstrap.limits(0, tail) : { reason: frozen }),
  };

  function resample(computeOne: (drawn: Float64Array) => number) {
    return { compute: (drawn: Float64Array) => [computeOne(drawn)], ranges: [range] };
  }

  function findClusterFault(): string | undefined {
    const found = new Set(cells.map(({ cluster }) => cluster)).size;
    if (!clustered) return undefined;
    if (found < MIN_CLUSTERS)
      return `limits need ${MIN_CLUSTERS} clusters, and there ${found === 1 ? 'is 1' : `are ${found}`}`;
    return cells.length > MAX_ENTRIES ? `its clusters have ${cells.length} cells, too many to resample` : undefined;
  }

  /** Each cluster is drawn as a whole, with its rows in all groups. */
  function resampleClusters() {
    const numbers = new Map([...new Set(cells.map(({ cluster = -1 }) => cluster))].map((cluster, at) => [cluster, at]));
    const owners = Int32Array.from(cells, ({ cluster = -1 }) => numbers.get(cluster) ?? 0);
    const drawnRows = new Float64Array(cells.length);
    const ones = new Array<number>(numbers.size).fill(1);
    return {
      counts: ones,
      ...resample((drawn) => {
        for (const [at, owner] of owners.entries()) drawnRows[at] = (drawn[owner] ?? 0) * (counts[at] ?? 0);
        return compute(drawnRows);
      }),
    };
  }
}

/** The independent units of some cells: rows or clusters. */
export function countUnits({ cells }: Calibration, { clustered }: JoinedTable): number {
  if (clustered) return new Set(cells.map(({ cluster }) => cluster)).size;
  return cells.reduce((sum, { count }) => sum + count, 0);
}
