import type { Interval, Metric } from '../evidence/schema/evaluation.ts';
import type { Estimate } from '../statistics/estimate.ts';
import type { MetricRequest } from './requests.ts';
import type { Sample, Samples } from './samples.ts';
import type { Unmeasured } from './sources.ts';

/** The level of every interval in the evidence: two-sided, so that each of its ends may be wrong half as often as both. */
const LEVEL = 0.95;
const TAIL = (1 - LEVEL) / 2;

/** Every number that was asked for of the candidate, in the order of the requests; slice values in their own order. */
export function describeMetrics(samples: Samples, requests: readonly MetricRequest[]): Metric[] {
  const columns = [...new Set(requests.map(({ column }) => column))];
  return columns.flatMap((column) => {
    const asked = requests.filter((request) => request.column === column);
    if (column === undefined) return describeSample(samples.find(), asked);
    return samples
      .listValues(column)
      .flatMap(({ value }) => describeSample(samples.find(column, [value]), asked, { column, value }));
  });
}

function describeSample(
  sample: Sample | Unmeasured,
  requests: readonly MetricRequest[],
  slice?: { readonly column: string; readonly value: string },
): Metric[] {
  return requests.map((request) => {
    const found = 'reason' in sample ? sample : sample.estimate(request, 0);
    const interval = 'reason' in found ? undefined : describeInterval(found);
    return {
      name: request.name,
      ...(slice ? { slice: { ...slice } } : {}),
      ...(request.positive === undefined ? {} : { positive: request.positive }),
      ...(request.group === undefined ? {} : { group: request.group }),
      n: 'reason' in found ? ('reason' in sample ? 0 : sample.n) : found.n,
      source: 'computed',
      ...('reason' in found
        ? { value: null, reason: found.reason }
        : { value: found.value, ...(interval ? { interval } : {}) }),
    };
  });
}

/** Limits that reach to infinity say nothing that JSON could hold. */
function describeInterval(estimate: Estimate): Interval | undefined {
  const limits = estimate.computeLimits(TAIL);
  if ('reason' in limits || !Number.isFinite(limits.low) || !Number.isFinite(limits.high)) return undefined;
  return { low: limits.low, high: limits.high, level: LEVEL, method: estimate.method };
}
