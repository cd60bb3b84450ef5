import { requireMetric } from '../../config/metrics.ts';
import { findFewClusters } from '../../statistics/clusters.ts';
import { computeDeltaLimits, type UnitKind } from '../../statistics/delta-method.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import type { Limits, NoLimits } from '../../statistics/limits.ts';
import { limitTolerance } from '../../statistics/tolerance.ts';
import type { Family } from '../family.ts';
import { isPlain, type JoinedTable, type Side } from '../joined-table.ts';
import type { Unmeasured } from '../sources.ts';
import { createFormula, isAveraged, isMean, isProportion } from './catalogue.ts';
import { TOO_LARGE } from './part-sums.ts';
import { type AveragedPart, fetchParts, findSums, mergeParts, nameDesign } from './parts.ts';
import { contrastProportions, estimateProportion } from './proportions.ts';

export type { AveragedPart } from './parts.ts';

/** Units in which two sides must differ, at least, for limits of their difference. */
const MIN_DIFFERING = 5;

/**
 * Metrics that are means over rows or over queries, or smooth functions of means. Limits are Student’s t of the mean, of a
 * difference the paired t; by the delta method with weights, over clusters, and of what is no mean.
 */
export const averaged: Family<AveragedPart> = {
  answers: isAveraged,
  fetch: fetchParts,
  merge: mergeParts,
  estimate: (part, requests, side, table) => requests.map(({ name }) => estimateOne(part, name, side, table)),
  contrast: (part, { name }, factor, table) => contrastSides(part, name, factor, table),
};

function estimateOne(part: AveragedPart, metric: string, side: Side, table: JoinedTable): Estimate | Unmeasured {
  const formula = createFormula(metric, table);
  if ('reason' in formula) return formula;
  const sums = findSums(part, nameDesign(metric, side));
  if ('reason' in sums) return sums;
  if (isProportion(metric) && isPlain(table)) return estimateProportion(sums);
  const found = formula.linearize(sums);
  if ('reason' in found) return found;
  const { transform = (value: number) => value } = formula;
  const value = transform(found.value);
  if (!Number.isFinite(value)) return TOO_LARGE;
  const [least, greatest] = requireMetric(metric).range;
  const composed = isComposed(metric, table);
  const own = formula.computeOwnShape?.(sums);
  // Of other means a rare large loss makes the limits wide, and is no reason for none.
  const shape = composed || formula.heavy ? own : { skewness: own?.skewness ?? 0 };
  return {
    value,
    n: sums.units,
    method: nameMethod(table, isMean(metric) ? 'student-t' : undefined, 'linearised-t'),
    computeLimits: (tail) => {
      const limits = clip(
        findFew(sums.units, table) ??
          computeDeltaLimits({ ...found, shape, composed }, tail, nameUnit(table), [least, greatest]),
        least,
        greatest,
      );
      return 'reason' in limits ? limits : { low: transform(limits.low), high: transform(limits.high) };
    },
  };
}

function contrastSides(part: AveragedPart, metric: string, factor: number, table: JoinedTable): Estimate | Unmeasured {
  const formula = createFormula(metric, table);
  if ('reason' in formula) return formula;
  const both = findSums(part, nameDesign(metric, 'both'));
  const apart = findSums(part, nameDesign(metric, 'apart'));
  if ('reason' in both) return both;
  if ('reason' in apart) return apart;
  if (isProportion(metric) && isPlain(table) && factor === 1) return contrastProportions(both);
  const first = estimateOne(part, metric, 0, table);
  const second = estimateOne(part, metric, 1, table);
  if ('reason' in first) return first;
  if ('reason' in second) return second;
  const values = [first.value, second.value] as const;
  const found = formula.linearizeContrast({ both, apart }, factor, values);
  if ('reason' in found) return found;
  const plain = formula.linearizeContrast({ both, apart }, 1, values);
  if ('reason' in plain) return plain;
  const value = first.value - factor * second.value;
  if (!Number.isFinite(value)) return TOO_LARGE;
  const [least, greatest] = requireMetric(metric).range;
  const unit = nameUnit(table);
  const difference = formula.listBoth().find((variable) => 'counted' in variable && variable.counted);
  const differing = difference && 'sql' in difference ? part.sums.count(difference) : undefined;
  const shape = factor === 0 ? undefined : formula.computeDifferenceShape?.(both);
  const composed = isComposed(metric, table) || formula.transform !== undefined;
  // Nothing of an end that may be infinite.
  const scale = (end: number) => (factor === 0 ? 0 : factor * end);
  return {
    value,
    n: both.units,
    method: nameMethod(table, isMean(metric) && !formula.transform ? 'paired-t' : undefined, 'paired-linearised-t'),
    computeLimits: (tail) =>
      findFew(both.units, table) ??
      findFewDiffering(differing, tail, unit) ??
      clip(
        limitTolerance(factor, (of) =>
          of === 'tolerance'
            ? computeDeltaLimits({ ...found, value, shape, composed }, tail, unit)
            : computeDeltaLimits({ ...plain, value: first.value - second.value, shape, composed }, tail, unit),
        ),
        least - scale(greatest),
        greatest - scale(least),
      ),
  };
}

/** `plain` is the name where rows count alike, if it is a mean then. */
function nameMethod(table: JoinedTable, plain: string | undefined, linearised: string): string {
  if (table.clustered) return `${linearised}, clusters`;
  return table.weighted ? linearised : (plain ?? linearised);
}

function nameUnit({ task, clustered }: JoinedTable): UnitKind {
  if (clustered) return { name: 'clusters', least: 2 };
  return { name: task === 'ranking' ? 'queries' : 'rows', least: 2 };
}

function findFew(units: number, { clustered }: JoinedTable): NoLimits | undefined {
  return clustered ? findFewClusters(units) : undefined;
}

/** Whether more than the numbers of rows that count alike makes the metric. */
function isComposed(metric: string, table: JoinedTable): boolean {
  return !isPlain(table) || !isMean(metric);
}

/**
 * Student’s t knows nothing of units that were not seen to differ: of n that all point one way, a sign test finds n only
 * where 2⁻ⁿ is under the tail.
 */
function findFewDiffering(differing: number | undefined, tail: number, { name }: UnitKind): NoLimits | undefined {
  if (!differing || differing >= Math.max(MIN_DIFFERING, -Math.log2(tail))) return undefined;
  return { reason: `only ${differing} of the ${name} ${differing === 1 ? 'differs' : 'differ'}` };
}

/** Cuts limits to what the value can be. */
function clip(limits: Limits | NoLimits, least: number, greatest: number): Limits | NoLimits {
  if ('reason' in limits) return limits;
  return { low: Math.max(least, limits.low), high: Math.min(greatest, limits.high) };
}
