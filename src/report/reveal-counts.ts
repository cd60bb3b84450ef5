import { findMetric } from '../config/metrics.ts';
import type { EvaluationEvidence, Metric } from '../evidence/schema/evaluation.ts';
import type { ControlResult, RuleCase, RuleResult, VerdictEvidence } from '../evidence/schema/verdict.ts';

const NO_INTERVAL = 'the rows do not allow one';
const NO_LIMITS = 'there are no limits: the rows do not allow them';

const CLASS_COUNT = /\ba class has \d[^;]*/g;
const FEW = 'a class has too few rows';

/** A number, or a name in backticks. */
const TELLING = /[\d`]/;

/** The evaluation without reasons that count the rows of a class or a group, or name one; the same where none does. */
export function hideCounts(evaluation: EvaluationEvidence): EvaluationEvidence {
  const metrics = hideMetricCounts(evaluation.metrics);
  return metrics === evaluation.metrics ? evaluation : { ...evaluation, metrics };
}

function hideMetricCounts(metrics: Metric[]): Metric[] {
  const tells = ({ noInterval, source }: Metric) => source === 'computed' && TELLING.test(noInterval ?? '');
  if (!metrics.some(tells)) return metrics;
  return metrics.map((metric) => (tells(metric) ? { ...metric, noInterval: NO_INTERVAL } : metric));
}

/** The same of a verdict: of its cases, and of the rules and controls that tell them again. */
export function hideCaseCounts(verdict: VerdictEvidence): VerdictEvidence {
  const { rules, controls, proposedTestSet } = verdict;
  const said = rules.filter(isComputed).flatMap((rule) => rule.cases.map(({ reason }) => reason));
  // The longest first: one may be the beginning of another.
  const telling = said
    .filter((reason) => hideReason(reason) !== reason)
    .sort((one, other) => other.length - one.length);
  const hide = (text: string) =>
    telling.reduce((left, reason) => left.replaceAll(reason, () => hideReason(reason)), text).replace(CLASS_COUNT, FEW);
  const shown = rules.map((rule) => hideRule(rule, hide));
  const told = controls.map((control) => hideControl(control, hide));
  const metrics = proposedTestSet && hideMetricCounts(proposedTestSet.metrics);
  const isSame =
    shown.every((rule, at) => rule === rules[at]) &&
    told.every((control, at) => control === controls[at]) &&
    metrics === proposedTestSet?.metrics;
  if (isSame) return verdict;
  const proposed = proposedTestSet && metrics && { proposedTestSet: { ...proposedTestSet, metrics } };
  return { ...verdict, rules: shown, controls: told, ...proposed };
}

/** What somebody reported, we did not read from labels. */
function isComputed({ metric }: RuleResult): boolean {
  return findMetric(metric) !== undefined;
}

function hideRule(rule: RuleResult, hide: (text: string) => string): RuleResult {
  if (!isComputed(rule)) return rule;
  const reason = hide(rule.reason);
  const cases = rule.cases.map((one): RuleCase => ({ ...one, reason: hideReason(one.reason) }));
  const isSame = reason === rule.reason && cases.every((one, at) => one.reason === rule.cases[at]?.reason);
  return isSame ? rule : { ...rule, reason, cases };
}

function hideControl(control: ControlResult, hide: (text: string) => string): ControlResult {
  if (control.kind !== 'metric') return control;
  const reason = hide(control.reason);
  return reason === control.reason ? control : { ...control, reason };
}

/** Why there are no limits is told to the end of a reason; a class may be counted beside limits that there are, too. */
function hideReason(reason: string): string {
  return reason
    .replace(/there are no limits: .*$/s, (text) => (TELLING.test(text) ? NO_LIMITS : text))
    .replace(CLASS_COUNT, FEW);
}
