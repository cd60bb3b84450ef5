import type { MetricRequest } from '../evaluation/requests.ts';
import type { EvaluationEvidence } from '../evidence/schema/evaluation.ts';
import { findMetrics, type Point, readPoint } from './point.ts';
import { namePool, poolPoints } from './pooling.ts';
import type { Scene } from './scene.ts';

/** What a rule judges as one: the whole test set, one value of its slice, or the small values together. */
export interface Subject {
  readonly slice?: string;
  /** The values of the rule's slice that it holds; none where it is the whole test set. */
  readonly values?: readonly string[];
  /** The number of an evaluation, candidate’s or baseline’s. */
  find(evaluation: EvaluationEvidence): Point;
}

/** All subjects of a rule in the candidate’s evaluation, and slice values that only the baseline’s still has. */
export function listSubjects({ rule, request, view, evaluation, against, plain }: Scene): Subject[] {
  if (view === undefined) return [{ find: (source) => findWhole(source, request) }];
  const sliced = { ...request, column: view };
  const minimum = rule['min-rows'] ?? 1;
  const sizes = listSizes(evaluation, sliced);
  const large = [...sizes].filter(([, n]) => n >= minimum).map(([value]) => value);
  const small = [...sizes].filter(([, n]) => n < minimum).map(([value]) => value);
  const baseline = against?.lookup?.state === 'found' ? against.lookup.evaluation : undefined;
  const vanished = baseline ? [...listSizes(baseline, sliced).keys()].filter((value) => !sizes.has(value)) : [];
  const find = (value: string) => (source: EvaluationEvidence) => findSlice(source, sliced, value);
  const findPool = (source: EvaluationEvidence) => {
    const points = small.map((value) => find(value)(source));
    return poolPoints(rule.metric, points, !plain);
  };
  const pool: Subject[] = small.length > 0 ? [{ slice: namePool(small), values: small, find: findPool }] : [];
  const single = (value: string): Subject => ({ slice: value, values: [value], find: find(value) });
  return [...large.map(single), ...pool, ...vanished.map(single)];
}

/** Slice values in the order of their code units, with their rows. */
function listSizes(evaluation: EvaluationEvidence, request: MetricRequest): Map<string, number> {
  const sizes = findMetrics(evaluation, request).flatMap(({ slice, n }) => (slice ? [[slice.value, n] as const] : []));
  return new Map(sizes.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function findWhole(evaluation: EvaluationEvidence, request: MetricRequest): Point {
  return readPoint(findMetrics(evaluation, request)[0], evaluation, `\`${request.name}\``);
}

function findSlice(evaluation: EvaluationEvidence, request: MetricRequest, value: string): Point {
  const metric = findMetrics(evaluation, request).find(({ slice }) => slice?.value === value);
  return readPoint(metric, evaluation, `\`${request.name}\` where \`${request.column}\` is \`${value}\``);
}
