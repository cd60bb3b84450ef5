import { isReported } from '../config/metric-problems.ts';
import { BOOTSTRAP } from '../config/schema/governance.ts';
import type { Config } from '../config/schema/modelgate.ts';
import { resolveReveal } from '../evaluation/reveal.ts';
import { renderSentence } from '../evaluation/sentence.ts';
import { type EvidenceSet, listChecks, worstOutcome } from '../evidence/document.ts';
import type { Outcome } from '../evidence/schema/envelope.ts';
import type {
  BudgetState,
  ControlResult,
  RuleResult,
  StageResult,
  VerdictEvidence,
  WaiverState,
} from '../evidence/schema/verdict.ts';
import { type BaselineLookup, describeBaseline } from './baseline.ts';
import { decideStages } from './stages.ts';
import type { Digests, Present } from './trust.ts';

export type { BaselineLookup } from './baseline.ts';
export { decideRules } from './rules.ts';

export interface VerdictParts {
  readonly config: Config;
  /** What is judged now: the model, the commit, the digest of modelgate.yml. */
  readonly present: Present;
  readonly evidence: EvidenceSet;
  /** The digest of each document in `evidence`. */
  readonly digests: Digests;
  readonly rules: readonly RuleResult[];
  readonly controls: readonly ControlResult[];
  readonly waivers: readonly WaiverState[];
  readonly baselines: readonly BaselineLookup[];
  /** How often the test set was asked, with this verdict; null where the file has no budget. */
  readonly budget: BudgetState | null;
}

/** Everything of a verdict but its envelope. */
export type Decision = Pick<
  VerdictEvidence,
  | 'outcome'
  | 'blocks'
  | 'reason'
  | 'mode'
  | 'governanceMode'
  | 'reveal'
  | 'stages'
  | 'rules'
  | 'baselines'
  | 'controls'
  | 'waivers'
  | 'budget'
>;

/**
 * Puts all outcomes together. The outcome is what it would be if everything were enforced; only what is enforced blocks:
 * stages and rules under `gates.mode`, controls under `governance.mode`. A rule of level `warn`, and what an active
 * waiver names, are shown and count for nothing.
 */
export function decideVerdict(parts: VerdictParts): Decision {
  const { config, evidence } = parts;
  const mode = config.gates?.mode ?? 'enforce';
  const governanceMode = config.governance?.mode ?? 'enforce';
  assertDecided(config, parts);
  const active = new Set(parts.waivers.filter((waiver) => waiver.active).map((waiver) => waiver.waives));
  const rules = parts.rules.map((rule) => ({ ...rule, waived: active.has(rule.id) }));
  const controls = parts.controls.map((control) => ({ ...control, waived: active.has(control.id) }));
  const stages = decideStages(config, parts.present, evidence, parts.digests);
  const counted: Counted[] = [
    ...stages.map((stage) => ({ ...describeStage(stage), blocks: mode === 'enforce' })),
    ...describeBudget(config, parts.budget).map((part) => ({ ...part, blocks: mode === 'enforce' })),
    ...rules.filter(countsRule).map((rule) => ({ ...describeRule(rule), blocks: mode === 'enforce' })),
    ...controls
      .filter(({ waived }) => !waived)
      .map((control) => ({
        name: `the control ${control.id}`,
        outcome: control.outcome,
        // What judges itself may not excuse itself either.
        blocks: governanceMode === 'enforce' || control.id === BOOTSTRAP,
      })),
  ];
  const worst = worstOutcome(counted.map((part) => part.outcome));
  const asked = [...parts.rules, ...parts.controls.filter(({ id }) => id !== BOOTSTRAP), ...listChecks(evidence.data)];
  const nothing = worst === 'pass' && asked.length === 0;
  const outcome = nothing ? 'cannot-measure' : worst;
  const blocks = (nothing && mode === 'enforce') || counted.some((part) => part.blocks && part.outcome !== 'pass');
  return {
    outcome,
    blocks,
    reason: renderSentence(
      nothing ? NOTHING_JUDGED : summarise(counted, outcome, blocks) + tellClaimed(config, outcome, rules),
    ),
    mode,
    governanceMode,
    reveal: resolveReveal(config),
    stages,
    rules,
    baselines: parts.baselines.map(describeBaseline),
    controls,
    waivers: [...parts.waivers],
    budget: parts.budget,
  };
}

const NOTHING_JUDGED = 'there is nothing to judge: no rule, no control and no data check';

interface Counted {
  readonly name: string;
  readonly outcome: Outcome;
  readonly blocks: boolean;
}

/** A rule or a control of the file without a result would pass unseen: that is a bug of the caller’s. */
function assertDecided(config: Config, { rules, controls }: VerdictParts): void {
  const decided = new Set([...rules, ...controls].map(({ id }) => id));
  const asked = [...(config.gates?.rules ?? []), ...(config.governance?.controls ?? [])];
  const missing = asked.find(({ id }) => !decided.has(id));
  if (missing) throw new Error(`nothing was decided about ${missing.id}`);
}

function countsRule({ level, waived }: RuleResult): boolean {
  return level === 'error' && !waived;
}

/** A pass says at once when every rule that counts was decided by a number that somebody else measured. */
function tellClaimed(config: Config, outcome: Outcome, rules: readonly RuleResult[]): string {
  const decisive = rules.filter((rule) => countsRule(rule) && rule.outcome !== 'not-applicable');
  const isClaimed = decisive.length > 0 && decisive.every(({ metric }) => isReported(config, metric));
  return outcome === 'pass' && isClaimed ? ', by numbers that nobody here measured' : '';
}

function describeRule({ id, outcome }: RuleResult): Pick<Counted, 'name' | 'outcome'> {
  return { name: `the rule ${id}`, outcome: outcome === 'not-applicable' ? 'pass' : outcome };
}

function describeStage({ stage, outcome }: StageResult): Pick<Counted, 'name' | 'outcome'> {
  return { name: `the ${stage}`, outcome };
}

function summarise(counted: readonly Counted[], outcome: Outcome, blocks: boolean): string {
  const observed = outcome !== 'pass' && !blocks ? '; observed only, so nothing is blocked' : '';
  const failed = counted.filter((part) => part.outcome === 'fail').map(({ name }) => name);
  const unmeasured = counted.filter((part) => part.outcome === 'cannot-measure').map(({ name }) => name);
  if (outcome === 'pass') return 'every stage, rule and control that counts has passed';
  const sentences = [
    ...(failed.length > 0 ? [`failed: ${failed.join(', ')}`] : []),
    ...(unmeasured.length > 0 ? [`not measured: ${unmeasured.join(', ')}`] : []),
  ];
  return `${sentences.join('; ')}${observed}`;
}

/**
 * A verdict beyond the allowance is none where `when-spent` says so. It is none either where nobody can say how many were
 * given: what cannot be counted may be beyond.
 */
function describeBudget(config: Config, state: BudgetState | null): Pick<Counted, 'name' | 'outcome'>[] {
  const budget = config.gates?.budget;
  if (budget?.['when-spent'] !== 'cannot-measure') return [];
  if (state?.state === 'open' || state?.state === 'nearly-spent') return [];
  const name =
    state?.state === 'spent'
      ? `the budget ${budget.id}, of which all ${budget.verdicts} verdicts are spent`
      : `the budget ${budget.id}, whose verdicts nobody could count`;
  return [{ name, outcome: 'cannot-measure' }];
}
