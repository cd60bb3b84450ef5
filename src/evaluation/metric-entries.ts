import { setImmediate } from 'node:timers/promises';
import { USUAL_LEVEL, USUAL_TAIL } from '../config/usual-level.ts';
import type { Metric } from '../evidence/schema/evaluation.ts';
import type { Estimate } from '../statistics/estimate.ts';
import type { MetricRequest } from './requests.ts';
import type { Sample, Samples } from './samples.ts';
import type { Unmeasured } from './sources.ts';

/**
 * Every number that was asked for of the candidate, in the order of the requests; slice values in their own order. Resampling
 * takes long and hears nothing, so that an abort is looked for between two numbers, which throws the signal's reason.
 */
export async function describeMetrics(
  samples: Samples,
  requests: readonly MetricRequest[],
  signal: AbortSignal | undefined,
): Promise<Metric[]> {
  const metrics: Metric[] = [];
  for (const column of new Set(requests.map((request) => request.column))) {
    const asked = requests.filter((request) => request.column === column);
    for (const value of column === undefined ? [undefined] : samples.listValues(column).map((own) => own.value)) {
      const slice = column === undefined || value === undefined ? undefined : { column, value };
      const sample = slice ? samples.find(slice.column, [slice.value]) : samples.find();
      for (const request of asked) {
        await setImmediate();
        signal?.throwIfAborted();
        metrics.push(describeMetric(sample, request, slice));
      }
    }
  }
  return metrics;
}

function describeMetric(sample: Sample | Unmeasured, request: MetricRequest, slice: Metric['slice']): Metric {
  const found = 'reason' in sample ? sample : sample.estimate(request, 0);
  return {
    name: request.name,
    ...(slice ? { slice } : {}),
    ...(request.positive === undefined ? {} : { positive: request.positive }),
    ...(request.group === undefined ? {} : { group: request.group }),
    n: 'reason' in found ? ('reason' in sample ? 0 : sample.n) : found.n,
    source: 'computed',
    ...('reason' in found ? { value: null, reason: found.reason } : { value: found.value, ...describeInterval(found) }),
  };
}

/** Limits that reach to infinity say nothing that JSON could hold. */
function describeInterval(estimate: Estimate): Pick<Metric, 'interval' | 'noInterval'> {
  const limits = estimate.computeLimits(USUAL_TAIL);
  if ('reason' in limits) return { noInterval: limits.reason };
  if (!Number.isFinite(limits.low) || !Number.isFinite(limits.high))
    return { noInterval: 'a limit reaches to infinity' };
  return { interval: { low: limits.low, high: limits.high, level: USUAL_LEVEL, method: estimate.method } };
}
