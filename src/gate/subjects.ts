import type { Rule } from '../config/schema/modelgate.ts';
import { type MetricRequest, requestOf } from '../evaluation/requests.ts';
import type { EvaluationEvidence } from '../evidence/schema/evaluation.ts';
import { findMetrics, type Point, readPoint } from './point.ts';
import { namePool, poolPoints } from './pooling.ts';

/** What a rule judges as one: the whole test set, one value of its slice, or the small values together. */
export interface Subject {
  readonly slice?: string;
  /** The number of an evaluation, candidate’s or baseline’s. */
  find(evaluation: EvaluationEvidence): Point;
}

/** All subjects of a rule in the candidate’s evaluation, and slice values that only the baseline’s still has. */
export function listSubjects(
  rule: Rule,
  positive: string | undefined,
  evaluation: EvaluationEvidence,
  baseline: EvaluationEvidence | undefined,
): Subject[] {
  const request = requestOf(rule, positive);
  if (rule.slice === undefined) return [{ find: (source) => findWhole(source, request) }];
  const sliced = { ...request, column: rule.slice };
  const minimum = rule['min-rows'] ?? 1;
  const sizes = listSizes(evaluation, sliced);
  const large = [...sizes].filter(([, n]) => n >= minimum).map(([value]) => value);
  const small = [...sizes].filter(([, n]) => n < minimum).map(([value]) => value);
  const vanished = baseline ? [...listSizes(baseline, sliced).keys()].filter((value) => !sizes.has(value)) : [];
  const find = (value: string) => (source: EvaluationEvidence) => findSlice(source, sliced, value);
  const subjects: Subject[] = large.map((value) => ({ slice: value, find: find(value) }));
  if (small.length > 0) {
    subjects.push({
      slice: namePool(small),
      find: (source) =>
        poolPoints(
          rule.metric,
          small.map((value) => find(value)(source)),
        ),
    });
  }
  return [...subjects, ...vanished.map((value) => ({ slice: value, find: find(value) }))];
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
