import type { Locate } from '../config/place.ts';
import type { Config, Rule } from '../config/schema/modelgate.ts';
import type { EvaluationEvidence } from '../evidence/schema/evaluation.ts';
import type { RuleCase, RuleResult } from '../evidence/schema/verdict.ts';
import { type BaselineLookup, nameBaseline } from './baseline.ts';
import { decideCase, findWorst } from './case.ts';
import { describeRule } from './rule-text.ts';
import { listSubjects } from './subjects.ts';

/** Decides every rule, in the order of the file. `locate` finds a rule in modelgate.yml. */
export function decideRules(
  config: Config,
  locate: Locate,
  evaluation: EvaluationEvidence | undefined,
  baselines: readonly BaselineLookup[],
): RuleResult[] {
  return (config.gates?.rules ?? []).map((rule, index) => {
    const cases = decideCases(config, rule, evaluation, baselines);
    const outcome = findWorst(cases.map((entry) => entry.outcome));
    return {
      id: rule.id,
      text: describeRule(rule),
      metric: rule.metric,
      level: rule.level ?? 'error',
      outcome,
      reason: summarise(rule, cases),
      cases,
      waived: false,
      place: { ...locate(['gates', 'rules', index]) },
    };
  });
}

function decideCases(
  config: Config,
  rule: Rule,
  evaluation: EvaluationEvidence | undefined,
  baselines: readonly BaselineLookup[],
): RuleCase[] {
  if (!evaluation) return [createEmptyCase('there is no evaluation to judge')];
  const name = rule.against === undefined ? undefined : nameBaseline(rule.against);
  const lookup = baselines.find((baseline) => baseline.name === name);
  const other = lookup?.state === 'found' ? lookup.evaluation : undefined;
  const subjects = listSubjects(rule, config.evaluate?.positive, evaluation, other);
  if (subjects.length > 0) return subjects.map((subject) => decideCase(rule, subject, evaluation, lookup));
  const none = `the evaluation holds no \`${rule.metric}\` by \`${rule.slice}\``;
  return [createEmptyCase(evaluation.outcome === 'pass' ? none : evaluation.reason)];
}

function createEmptyCase(reason: string): RuleCase {
  return {
    outcome: 'cannot-measure',
    reason,
    n: 0,
    candidate: null,
    baseline: null,
    difference: null,
    withinNoise: false,
  };
}

/** The reason of a rule: its only case’s, or which of the cases keep it from passing. */
function summarise(rule: Rule, cases: readonly RuleCase[]): string {
  const [only, second] = cases;
  if (only && !second) return only.slice === undefined ? only.reason : `${only.slice}: ${only.reason}`;
  const outcome = findWorst(cases.map((entry) => entry.outcome));
  const worst = cases.filter((entry) => entry.outcome === outcome);
  if (outcome === 'pass') return `all ${cases.length} values of ${rule.slice} pass`;
  const shown = worst.map(({ slice, reason }) => `${slice}: ${reason}`);
  if (outcome === 'not-applicable') return worst[0]?.reason ?? '';
  const what = outcome === 'fail' ? 'fail' : 'cannot be measured';
  return `${worst.length} of ${cases.length} values of ${rule.slice} ${what}: ${shown.slice(0, MAX_SHOWN).join('; ')}${
    shown.length > MAX_SHOWN ? '; …' : ''
  }`;
}

/** Of the cases behind a rule’s outcome so many are in its reason; all are in `cases`. */
const MAX_SHOWN = 3;
