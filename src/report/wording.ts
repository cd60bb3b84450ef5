import type { Direction } from '../config/metrics.ts';
import type { Kind, Outcome, RuleOutcome } from '../evidence/schema/envelope.ts';
import type { BaselineResult, ChangeKind } from '../evidence/schema/verdict.ts';

/** How one outcome reads wherever it is shown. */
interface OutcomeWording {
  /** For Markdown. */
  readonly icon: string;
  /** For the terminal, one column wide. */
  readonly mark: string;
  readonly word: string;
}

export const OUTCOME_WORDING: Readonly<Record<RuleOutcome, OutcomeWording>> = {
  pass: { icon: '✅', mark: '✓', word: 'pass' },
  fail: { icon: '❌', mark: '✗', word: 'fail' },
  'cannot-measure': { icon: '❓', mark: '?', word: 'cannot measure' },
  'not-applicable': { icon: '➖', mark: '–', word: 'not applicable' },
};

/** True for what asks for the reader's attention. */
export function isOpen({ outcome }: { outcome: RuleOutcome }): boolean {
  return outcome === 'fail' || outcome === 'cannot-measure';
}

/** A failing thing that does not block: a rule of level warn, or one that a waiver covers. */
export const TOLERATED_ICON = '⚠️';
export const TOLERATED_MARK = '!';

interface VerdictWording {
  readonly blocks: string;
  readonly passes: string;
}

/** What the verdict means for the merge, by outcome and by whether it blocks. */
export const VERDICT_WORDING: Readonly<Record<Outcome, VerdictWording>> = {
  pass: { passes: 'The model may merge', blocks: 'The model may not merge' },
  fail: { passes: 'Fails, but does not block', blocks: 'The model may not merge' },
  'cannot-measure': {
    passes: 'Could not be measured, but does not block',
    blocks: 'The model may not merge: it could not be measured',
  },
};

export const NO_VERDICT_REASON = 'No rule was decided, so nothing here says that the model may merge.';

export const DIRECTION_ARROW: Readonly<Record<Direction, string>> = { higher: '↑', lower: '↓' };

export const DIRECTION_WORDING: Readonly<Record<Direction, string>> = {
  higher: 'higher is better',
  lower: 'lower is better',
};

/** Instead of a reason that may not be shown. */
export const WITHHELD_REASON: Readonly<Record<RuleOutcome, string>> = {
  pass: 'It holds; the numbers are withheld.',
  fail: 'It does not hold; the numbers are withheld.',
  'cannot-measure': 'It could not be measured; the details are withheld.',
  'not-applicable': 'There is no baseline yet.',
};

export const STAGE_TITLE: Readonly<Record<Kind, string>> = {
  data: 'Data',
  training: 'Training',
  prediction: 'Prediction',
  evaluation: 'Evaluation',
  verdict: 'Verdict',
};

/** What is missing from a report where a document is. */
export const ABSENCE: Readonly<Record<Kind, string>> = {
  data: 'No data evidence: no data set was checked.',
  training: 'No training evidence: the training did not run here.',
  prediction: 'No prediction evidence: the predictions were not made here.',
  evaluation: 'No evaluation evidence: nothing was scored.',
  verdict: 'No verdict: no rule was decided.',
};

export const BASELINE_STATE: Readonly<Record<BaselineResult['state'], string>> = {
  found: 'found',
  'none-yet': 'none yet',
  unavailable: 'not available',
};

/** Changes that may lower the bar; one that cannot be ordered may. */
export const WEAKER: ReadonlySet<ChangeKind> = new Set(['removed', 'loosened', 'changed']);

/** A change of a promise in a word, with a mark where it may lower the bar. */
export function nameChange(change: ChangeKind): string {
  return WEAKER.has(change) ? `${TOLERATED_ICON} ${change}` : change;
}

export const PROPOSED_NOTE = 'The version of the base decides; this one counts only after it is merged.';

/** Instead of what a changed test set held. */
export const WITHHELD_VALUE = '(withheld)';

export const REVEAL_NOTE: Readonly<Record<'verdict' | 'metrics' | 'rows', string | undefined>> = {
  verdict: 'Only outcomes are shown: the configuration withholds every number of the test set (reveal: verdict).',
  metrics: undefined,
  rows: undefined,
};

export const SELF_REPORTED_NOTE =
  'These numbers are self-reported: the labels stand in the same file as the predictions.';
