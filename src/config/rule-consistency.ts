import type { Problem } from '../errors.ts';
import { findCertaintyFaults } from './certainty-faults.ts';
import type { Fault } from './faults.ts';
import { findMetricProblems, isReported } from './metric-problems.ts';
import type { Locate } from './place.ts';
import { explainRowless } from './reported-alone.ts';
import { type ResolvedMetric, resolveMetric } from './resolved-metric.ts';
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
    const fix = 'Say under `evaluate` where the predictions and the labels are, or the files of reported numbers.';
    return [{ ...locate(['gates'], 'key'), found: '`gates` without `evaluate`: there is nothing to judge', fix }];
  }
  const budget = gates.budget && explainRowless(config, '`budget`');
  const rules = gates.rules.flatMap((rule, index) => {
    const path = ['gates', 'rules', index];
    return [
      ...findRuleMetricProblems(config, rule).map((problem) => ({ ...locate([...path, 'metric']), ...problem })),
      ...[
        ...findConditionFaults(rule),
        ...findMetricFaults(rule, resolveMetric(config, rule.metric)),
        ...findCertaintyFaults(config, rule),
      ].map(({ key, ...fault }) => ({
        ...(key ? locate([...path, key], 'key') : locate(path)),
        ...fault,
      })),
      ...findBaselineFaults(config, rule).map((fault) => ({
        ...locate([...path, 'against']),
        ...fault,
      })),
    ];
  });
  return [...(budget ? [{ ...locate(['gates', 'budget'], 'key'), ...budget }] : []), ...rules];
}

/** Where every number is reported, there are no rows to compute another from. */
function findRuleMetricProblems(config: Config, { metric, positive, group }: Rule): Fault[] {
  const rowless = isReported(config, metric) ? undefined : explainRowless(config, `\`${metric}\``);
  if (rowless) return [rowless];
  return findMetricProblems(config, metric, { positive: positive ?? config.evaluate?.positive, group });
}

/** A fault, and the key of the rule that it is about. */
interface RuleFault extends Fault {
  readonly key?: string;
}

function findConditionFaults(rule: Rule): RuleFault[] {
  const relative = RELATIVE.filter((key) => rule[key] !== undefined);
  const faults: RuleFault[] = [];
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
  if (rule.group !== undefined && rule.slice !== undefined) {
    faults.push({ key: 'slice', found: '`slice` beside `group`', fix: 'Write two rules.' });
  }
  return faults;
}

/** What a metric does not go with. Of one that is not known nothing can be said. */
function findMetricFaults(rule: Rule, metric: ResolvedMetric | undefined): RuleFault[] {
  if (!metric) return [];
  const faults: RuleFault[] = findRangeFaults(rule, metric);
  const { metric: name, group, slice, positive } = rule;
  const isReported = metric.source === 'reported';
  if (group !== undefined && !metric.needs.includes('group')) {
    const fix = isReported ? 'Remove it.' : 'Use `slice` to judge each value of a column.';
    faults.push({ key: 'group', found: `\`group\` with the metric \`${name}\``, fix });
  }
  if (!isReported) return faults;
  const fix = 'Remove it: a reported number is one number, and nothing is known of its rows.';
  if (slice !== undefined) faults.push({ key: 'slice', found: `\`slice\` with the reported metric \`${name}\``, fix });
  if (positive !== undefined) {
    faults.push({ key: 'positive', found: `\`positive\` with the reported metric \`${name}\``, fix });
  }
  return faults;
}

/** A bound that no value can reach or every value keeps is a slip, such as 70 for 70 %. */
function findRangeFaults({ min, max, metric: name }: Rule, { range }: ResolvedMetric): RuleFault[] {
  const [least, greatest] = range;
  const bounded = Number.isFinite(greatest) ? `it is at most ${greatest}` : `it is at least ${least}`;
  const scale = range.every(Number.isFinite) ? `it lies from ${least} to ${greatest}` : bounded;
  const fault = (key: 'min' | 'max', text: string) => ({
    key,
    found: `${text}; ${scale}`,
    fix: `Write \`${key}\` on that scale.`,
  });
  const faults: RuleFault[] = [];
  if (min !== undefined && min > greatest) faults.push(fault('min', `no value of ${name} reaches ${min}`));
  if (min !== undefined && min < least) faults.push(fault('min', `every value of ${name} is over ${min}`));
  if (max !== undefined && max < least) faults.push(fault('max', `no value of ${name} is as low as ${max}`));
  if (max !== undefined && max > greatest) faults.push(fault('max', `every value of ${name} is under ${max}`));
  return faults;
}

function findBaselineFaults(config: Config, { against }: Rule): Fault[] {
  const rowless = against === undefined ? undefined : explainRowless(config, '`against`');
  if (rowless) return [rowless];
  const stages = listStageNames(config);
  if (typeof against !== 'string' || against === 'base' || VERSION.test(against)) return [];
  if (stages.includes(against)) return [];
  const [near] = stages.length > 0 ? (/^Did you mean [^?]+\?/.exec(suggest(against, stages)) ?? []) : [];
  const known =
    stages.length > 0 ? ` The stages are ${stages.join(', ')}.` : ` There are none yet: \`stages: [NAME]\`.`;
  return [
    { found: `there is no stage \`${against}\``, fix: `${near ? `${near} ` : ''}Allowed: ${BASELINES}.${known}` },
  ];
}
