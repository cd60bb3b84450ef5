import type { Locate } from '../config/place.ts';
import type { Config } from '../config/schema/modelgate.ts';
import type { Measurements } from '../evaluation/samples.ts';
import type { EvaluationEvidence } from '../evidence/schema/evaluation.ts';
import type { RuleCase, RuleResult } from '../evidence/schema/verdict.ts';
import type { BaselineLookup } from './baseline.ts';
import { createEmptyCase, type Draft, draftCase } from './case.ts';
import { findHolmError } from './holm-error.ts';
import { findWorst } from './judgement.ts';
import { describeRule } from './rule-text.ts';
import { createScene, type Scene } from './scene.ts';
import type { Steps } from './steps.ts';
import { listSubjects } from './subjects.ts';

/**
 * Decides every rule, in the order of the file. `locate` finds a rule in modelgate.yml. `measurements` are what the rows of
 * candidate and baselines hold beyond the evidence; without them limits are those that evidence alone allows. It stops before
 * each number that may take long, and decides the same however often it is left to wait.
 */
export function* decideRules(
  config: Config,
  locate: Locate,
  evaluation: EvaluationEvidence | undefined,
  baselines: readonly BaselineLookup[],
  measurements?: Measurements,
): Steps<RuleResult[]> {
  const results: RuleResult[] = [];
  for (const [index, rule] of (config.gates?.rules ?? []).entries()) {
    const scene = evaluation && createScene(config, rule, evaluation, baselines, measurements);
    const cases = scene ? yield* decideCases(scene) : [createEmptyCase('there is no evaluation to judge')];
    const outcome = findWorst(cases.map((entry) => entry.outcome));
    results.push({
      id: rule.id,
      text: describeRule(rule, config),
      metric: rule.metric,
      level: rule.level ?? 'error',
      outcome,
      reason: summarise(scene?.view, cases),
      cases,
      waived: false,
      place: { ...locate(['gates', 'rules', index]) },
    });
  }
  return results;
}

function* decideCases(scene: Scene): Steps<RuleCase[]> {
  const { rule, evaluation, certainty, view } = scene;
  const subjects = listSubjects(scene);
  if (subjects.length === 0) {
    const none = `the evaluation holds no \`${rule.metric}\` by \`${view}\``;
    return [createEmptyCase(evaluation.outcome === 'pass' ? none : evaluation.reason)];
  }
  const drafts: Draft[] = [];
  for (const subject of subjects) {
    yield;
    drafts.push(draftCase(scene, subject));
  }
  const claims = drafts.flatMap((draft) => draft.claims);
  const corrects = rule.correction === 'holm' && certainty && 'error' in certainty;
  const failError = corrects ? yield* findHolmError(claims, certainty.error) : undefined;
  const cases: RuleCase[] = [];
  for (const draft of drafts) {
    yield;
    cases.push(draft.settle(failError));
  }
  return cases;
}

/** The reason of a rule: its only case’s, or which of the cases keep it from passing. */
function summarise(view: string | undefined, cases: readonly RuleCase[]): string {
  const [only, second] = cases;
  if (only && !second) return only.slice === undefined ? only.reason : `${only.slice}: ${only.reason}`;
  const outcome = findWorst(cases.map((entry) => entry.outcome));
  const worst = sortWorst(cases.filter((entry) => entry.outcome === outcome));
  if (outcome === 'pass') return `all ${cases.length} values of ${view} pass`;
  if (outcome === 'not-applicable') return worst[0]?.reason ?? '';
  const shown = worst.map(({ slice, reason }) => `${slice}: ${reason}`);
  const what = outcome === 'fail' ? 'fail' : 'cannot be measured';
  const listed = shown.slice(0, MAX_SHOWN).join('; ');
  return `${worst.length} of ${cases.length} values of ${view} ${what}: ${listed}${shown.length > MAX_SHOWN ? '; …' : ''}`;
}

/** Of the cases behind a rule’s outcome so many are in its reason; all are in `cases`. */
const MAX_SHOWN = 3;

/** The case that lies furthest beyond what is allowed comes first, and what has no number last. */
function sortWorst(cases: readonly RuleCase[]): RuleCase[] {
  return [...cases].sort((one, other) => {
    const [a, b] = [computeMargin(one), computeMargin(other)];
    return a === b ? 0 : a - b;
  });
}

/** How far inside of what is allowed a case lies; less than 0 outside. */
function computeMargin({ candidate, difference, allowed }: RuleCase): number {
  const value = difference ?? candidate;
  const { low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY } = allowed ?? {};
  return value === null || !allowed ? Number.POSITIVE_INFINITY : Math.min(value - low, high - value);
}
