import { findFewClusters } from '../../statistics/clusters.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import type { Limits, NoLimits } from '../../statistics/limits.ts';
import type { JoinedTable } from '../joined-table.ts';
import type { Unmeasured } from '../sources.ts';
import { boundDifference, boundError, sumGaps } from './bounds.ts';
import type { Calibration } from './part.ts';
import { arrangeUnits, type CalibrationUnits, computeGaps } from './units.ts';

/** The error of rows of which one side is known. */
export function estimateError(calibration: Calibration, { clustered }: JoinedTable): Estimate | Unmeasured {
  const units = arrangeUnits(calibration, clustered);
  const value = sumGaps(computeGaps(units, 0));
  return describe([units], value, (tail) => boundError(units, 0, tail), { clustered, frozen: calibration.frozen });
}

/** The candidate's error less `factor` times the baseline's. */
export function contrastErrors(
  calibration: Calibration,
  factor: number,
  { clustered }: JoinedTable,
): Estimate | Unmeasured {
  const units = arrangeUnits(calibration, clustered);
  const [candidate, baseline] = [0, 1].map((side) => sumGaps(computeGaps(units, side)));
  const value = (candidate ?? Number.NaN) - factor * (baseline ?? Number.NaN);
  const limit = (tail: number) => boundDifference(units, factor, tail);
  return describe([units], value, limit, { clustered, frozen: calibration.frozen });
}

/** The largest less the smallest error of several groups, of which one side is known. */
export function estimateSpread(groups: readonly Calibration[], { clustered }: JoinedTable): Estimate | Unmeasured {
  const units = groups.map((group) => arrangeUnits(group, clustered));
  return describe(units, measureSpread(units), (tail) => boundSpread(units, tail), {
    clustered,
    frozen: findFrozen(groups),
  });
}

/** The candidate's spread less `factor` times the baseline's; each may be wrong half as often. */
export function contrastSpreads(
  [first, second]: readonly [candidate: readonly Calibration[], baseline: readonly Calibration[]],
  factor: number,
  { clustered }: JoinedTable,
): Estimate | Unmeasured {
  const [candidate, baseline] = [first, second].map((groups) => groups.map((group) => arrangeUnits(group, clustered)));
  if (!candidate || !baseline) throw new Error('a contrast needs two sides');
  const value = measureSpread(candidate) - factor * measureSpread(baseline);
  const limit = (tail: number) => {
    const [own, other] = [boundSpread(candidate, tail / 2), boundSpread(baseline, tail / 2)];
    if ('reason' in own) return own;
    if ('reason' in other) return other;
    return { low: own.low - factor * other.high, high: own.high - factor * other.low };
  };
  return describe(candidate, value, limit, { clustered, frozen: findFrozen(first) });
}

function measureSpread(groups: readonly CalibrationUnits[]): number {
  const errors = groups.map((units) => sumGaps(computeGaps(units, 0)));
  return Math.max(...errors) - Math.min(...errors);
}

/**
 * Of the two groups that are truly the furthest apart, the larger error is under its upper limit and the smaller above its
 * lower one, and the same holds of the largest and the smallest of these limits. The other way about any group may be wrong,
 * so that all share the error (Bonferroni).
 */
function boundSpread(groups: readonly CalibrationUnits[], tail: number): Limits | NoLimits {
  const listLimits = (share: number) => groups.map((units) => boundError(units, 0, share));
  const [wide, strict] = [listLimits(tail / 2), listLimits(tail / 2 / groups.length)];
  const fault = [...wide, ...strict].find((limits) => 'reason' in limits);
  if (fault && 'reason' in fault) return fault;
  const ends = (limits: typeof wide, end: 'low' | 'high') => (limits as Limits[]).map((own) => own[end]);
  return {
    low: Math.max(0, Math.max(...ends(strict, 'low')) - Math.min(...ends(strict, 'high'))),
    high: Math.max(...ends(wide, 'high')) - Math.min(...ends(wide, 'low')),
  };
}

function describe(
  groups: readonly CalibrationUnits[],
  value: number,
  limit: (tail: number) => Limits | NoLimits,
  { clustered, frozen }: { readonly clustered: boolean; readonly frozen: string | undefined },
): Estimate | Unmeasured {
  if (!Number.isFinite(value)) return { reason: 'there are no rows that count' };
  const n = Math.min(...groups.map(({ counts }) => counts.reduce((sum, count) => sum + count, 0)));
  return {
    value,
    n,
    method: 'signed-bins',
    computeLimits(tail) {
      if (frozen !== undefined) return { reason: frozen };
      return (clustered ? findFewClusters(n) : undefined) ?? limit(tail);
    },
  };
}

function findFrozen(groups: readonly Calibration[]): string | undefined {
  return groups.find(({ frozen }) => frozen !== undefined)?.frozen;
}
