import type { Fault } from './faults.ts';
import type { MetricDescription, MetricNeed, MetricParameter } from './metrics/description.ts';
import { findMetric, METRICS, parseMetricName } from './metrics.ts';
import type { Config } from './schema/modelgate.ts';
import { suggest } from './suggestion.ts';

/** What a rule or `evaluate` says beside the metric’s name. */
export interface MetricAsking {
  readonly positive?: string | undefined;
  readonly group?: string | undefined;
  /** Whether a metric of one class may stand for those of all classes, where there are more than two. */
  readonly everyClass?: boolean;
}

/** Why a metric cannot be computed under this configuration, whoever asks for it. */
export function findMetricProblems(config: Config, name: string, asking: MetricAsking): Fault[] {
  const { task } = config;
  if (!task || isReported(config, name)) return [];
  const { base } = parseMetricName(name);
  const known = Object.hasOwn(METRICS, base) ? METRICS[base] : undefined;
  if (!known?.tasks.includes(task)) {
    const found = known ? `the metric \`${name}\` does not fit ${task}` : `there is no metric \`${name}\``;
    return [{ found, fix: suggestMetric(config, base) }];
  }
  const metric = findMetric(name);
  if (!metric) return [describeParameterFault(name, base, known.parameter)];
  return findMissingNeeds(config, metric, asking).map((fix) => ({
    found: `\`${name}\` needs more than predictions and labels`,
    fix,
  }));
}

/** Whether a file of `evaluate.reported` holds the number of this name. */
export function isReported({ evaluate }: Config, name: string): boolean {
  return evaluate?.reported?.some(({ metrics }) => Object.hasOwn(metrics, name)) === true;
}

/** Guesses by the names alone, and lists them with a word for what must stand behind the `@`. */
function suggestMetric(config: Config, base: string): string {
  const own = Object.entries(METRICS).filter(([, { tasks }]) => config.task && tasks.includes(config.task));
  const reported = config.evaluate?.reported?.flatMap(({ metrics }) => Object.keys(metrics)) ?? [];
  const guess = suggest(base, [...own.map(([name]) => name), ...reported]).match(/^Did you mean `(.+?)`\?/)?.[1];
  const listed = own.flatMap(([name, { parameter }]) => {
    const extended = `${name}@${parameter?.name.toUpperCase()}`;
    if (!parameter) return [name];
    return parameter.optional ? [name, extended] : [extended];
  });
  const meant = listed.find((name) => name === guess || name.startsWith(`${guess}@`)) ?? guess;
  return `${meant === undefined ? '' : `Did you mean \`${meant}\`? `}Allowed: ${[...listed, ...reported].join(', ')}.`;
}

function describeParameterFault(name: string, base: string, parameter: MetricParameter | undefined): Fault {
  if (!parameter) return { found: `\`${name}\` has a number behind its name`, fix: `Write \`${base}\` alone.` };
  const kind = parameter.whole ? 'a whole number' : 'a number';
  const range = `${parameter.name} is ${kind} from ${parameter.least} to ${parameter.greatest}`;
  const example = `\`${base}@${EXAMPLES[parameter.name] ?? parameter.least}\``;
  const what = name.includes('@') ? `\`${name}\` does not end in one` : `\`${name}\` lacks its ${parameter.name}`;
  const alone = parameter.optional ? `, or \`${base}\` alone` : '';
  return { found: `${what}: ${range}`, fix: `Write it as in ${example}${alone}.` };
}

const EXAMPLES: Readonly<Record<string, string>> = { beta: '2', k: '10', alpha: '0.9' };

function findMissingNeeds({ task, evaluate }: Config, { needs }: MetricDescription, asking: MetricAsking): string[] {
  const { positive, group, everyClass = false } = asking;
  const lacks: Readonly<Record<MetricNeed, string | false>> = {
    positive:
      positive === undefined &&
      !(everyClass && task === 'multiclass-classification') &&
      'Say which class is the positive one: `positive`.',
    scores: evaluate?.predictions?.scores === undefined && 'Name the columns of scores: `evaluate.predictions.scores`.',
    group:
      group === undefined && 'A fairness metric needs a rule with `group: column`; ask for it under gates.rules only.',
    costs: evaluate?.costs === undefined && 'Say what mistakes cost: `evaluate.costs`.',
    limits:
      evaluate?.predictions?.limits === undefined &&
      'Name the columns of the predicted interval: `evaluate.predictions.limits`.',
  };
  return needs.map((need) => lacks[need]).filter((fix) => typeof fix === 'string');
}
