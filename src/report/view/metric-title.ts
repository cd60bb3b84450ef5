import { findMetric, parseMetricName } from '../../config/metrics.ts';

/**
 * The metric's name as reports write it: `accuracy` is `Accuracy`, `ndcg@10` `NDCG@10`, `top-k-accuracy@5`
 * `Top-5 accuracy`, `f-beta@2` `F2`. A metric that somebody reported keeps its own name.
 */
export function titleOfMetric(name: string): string {
  const title = findMetric(name)?.title;
  const { parameter } = parseMetricName(name);
  if (title === undefined) return name;
  if (parameter === undefined) return title;
  if (title.endsWith('F-beta')) return title.replace(/-beta$/, String(parameter));
  return /\bk\b/.test(title) ? title.replace(/\bk\b/, String(parameter)) : `${title}@${parameter}`;
}

/** Which way a metric is good, undefined for one that the user's own script reported. */
export function directionOfMetric(name: string): 'higher' | 'lower' | undefined {
  return findMetric(name)?.direction;
}
