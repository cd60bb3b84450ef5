import type { EvidenceSet } from '../../evidence/document.ts';
import { KINDS, type Outcome } from '../../evidence/schema/envelope.ts';
import type { RuleResult, VerdictEvidence } from '../../evidence/schema/verdict.ts';
import { formatAmount, formatCommit, formatCount } from '../numbers.ts';
import { NO_VERDICT_REASON, OUTCOME_WORDING, VERDICT_WORDING } from '../wording.ts';

/** The first thing a reader sees. */
export interface Headline {
  readonly model: string;
  /** Undefined where there is no verdict. */
  readonly outcome: Outcome | undefined;
  readonly blocks: boolean;
  /** `The model may merge`. */
  readonly title: string;
  /** The verdict's reason, as one sentence. */
  readonly reason: string;
  /** `4f2a9c1b7`; empty where there is no document. */
  readonly commit: string;
  /** `6 of 7 rules pass, 1 waived`. */
  readonly rules: string;
  readonly mode: string;
}

/** What the whole comes to. */
export function computeHeadline(evidence: EvidenceSet): Headline {
  const { verdict } = evidence;
  const documents = KINDS.toReversed().flatMap((kind) => evidence[kind] ?? []);
  const subject = documents[0]?.subject;
  const short = subject?.commit ? formatCommit(subject.commit) : 'none, outside git';
  return {
    model: documents[0]?.model ?? 'unknown model',
    outcome: verdict?.outcome,
    blocks: verdict?.blocks ?? false,
    title: verdict ? titleOf(verdict) : 'No verdict yet',
    reason: verdict ? verdict.reason : NO_VERDICT_REASON,
    commit: subject === undefined ? '' : subject.dirty ? `${short} with uncommitted changes` : short,
    rules: verdict ? countRules(verdict.rules) : '',
    mode: verdict ? describeMode(verdict) : '',
  };
}

function titleOf({ outcome, blocks }: VerdictEvidence): string {
  return VERDICT_WORDING[outcome][blocks ? 'blocks' : 'passes'];
}

/** `enforce` is what one expects; `observe` is always said, also when nothing failed. */
function describeMode({ mode, governanceMode }: VerdictEvidence): string {
  if (mode === 'observe') return 'observe: rules report and do not block';
  return governanceMode === 'observe' ? 'enforce; governance is observed only' : 'enforce';
}

function countRules(rules: readonly RuleResult[]): string {
  if (rules.length === 0) return 'no rules';
  const count = (outcome: RuleResult['outcome']): number => rules.filter((rule) => rule.outcome === outcome).length;
  const passed = count('pass');
  const rest = (['fail', 'cannot-measure', 'not-applicable'] as const)
    .filter((outcome) => count(outcome) > 0)
    .map((outcome) => `${formatCount(count(outcome))} ${OUTCOME_WORDING[outcome].word}`);
  const waived = rules.filter((rule) => rule.waived).length;
  return [
    passed === rules.length
      ? passed === 1
        ? 'the only rule passes'
        : `all ${formatAmount(passed, 'rule')} pass`
      : `${formatCount(passed)} of ${formatCount(rules.length)} rules pass`,
    ...rest,
    ...(waived > 0 ? [`${formatCount(waived)} waived`] : []),
  ].join(', ');
}
