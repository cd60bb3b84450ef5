import { METRICS } from '../config/metrics.ts';
import type { Config, Rule } from '../config/schema/modelgate.ts';

/** A metric that somebody asked for: on all rows, or on each value of `column`. */
export interface MetricRequest {
  readonly name: string;
  /** There for the metrics that need to know the positive class. */
  readonly positive?: string;
  /** The column whose values are compared with each other. */
  readonly group?: string;
  readonly column?: string;
}

/**
 * Every metric that the file asks for, each once: those of `evaluate.metrics` and of the rules, on the whole test set
 * and on every column that `evaluate.slices` or a rule names.
 */
export function listRequests(config: Config): MetricRequest[] {
  const { evaluate } = config;
  if (!evaluate) return [];
  const rules = config.gates?.rules ?? [];
  const whole = keepDistinct([
    ...evaluate.metrics.map((name) => ({ name, ...resolvePositive(name, evaluate.positive) })),
    ...rules.map((rule) => requestOf(rule, evaluate.positive)),
  ]);
  const columns = new Set([
    ...(evaluate.slices ?? []),
    ...rules.flatMap(({ slice }) => (slice === undefined ? [] : [slice])),
  ]);
  const sliced = whole.filter(({ group }) => group === undefined);
  return [...whole, ...[...columns].flatMap((column) => sliced.map((request) => ({ ...request, column })))];
}

/** The metric that a rule judges, on the whole test set. `positive` is that of `evaluate`. */
export function requestOf(rule: Rule, positive: string | undefined): MetricRequest {
  const needsGroup = METRICS[rule.metric]?.needs.includes('group') === true;
  return {
    name: rule.metric,
    ...resolvePositive(rule.metric, rule.positive ?? positive),
    ...(needsGroup && rule.group !== undefined ? { group: rule.group } : {}),
  };
}

function resolvePositive(name: string, positive: string | undefined): { positive?: string } {
  return positive !== undefined && METRICS[name]?.needs.includes('positive') ? { positive } : {};
}

function keepDistinct(requests: readonly MetricRequest[]): MetricRequest[] {
  const byKey = new Map(
    requests.map((request) => [JSON.stringify([request.name, request.positive, request.group]), request]),
  );
  return [...byKey.values()];
}
