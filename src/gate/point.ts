import type { MetricRequest } from '../evaluation/requests.ts';
import type { EvaluationEvidence, Interval, Metric } from '../evidence/schema/evaluation.ts';

/** One number of an evaluation and the rows that it rests on, or why there is none. */
export type Point = MeasuredPoint | { readonly n: number; readonly reason: string };
export interface MeasuredPoint {
  readonly n: number;
  readonly value: number;
  readonly interval?: Interval;
  /** Why there is no interval, where the evidence says so. */
  readonly noInterval?: string;
}

/** The metrics of an evaluation that answer a request: one on the whole test set, or one for each value of `column`. */
export function findMetrics(evaluation: EvaluationEvidence, request: MetricRequest): Metric[] {
  return evaluation.metrics.filter(
    (metric) =>
      metric.name === request.name &&
      metric.positive === request.positive &&
      metric.group === request.group &&
      metric.slice?.column === request.column,
  );
}

/** The number that a metric holds. A metric that is absent has the evaluation’s own reason, if that has one. */
export function readPoint(metric: Metric | undefined, evaluation: EvaluationEvidence, what: string): Point {
  if (!metric) {
    const reason = evaluation.outcome === 'pass' ? `the evaluation holds no ${what}` : evaluation.reason;
    return { n: 0, reason };
  }
  const { n, value, interval, noInterval, reason } = metric;
  if (value === null || !Number.isFinite(value)) return { n, reason: reason ?? `${what} has no value` };
  return { n, value, ...(interval ? { interval } : noInterval === undefined ? {} : { noInterval }) };
}
