import type { Problem } from '../errors.ts';
import { findMetricProblems } from './evaluate-consistency.ts';
import { METRICS } from './metrics.ts';
import type { Locate } from './place.ts';
import type { Config, Rule } from './schema/modelgate.ts';
import { suggest } from './suggestion.ts';

const RELATIVE = ['max-drop', 'min-gain', 'within'] as const;
/** GTO's grammar of a version: `name@v1.2.3`. */
const VERSION = /^[A-Za-z0-9][A-Za-z0-9_-]*@v\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

/** What each rule under `gates` must agree on with itself and with the rest of the file. */
export function findRuleProblems(config: Config, locate: Locate): Problem[] {
  const { gates, evaluate } = config;
  if (!gates) return [];
  if (!evaluate) {
    const fix = 'Say under `evaluate` where the predictions and the labels are.';
    return [{ ...locate(['gates'], 'key'), found: '`gates` without `evaluate`: there is nothing to judge', fix }];
  }
  return gates.rules.flatMap((rule, index) => {
    const path = ['gates', 'rules', index];
    return [
      ...findMetricProblems(config, rule.metric, rule.positive ?? evaluate.positive, rule.group).map((problem) => ({
        ...locate([...path, 'metric']),
        ...problem,
      })),
      ...findConditionFaults(rule).map(({ key, ...fault }) => ({
        ...(key ? locate([...path, key], 'key') : locate(path)),
        ...fault,
      })),
      ...findBaselineFaults(rule, config.stages ?? []).map((fault) => ({ ...locate([...path, 'against']), ...fault })),
    ];
  });
}

function findConditionFaults(rule: Rule): { key?: string; found: string; fix: string }[] {
  const relative = RELATIVE.filter((key) => rule[key] !== undefined);
  const faults: { key?: string; found: string; fix: string }[] = [];
  if (rule.min === undefined && rule.max === undefined && rule.against === undefined) {
    const fix = 'Add `min`, `max`, or `against` with `max-drop`, `min-gain` or `within`.';
    faults.push({ found: `the rule \`${rule.id}\` has no condition`, fix });
  }
  if (rule.against !== undefined && relative.length === 0) {
    faults.push({ key: 'against', found: '`against` alone', fix: 'Add `max-drop`, `min-gain` or `within`.' });
  }
  if (rule.against === undefined) {
    faults.push(
      ...relative.map((key) => ({
        key,
        found: `\`${key}\` without \`against\``,
        fix: 'Name the baseline: `against`.',
      })),
    );
  }
  if (rule.min !== undefined && rule.max !== undefined && rule.min > rule.max) {
    faults.push({ key: 'min', found: `\`min\` ${rule.min} is over \`max\` ${rule.max}`, fix: 'No value can pass.' });
  }
  if (rule.group !== undefined && !METRICS[rule.metric]?.needs.includes('group')) {
    const fix = 'Use `slice` to judge each value of a column.';
    faults.push({ key: 'group', found: `\`group\` with the metric \`${rule.metric}\``, fix });
  }
  if (rule.group !== undefined && rule.slice !== undefined) {
    faults.push({ key: 'slice', found: '`slice` beside `group`', fix: 'Write two rules.' });
  }
  return faults;
}

function findBaselineFaults(rule: Rule, stages: readonly string[]): { found: string; fix: string }[] {
  const { against } = rule;
  if (typeof against !== 'string' || against === 'base' || VERSION.test(against)) return [];
  if (stages.includes(against)) return [];
  const fix =
    stages.length > 0
      ? suggest(against, [...stages, 'base'])
      : `List the stages of the model: \`stages: [${against}]\`; or use base, a version, { file: … } or { run: … }.`;
  return [{ found: `there is no stage \`${against}\``, fix }];
}
