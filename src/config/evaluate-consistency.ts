import type { Problem } from '../errors.ts';
import { findMetric, METRICS } from './metrics.ts';
import type { Locate } from './place.ts';
import { type Config, TASKS } from './schema/modelgate.ts';
import { suggest } from './suggestion.ts';

/** What `evaluate` and `task` must agree on. */
export function findEvaluateProblems(config: Config, locate: Locate): Problem[] {
  const { task, evaluate } = config;
  if (!evaluate) return [];
  if (!task) {
    return [{ ...locate(['evaluate'], 'key'), found: '`task` is missing', fix: `Allowed: ${TASKS.join(', ')}.` }];
  }
  const problems: Problem[] = evaluate.metrics.flatMap((name, index) =>
    findMetricProblems(config, name, evaluate.positive).map(({ found, fix }) => ({
      ...locate(['evaluate', 'metrics', index]),
      found,
      fix,
    })),
  );
  const { scores } = evaluate.predictions;
  const at = locate(['evaluate', 'predictions', 'scores']);
  if (scores !== undefined && task === 'regression') {
    problems.push({ ...at, found: '`scores` in a regression', fix: 'Remove it: a regression has predictions only.' });
  }
  if (typeof scores === 'string' && task === 'multiclass-classification') {
    problems.push({
      ...at,
      found: 'one column of scores',
      fix: 'Name one column for each class: { class: column, … }.',
    });
  }
  return problems;
}

/** Why a metric cannot be computed under this configuration, whoever asks for it. */
export function findMetricProblems(
  config: Config,
  name: string,
  positive: string | undefined,
  group?: string,
): { found: string; fix: string }[] {
  const metric = findMetric(name);
  const { task, evaluate } = config;
  if (!task) return [];
  if (!metric?.tasks.includes(task)) {
    const known = Object.keys(METRICS).filter((key) => METRICS[key]?.tasks.includes(task));
    const found = metric ? `the metric \`${name}\` does not fit ${task}` : `there is no metric \`${name}\``;
    return [{ found, fix: suggest(name, known) }];
  }
  const missing = [
    metric.needs.includes('positive') && positive === undefined && 'Say which class is the positive one: `positive`.',
    metric.needs.includes('scores') &&
      evaluate?.predictions.scores === undefined &&
      'Name the columns of scores: `evaluate.predictions.scores`.',
    metric.needs.includes('group') &&
      group === undefined &&
      'A fairness metric needs a rule with `group: column`; ask for it under gates.rules only.',
  ].filter((fix) => typeof fix === 'string');
  return missing.map((fix) => ({ found: `\`${name}\` needs more than predictions and labels`, fix }));
}
