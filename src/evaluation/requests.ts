import { isReported } from '../config/metric-problems.ts';
import { findMetric } from '../config/metrics.ts';
import type { Config, Rule, Task } from '../config/schema/modelgate.ts';
import { nameView } from './view.ts';

/** A metric that somebody asked for: on all rows, or on each value of `column`. */
export interface MetricRequest {
  readonly name: string;
  /** There for the metrics that need to know the positive class. */
  readonly positive?: string;
  /** The column whose values are compared with each other. */
  readonly group?: string;
  /** The name of a view: a column, or two as `island × sex`. */
  readonly column?: string;
}

/**
 * Every metric that the file asks us to compute, each once: those of `evaluate.metrics` and of the rules, on the whole test set
 * and on every column that `evaluate.slices` or a rule names.
 */
export function listRequests(config: Config): MetricRequest[] {
  const { evaluate } = config;
  if (!evaluate) return [];
  const rules = (config.gates?.rules ?? []).filter(({ metric }) => !isReported(config, metric));
  const names = (evaluate.metrics ?? []).filter((name) => !isReported(config, name));
  const whole = keepDistinct([
    ...names.map((name) => ({ name, ...resolvePositive(name, evaluate.positive) })),
    ...rules.map((rule) => requestOf(rule, evaluate.positive)),
  ]);
  const columns = new Set([
    ...(evaluate.slices ?? []).map(nameView),
    ...rules.flatMap(({ slice }) => (slice === undefined ? [] : [nameView(slice)])),
  ]);
  const sliced = whole.filter(({ group }) => group === undefined);
  return [...whole, ...[...columns].flatMap((column) => sliced.map((request) => ({ ...request, column })))];
}

/** Classes beyond which a metric of one class is computed for each of them on all rows only, and beyond which not at all. */
const MAX_CLASSES_SLICED = 20;
const MAX_CLASSES = 100;

/**
 * The requests with one for each class where a metric of one class is asked for and no class is named. Of too many classes
 * the request stays as it is, and nothing can answer it.
 */
export function expandClasses(
  requests: readonly MetricRequest[],
  classes: readonly string[],
  task: Task,
): MetricRequest[] {
  if (task !== 'multiclass-classification') return [...requests];
  return requests.flatMap((request) => {
    const needs = findMetric(request.name)?.needs.includes('positive') === true;
    if (!needs || request.positive !== undefined) return [request];
    if (request.column === undefined && classes.length > MAX_CLASSES) return [request];
    if (request.column !== undefined && classes.length > MAX_CLASSES_SLICED) return [];
    return classes.map((positive) => ({ ...request, positive }));
  });
}

/** The metric that a rule judges, on the whole test set. `positive` is that of `evaluate`. */
export function requestOf(rule: Rule, positive: string | undefined): MetricRequest {
  const needsGroup = findMetric(rule.metric)?.needs.includes('group') === true;
  return {
    name: rule.metric,
    ...resolvePositive(rule.metric, rule.positive ?? positive),
    ...(needsGroup && rule.group !== undefined ? { group: rule.group } : {}),
  };
}

function resolvePositive(name: string, positive: string | undefined): { positive?: string } {
  return positive !== undefined && findMetric(name)?.needs.includes('positive') ? { positive } : {};
}

function keepDistinct(requests: readonly MetricRequest[]): MetricRequest[] {
  const byKey = new Map(
    requests.map((request) => [JSON.stringify([request.name, request.positive, request.group]), request]),
  );
  return [...byKey.values()];
}
