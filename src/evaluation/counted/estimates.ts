import { USUAL_TAIL } from '../../config/usual-level.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import type { Limits, NoLimits } from '../../statistics/limits.ts';
import { computeProportionLimits } from '../../statistics/proportion.ts';
import { isPlain, type JoinedTable, type Side } from '../joined-table.ts';
import type { MetricRequest } from '../requests.ts';
import type { Unmeasured } from '../sources.ts';
import { arrangeKinds, mapEntries } from './kinds.ts';
import { createSideMetrics, findPlace, findRange } from './metrics.ts';
import type { CountedPart, Kind } from './part.ts';
import { countProportion, findProportion, type Proportion } from './proportions.ts';
import { createKindLimits } from './resampling.ts';

/**
 * Each metric on one side. Shares of rows have exact or score limits where rows neither weigh nor belong together; all else
 * is resampled.
 */
export function estimateMetrics(
  part: CountedPart,
  requests: readonly MetricRequest[],
  side: Side,
  table: JoinedTable,
): (Estimate | Unmeasured)[] {
  const { fault } = part;
  if (fault !== undefined) return requests.map(() => ({ reason: fault }));
  const own = keepSide(part, table.sides.indexOf(side));
  const counts = own.kinds.map(({ count }) => count);
  const metrics = createSideMetrics(own.kinds, 0, requests, table);
  const values = metrics.compute(counts);
  const ranges = requests.map(({ name }) => findRange(name));
  const extend = (kinds: readonly Kind[]) => createSideMetrics(kinds, 0, requests, table).compute;
  const resampled = createKindLimits({ ...own, compute: metrics.compute, ranges, extend }, table);
  return requests.map(({ name, positive }, at) => {
    const value = values[at] ?? Number.NaN;
    if (!Number.isFinite(value)) return { reason: metrics.explain(counts, at) };
    const proportion = isPlain(table) ? findProportion(name, findPlace(table.classes, positive)) : undefined;
    if (proportion) return { value, n: part.n, ...describeProportion(own, proportion) };
    const { method } = resampled;
    return { value, n: part.n, method, computeLimits: (tail) => resampled.compute(at, tail) };
  });
}

function describeProportion(part: CountedPart, proportion: Proportion): Pick<Estimate, 'method' | 'computeLimits'> {
  const { trials, successes } = countProportion(part, proportion, 0);
  return {
    method: computeProportionLimits(successes, trials, USUAL_TAIL).method,
    computeLimits: (tail) => transformLimits(computeProportionLimits(successes, trials, tail).limits, proportion),
  };
}

function transformLimits(limits: Limits | NoLimits, { transform }: Proportion): Limits | NoLimits {
  if ('reason' in limits || !transform) return limits;
  return { low: transform(limits.low), high: transform(limits.high) };
}

/** The part as it would be without the other side: the same numbers, and the same resamples. */
function keepSide(part: CountedPart, at: number): CountedPart {
  const kinds = mapEntries(part.kinds, (entry) => ({ ...entry, answers: [entry.answers[at] ?? -1] }));
  return { ...part, kinds: arrangeKinds(kinds) };
}
