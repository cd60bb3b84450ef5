import { CLASSIFICATION_METRICS } from './metrics/classification.ts';
import type { MetricDescription } from './metrics/description.ts';
import { FAIRNESS_METRICS } from './metrics/fairness.ts';
import { RANKING_METRICS, REGRESSION_METRICS } from './metrics/numbers.ts';

export type { Direction, MetricDescription, MetricNeed } from './metrics/description.ts';

/** Every metric that we compute, by the part of its name before an `@`. */
export const METRICS: Readonly<Record<string, MetricDescription>> = {
  ...CLASSIFICATION_METRICS,
  ...FAIRNESS_METRICS,
  ...REGRESSION_METRICS,
  ...RANKING_METRICS,
};

/** A metric's name, taken apart: `ndcg@10` is `ndcg` with the parameter 10. */
export interface MetricName {
  readonly base: string;
  readonly parameter?: number;
}

/** Takes a name apart; of what is no number behind the `@` the parameter is NaN. */
export function parseMetricName(name: string): MetricName {
  const at = name.indexOf('@');
  if (at < 0) return { base: name };
  const text = name.slice(at + 1);
  return { base: name.slice(0, at), parameter: /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN };
}

/** The metric of a name with its parameter; undefined when there is none, or its parameter is missing or out of range. */
export function findMetric(name: string): MetricDescription | undefined {
  const { base, parameter } = parseMetricName(name);
  const metric = Object.hasOwn(METRICS, base) ? METRICS[base] : undefined;
  if (!metric) return undefined;
  const wanted = metric.parameter;
  if (parameter === undefined) return wanted && !wanted.optional ? undefined : metric;
  if (!wanted || !(parameter >= wanted.least && parameter <= wanted.greatest)) return undefined;
  return wanted.whole && !Number.isInteger(parameter) ? undefined : metric;
}

/** The description of a metric that is known to be there. A name that no configuration can hold is a bug. */
export function requireMetric(name: string): MetricDescription {
  const metric = findMetric(name);
  if (!metric) throw new Error(`there is no metric ${name}`);
  return metric;
}
