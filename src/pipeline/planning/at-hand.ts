import type { ResolvedMetric } from '../../config/resolved-metric.ts';
import type { MetricRequest } from '../../evaluation/requests.ts';
import type { Sample } from '../../evaluation/samples.ts';
import type { Unmeasured } from '../../evaluation/sources.ts';
import { computeAmount } from '../../gate/conditions.ts';
import { listLines } from '../../gate/lines.ts';
import type { Untold } from '../../report/terminal/plan-facts.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import type { Asked, Sight } from './bounds.ts';

/** Why the rows at hand tell nothing. */
type HandReason = Unmeasured & Pick<Untold, 'unresolved'>;

/** The rows of one case: of the candidate, and of candidate and baseline together where a rule compares. */
export interface HandSamples {
  readonly candidate: Sample | Unmeasured;
  readonly pair: Sample | Unmeasured;
}

/**
 * What the rows at hand show of a candidate like today's with an error of `tail`: the half width of its limits on the side of
 * the line, by the method that the gate will use. As limits narrow with the root of the rows, `times` as many rows as these
 * show the amount that is asked for; of an absolute line and of a gain, today's distance.
 */
export function computeAtHand(
  { condition, direction, amount }: Asked,
  request: MetricRequest,
  { candidate, pair }: HandSamples,
  metric: ResolvedMetric,
  tail: number,
): (Sight & { readonly times: number | undefined }) | HandReason {
  const isRelative = !('line' in condition);
  const sample = isRelative ? pair : candidate;
  if ('reason' in sample) return sample;
  const baseline = isRelative ? sample.estimate(request, 1) : undefined;
  if (baseline && 'reason' in baseline) return baseline;
  const lines = listLines(condition, direction, baseline?.value ?? 1, metric.range[0] < 0);
  let [effect, distance, method, n] = [0, Number.POSITIVE_INFINITY, '', 0];
  for (const { end, at, factor } of lines) {
    const estimate = factor === undefined ? sample.estimate(request, 0) : sample.contrast(request, factor);
    if ('reason' in estimate) return estimate;
    const half = findHalf(estimate, end, tail);
    if (typeof half !== 'number') return { ...half, unresolved: true };
    effect = Math.max(effect, half);
    distance = Math.min(distance, end === 'low' ? estimate.value - at : at - estimate.value);
    [method, n] = [estimate.method, estimate.n];
  }
  const asked = isRelative && condition.key !== 'min-gain' ? amount : Math.max(0, distance);
  const times = asked === undefined ? undefined : (effect / asked) ** 2;
  return { effect, method, times, rows: times === undefined ? undefined : Math.ceil(n * times) };
}

function findHalf({ value, computeLimits }: Estimate, end: 'low' | 'high', tail: number): number | Unmeasured {
  const limits = computeLimits(tail);
  if ('reason' in limits) return limits;
  const half = end === 'low' ? value - limits.low : limits.high - value;
  return Number.isFinite(half) ? Math.max(0, half) : { reason: 'its limits reach to infinity' };
}

/** The amount of a relative condition; of a percentage, that of the baseline's number, or of the candidate's in its place. */
export function findAmount(
  { condition }: Pick<Asked, 'condition'>,
  request: MetricRequest,
  { candidate, pair }: HandSamples,
): number | undefined | Unmeasured {
  if ('line' in condition) return undefined;
  if (typeof condition.tolerance === 'number') return condition.tolerance;
  const known =
    'reason' in pair ? ('reason' in candidate ? candidate : candidate.estimate(request, 0)) : pair.estimate(request, 1);
  if ('reason' in known) return { reason: `${condition.tolerance} of a number that is not known: ${known.reason}` };
  return computeAmount(condition, known.value);
}
