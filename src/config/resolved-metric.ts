import { findMetric, type MetricDescription } from './metrics.ts';
import type { Config, EvaluateConfig } from './schema/modelgate.ts';
import { TASKS } from './schema/modelgate.ts';

/** What is known of a metric before anything is measured. */
export interface ResolvedMetric extends MetricDescription {
  /** Whether we compute it from predictions, or the user's own script measured it. */
  readonly source: 'computed' | 'reported';
  /** Whether its number may come with limits. Of reported files that depends on the format. */
  readonly hasLimits: boolean;
}

type Reported = NonNullable<EvaluateConfig['reported']>[number];

/**
 * What a name means under a configuration: a metric that we compute, else one of `evaluate.reported`. Undefined when it is
 * neither. What a number that somebody reported can come to is not known, so its range has no ends.
 */
export function resolveMetric(config: Pick<Config, 'evaluate'>, name: string): ResolvedMetric | undefined {
  const computed = findMetric(name);
  if (computed) return { ...computed, source: 'computed', hasLimits: true };
  const file = config.evaluate?.reported?.find(({ metrics }) => Object.hasOwn(metrics, name));
  const entry = file?.metrics[name];
  if (!file || !entry) return undefined;
  return {
    direction: entry.direction,
    tasks: TASKS,
    needs: [],
    title: name,
    reference: `\`${entry.key}\` of \`${file.path}\``,
    range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    source: 'reported',
    hasLimits: tellsErrors(file),
  };
}

/** What a name means where it must mean something. One that no configuration can hold is a bug. */
export function requireResolved(config: Pick<Config, 'evaluate'>, name: string): ResolvedMetric {
  const metric = resolveMetric(config, name);
  if (!metric) throw new Error(`there is no metric ${name}`);
  return metric;
}

/** Whether a format tells how sure its numbers are: by standard errors, or by the rows that shares are of. */
function tellsErrors({ format }: Reported): boolean {
  return format === 'lm-evaluation-harness' || format === 'classification-report';
}
