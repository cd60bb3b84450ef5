import { findMetric } from '../config/metrics.ts';
import type { Config, Rule } from '../config/schema/modelgate.ts';
import { listRequests, type MetricRequest, requestOf } from '../evaluation/requests.ts';
import { nameView } from '../evaluation/view.ts';
import type { EvaluationEvidence } from '../evidence/schema/evaluation.ts';
import { nameBaseline } from '../gate/baseline.ts';

/**
 * What rules ask of the candidate's rows that no evidence holds: limits at their own level, and values of a slice together
 * where the evaluation has some with fewer rows than `min-rows`.
 */
export function listCandidateRequests(config: Config, evaluation: EvaluationEvidence | undefined): MetricRequest[] {
  const rules = config.gates?.rules ?? [];
  return listOf(
    config,
    rules.filter((rule) => rule.confidence !== undefined || hasSmallValues(rule, evaluation)),
  );
}

/** What the rules against a baseline ask of the rows of both: without `confidence` too, the interval of the difference. */
export function listPairRequests(config: Config, baseline: string): MetricRequest[] {
  const rules = config.gates?.rules ?? [];
  const asked = rules.filter(({ against }) => against !== undefined && nameBaseline(against) === baseline);
  return listOf(config, asked);
}

/** The first metric of `evaluate.metrics` that a slice can have, on each column that `evaluate.slices` names. */
export function listMovedRequests(config: Config): (MetricRequest & { readonly column: string })[] {
  const first = listRequests(config).find(
    ({ name, positive, group, column }) =>
      column === undefined &&
      group === undefined &&
      findMetric(name) !== undefined &&
      (positive !== undefined || !findMetric(name)?.needs.includes('positive')),
  );
  return first ? (config.evaluate?.slices ?? []).map((slice) => ({ ...first, column: nameView(slice) })) : [];
}

/** Of some requests each once. */
export function keepDistinct<T extends MetricRequest>(requests: readonly T[]): T[] {
  const key = ({ name, positive, group, column }: T) => JSON.stringify([name, positive, group, column]);
  return [...new Map(requests.map((request) => [key(request), request])).values()];
}

function hasSmallValues({ slice, 'min-rows': minimum = 1 }: Rule, evaluation: EvaluationEvidence | undefined): boolean {
  if (slice === undefined || !evaluation) return false;
  const view = nameView(slice);
  return evaluation.metrics.some((metric) => metric.slice?.column === view && metric.n < minimum);
}

/** A number that somebody reported has no rows. */
function listOf({ evaluate }: Config, rules: readonly Rule[]): MetricRequest[] {
  const computed = rules.filter(({ metric }) => findMetric(metric) !== undefined);
  return keepDistinct(
    computed.map((rule) => {
      const request = requestOf(rule, evaluate?.positive);
      return rule.slice === undefined ? request : { ...request, column: nameView(rule.slice) };
    }),
  );
}
