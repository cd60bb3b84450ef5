import type { MetricRequest } from '../evaluation/requests.ts';
import type { Sample, Samples } from '../evaluation/samples.ts';
import type { MovedRows, RowChanges } from '../evaluation/sampling.ts';
import type { Comparison } from '../evidence/schema/verdict.ts';
import type { Estimate } from '../statistics/estimate.ts';

/** Two-sided error of the mark `withinNoise`, shared by all values that were looked at. */
const ERROR = 0.05;

/** What a reader is told of a candidate and a baseline on the same rows. */
export function describeChanges(
  baseline: string,
  samples: Samples,
  changes: RowChanges,
  slices: readonly (MetricRequest & { readonly column: string })[],
): Comparison {
  const { rows, disagreements, broken, fixed } = changes;
  const moved = findMoved(samples, slices);
  return {
    baseline,
    rows,
    disagreements,
    ...(broken ? { broken: describeMoved(broken) } : {}),
    ...(fixed ? { fixed: describeMoved(fixed) } : {}),
    ...(moved ? { moved } : {}),
  };
}

/** Longest id that evidence keeps, in UTF-16 code units; a longer one ends in `…`. */
const MAX_ID = 200;

function describeMoved({ count, ids }: MovedRows): NonNullable<Comparison['broken']> {
  return { count, ids: ids.map((id) => (id.length > MAX_ID ? `${id.slice(0, MAX_ID - 1)}…` : id)) };
}

interface Move extends Pick<Sample, 'n'> {
  readonly request: MetricRequest & { readonly column: string };
  readonly value: string;
  readonly difference: Estimate;
}

/**
 * The slice value whose number moved most, the first of equals. It was chosen among all, so it counts as more than noise
 * only where its interval, at an error divided by their number (Bonferroni), leaves 0 out.
 */
function findMoved(
  samples: Samples,
  slices: readonly (MetricRequest & { readonly column: string })[],
): Comparison['moved'] {
  const moves = slices.flatMap((request) =>
    samples.listValues(request.column).flatMap(({ value }): Move[] => {
      const sample = samples.find(request.column, [value]);
      if ('reason' in sample) return [];
      const difference = sample.contrast(request, 1);
      return 'reason' in difference ? [] : [{ request, value, n: sample.n, difference }];
    }),
  );
  const size = (move: Move | undefined) => Math.abs(move?.difference.value ?? 0);
  const most = moves.reduce<Move | undefined>((best, move) => (size(move) > size(best) ? move : best), undefined);
  if (!most) return undefined;
  const { request, value, n, difference } = most;
  const limits = difference.computeLimits(ERROR / 2 / moves.length);
  return {
    metric: request.name,
    column: request.column,
    value,
    n,
    difference: difference.value,
    withinNoise: 'reason' in limits || (limits.low <= 0 && limits.high >= 0),
  };
}
