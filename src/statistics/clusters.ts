import type { NoLimits } from './limits.ts';

/** Fewer clusters say too little of how clusters differ. */
const MIN_CLUSTERS = 10;
/** Clusters of a kind that none is of, such as those on which the model fails, may be no more than this share. */
const MAX_UNSEEN_SHARE = 0.1;

/**
 * So many clusters need limits that know nothing of clusters that did not come up: 22, 29 and 44 at errors of 10, 5 and 1 %. Of n
 * clusters the share of such can be 1 − tail^(1/n). With fewer, limits are there just when no such cluster came up, and then they
 * pass: where every seventh fails, 99 % limits of shares were wrong with 5 % over 20 clusters, and of areas with 2.7 %.
 *
 * Means do with ten: where too few clusters matter to them they have no limits (`computeDeltaLimits`), and over 15 to 44 clusters
 * they were wrong as often as asked; limits of calibration errors count a cluster that was not seen.
 */
export function countClustersNeeded(tail: number): number {
  return Math.max(MIN_CLUSTERS, Math.ceil(Math.log(tail) / Math.log1p(-MAX_UNSEEN_SHARE)));
}

/** Why there are no limits with `clusters` of them, if that is so. */
export function findFewClusters(clusters: number, needed: number = MIN_CLUSTERS): NoLimits | undefined {
  if (clusters >= needed) return undefined;
  const least = clusters < MIN_CLUSTERS ? MIN_CLUSTERS : needed;
  return { reason: `limits need ${least} clusters, and there ${clusters === 1 ? 'is 1' : `are ${clusters}`}` };
}
