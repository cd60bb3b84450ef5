import { createBootstrap } from '../../statistics/bootstrap.ts';
import { countClustersNeeded, findFewClusters } from '../../statistics/clusters.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import { computeVariance } from '../../statistics/influence.ts';
import { findRareness, limitDifference, limitShare } from '../../statistics/influence-limits.ts';
import type { NoLimits } from '../../statistics/limits.ts';
import { createPairedPrecision } from '../../statistics/paired-steps.ts';
import { computeStepPrecision } from '../../statistics/precision-steps.ts';
import { limitTolerance } from '../../statistics/tolerance.ts';
import type { JoinedTable, Side } from '../joined-table.ts';
import { MAX_STEPS } from './measures.ts';
import type { RankedMeasure } from './part.ts';

/** One side’s metric. */
export function estimateSide(measure: RankedMeasure, side: Side, table: JoinedTable): Estimate {
  const { values, biases, sums, steps } = measure;
  const value = values[side] ?? Number.NaN;
  const spread = computeVariance(sums, isSum(measure, side) ? 1 : 0, 1);
  const own = steps?.[side];
  if (own) {
    const compute = (counts: Float64Array) => [computeStepPrecision(counts)];
    const bootstrap = createBootstrap({ counts: own, compute, ranges: [[0, 1]] });
    return {
      value,
      n: sums.units,
      method: 'bca-bootstrap',
      computeLimits: (tail) => bootstrap.limits(0, tail),
    };
  }
  return {
    value,
    n: sums.units,
    method: `${nameMethod(measure, table)}-log-odds`,
    computeLimits: (tail) =>
      findFault(measure, table, tail) ??
      limitShare(value - (biases[side] ?? 0), spread, tail, findSurest(measure, tail)),
  };
}

/** The candidate’s metric less `factor` times the baseline’s, on the same rows. */
export function contrastSides(measure: RankedMeasure, factor: number, table: JoinedTable): Estimate {
  const [first = Number.NaN, second = Number.NaN] = measure.values;
  const [firstBias = 0, secondBias = 0] = measure.biases;
  const spread = computeVariance(measure.sums, 1, 1 - factor);
  const value = first - factor * second;
  const { pairs } = measure;
  if (pairs) {
    const compute = createPairedPrecision(pairs);
    const bootstrap = createBootstrap({
      counts: pairs.counts,
      compute: (counts) => {
        const [own, other] = compute(counts);
        return [own - factor * other, own - other];
      },
      ranges: [
        [Math.min(0, -factor), Math.max(1, 1 - factor)],
        [-1, 1],
      ],
    });
    return {
      value,
      n: measure.sums.units,
      method: 'paired-bca-bootstrap',
      computeLimits: (tail) => limitTolerance(factor, (of) => bootstrap.limits(of === 'tolerance' ? 0 : 1, tail)),
    };
  }
  return {
    value,
    n: measure.sums.units,
    method: `${nameMethod(measure, table)}`,
    computeLimits: (tail) =>
      findFault(measure, table, tail) ??
      limitTolerance(factor, (of) =>
        of === 'tolerance'
          ? limitDifference(value - (firstBias - factor * secondBias), spread, tail)
          : limitDifference(first - second - (firstBias - secondBias), computeVariance(measure.sums, 1, 0), tail),
      ),
  };
}

/** Average precision is too high where a class is rare, and its variance does not show by how much. */
function findRarity({ kind, rarest }: RankedMeasure, tail: number): NoLimits | undefined {
  if (kind === 'areas') return findRareness(rarest, tail);
  if (rarest > MAX_STEPS) return undefined;
  return { reason: `a class has ${rarest} rows, and without resampling limits need more than ${MAX_STEPS}` };
}

/**
 * The highest lower limit that an area may have. The rows of a class could each stand above all others, or below: an area
 * is then a share of the m rows of the rarer side, and where all m say the same its exact lower limit is tail^(1/m). No other
 * m rows are known to say more. Source: C. Clopper, E. Pearson, Biometrika 26 (1934).
 */
function findSurest({ kind, rarest, classes }: RankedMeasure, tail: number): number {
  return kind === 'areas' ? 1 - (1 - tail ** (1 / rarest)) / classes : 1;
}

function findFault(measure: RankedMeasure, table: JoinedTable, tail: number): NoLimits | undefined {
  return (
    (table.clustered ? findFewClusters(measure.sums.units, countClustersNeeded(tail)) : undefined) ??
    findRarity(measure, tail)
  );
}

/** The sums are of D and E: the candidate’s is D + E where there are two sides, and E where it is alone. */
function isSum({ values }: RankedMeasure, side: Side): boolean {
  return values.length > 1 && side === 0;
}

function nameMethod({ kind }: RankedMeasure, { weighted, clustered }: JoinedTable): string {
  const base = kind === 'precisions' ? 'linearised' : clustered ? 'obuchowski' : 'delong';
  return `${base}${kind === 'precisions' && clustered ? '-clusters' : ''}${weighted ? '-weighted' : ''}`;
}
