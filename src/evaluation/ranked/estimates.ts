import { createBootstrap } from '../../statistics/bootstrap.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import { computeVariance } from '../../statistics/influence.ts';
import { limitDifference, limitShare } from '../../statistics/influence-limits.ts';
import type { NoLimits } from '../../statistics/limits.ts';
import { computeStepPrecision } from '../../statistics/precision-steps.ts';
import type { JoinedTable, Side } from '../joined-table.ts';
import { MAX_STEPS } from './measures.ts';
import type { RankedMeasure } from './part.ts';

/** Fewer clusters say nothing of their variance. */
const MIN_CLUSTERS = 10;

/** One side’s metric. */
export function estimateSide(measure: RankedMeasure, side: Side, table: JoinedTable): Estimate {
  const { values, biases, sums, steps } = measure;
  const value = values[side] ?? Number.NaN;
  // The sums are of D and E: the candidate’s is D + E where there are two sides, and E where it is alone.
  const spread = computeVariance(sums, values.length > 1 && side === 0 ? 1 : 0, 1);
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
      findClusterFault(measure, table) ?? findRarity(measure) ?? limitShare(value - (biases[side] ?? 0), spread, tail),
  };
}

/** The candidate’s metric less `factor` times the baseline’s, on the same rows. */
export function contrastSides(measure: RankedMeasure, factor: number, table: JoinedTable): Estimate {
  const [first = Number.NaN, second = Number.NaN] = measure.values;
  const [firstBias = 0, secondBias = 0] = measure.biases;
  const spread = computeVariance(measure.sums, 1, 1 - factor);
  const value = first - factor * second;
  return {
    value,
    n: measure.sums.units,
    method: `${nameMethod(measure, table)}`,
    computeLimits: (tail) =>
      findClusterFault(measure, table) ?? limitDifference(value - (firstBias - factor * secondBias), spread, tail),
  };
}

function findClusterFault({ sums }: RankedMeasure, { clustered }: JoinedTable): NoLimits | undefined {
  if (!clustered || sums.units >= MIN_CLUSTERS) return undefined;
  return {
    reason: `limits need ${MIN_CLUSTERS} clusters, and there ${sums.units === 1 ? 'is 1' : `are ${sums.units}`}`,
  };
}

/** Average precision is too high where a class is rare, and its variance does not show by how much. */
function findRarity({ kind, rarest }: RankedMeasure): NoLimits | undefined {
  if (kind === 'areas' || rarest > MAX_STEPS) return undefined;
  return { reason: `a class has ${rarest} rows, and without resampling limits need more than ${MAX_STEPS}` };
}

function nameMethod({ kind }: RankedMeasure, { weighted, clustered }: JoinedTable): string {
  const base = kind === 'precisions' ? 'linearised' : clustered ? 'obuchowski' : 'delong';
  return `${base}${kind === 'precisions' && clustered ? '-clusters' : ''}${weighted ? '-weighted' : ''}`;
}
