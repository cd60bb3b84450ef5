import type { Problem } from '../errors.ts';
import { findMetricProblems } from './evaluate-consistency.ts';
import { findMetric } from './metrics.ts';
import type { Locate } from './place.ts';
import type { Config, Rule } from './schema/modelgate.ts';
import { listStageNames } from './stages.ts';
import { suggest } from './suggestion.ts';

/** What `against` may hold. */
const BASELINES = 'one of the stages, base, a version such as name@v1.2.3, { file: … } or { run: … }';
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
      ...findBaselineFaults(rule, listStageNames(config)).map((fault) => ({
        ...locate([...path, 'against']),
        ...fault,
      })),
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
        fix: `Name the baseline with \`against\`: ${BASELINES}.`,
      })),
    );
  }
  if (rule.min !== undefined && rule.max !== undefined && rule.min > rule.max) {
    faults.push({ key: 'min', found: `\`min\` ${rule.min} is over \`max\` ${rule.max}`, fix: 'No value can pass.' });
  }
  faults.push(...findRangeFaults(rule));
  if (rule.group !== undefined && findMetric(rule.metric)?.needs.includes('group') === false) {
    const fix = 'Use `slice` to judge each value of a column.';
    faults.push({ key: 'group', found: `\`group\` with the metric \`${rule.metric}\``, fix });
  }
  if (rule.group !== undefined && rule.slice !== undefined) {
    faults.push({ key: 'slice', found: '`slice` beside `group`', fix: 'Write two rules.' });
  }
  return faults;
}

/** A bound that no value can reach or every value keeps is a slip, such as 70 for 70 %. */
function findRangeFaults(rule: Rule): { key: string; found: string; fix: string }[] {
  const metric = findMetric(rule.metric);
  if (!metric) return [];
  const [least, greatest] = metric.range;
  const bounded = Number.isFinite(greatest) ? `it is at most ${greatest}` : `it is at least ${least}`;
  const range = metric.range.every(Number.isFinite) ? `it lies from ${least} to ${greatest}` : bounded;
  const fault = (key: 'min' | 'max', text: string) => ({
    key,
    found: `${text}; ${range}`,
    fix: `Write \`${key}\` on that scale.`,
  });
  const { min, max, metric: name } = rule;
  const faults: { key: string; found: string; fix: string }[] = [];
  if (min !== undefined && min > greatest) faults.push(fault('min', `no value of ${name} reaches ${min}`));
  if (min !== undefined && min < least) faults.push(fault('min', `every value of ${name} is over ${min}`));
  if (max !== undefined && max < least) faults.push(fault('max', `no value of ${name} is as low as ${max}`));
  if (max !== undefined && max > greatest) faults.push(fault('max', `every value of ${name} is under ${max}`));
  return faults;
}

function findBaselineFaults(rule: Rule, stages: readonly string[]): { found: string; fix: string }[] {
  const { against } = rule;
  if (typeof against !== 'string' || against === 'base' || VERSION.test(against)) return [];
  if (stages.includes(against)) return [];
  const [near] = stages.length > 0 ? (/^Did you mean [^?]+\?/.exec(suggest(against, stages)) ?? []) : [];
  const known =
    stages.length > 0 ? ` The stages are ${stages.join(', ')}.` : ` There are none yet: \`stages: [NAME]\`.`;
  return [
    { found: `there is no stage \`${against}\``, fix: `${near ? `${near} ` : ''}Allowed: ${BASELINES}.${known}` },
  ];
}
