import type { EvidenceSet } from '../../evidence/document.ts';
import { shorten } from '../escaping.ts';
import { formatAmount, formatCount, formatMetric } from '../numbers.ts';

/** Classes named one by one. */
const MAX_NAMED = 5;
/** Longest name within a sentence, in graphemes: what follows must not be cut off with it. */
const MAX_NAME = 60;

/** That the test set has classes which the training data have not; empty where it has none. */
export function describeUnseen({ evaluation }: EvidenceSet): string {
  const unseen = evaluation?.join?.unseenLabels ?? [];
  if (unseen.length === 0) return '';
  const named = unseen
    .slice(0, MAX_NAMED)
    .map(({ label, rows }) => `${shorten(label, MAX_NAME)} (${formatAmount(rows, 'row')})`);
  const left = unseen.length - named.length;
  const more = left > 0 ? ` and ${formatCount(left)} more` : '';
  return `The test set has classes that no row of the training data has: ${named.join(', ')}${more}.`;
}

/** Where the score turned into the positive class, and how that was chosen; empty where it was not. */
export function describeOperatingPoint({ evaluation }: EvidenceSet): string {
  const point = evaluation?.operatingPoint;
  if (!point) return '';
  const { threshold, positive, chosenBy, achieved, rows } = point;
  return (
    `Operating point: ${shorten(positive, MAX_NAME)} from a score of ${formatMetric(threshold)} on, chosen on ` +
    `${formatAmount(rows, 'validation row')} (${chosenBy}; there it came to ${formatMetric(achieved)}).`
  );
}

/** What is left of the test set's budget; empty where it has none. */
export function describeBudget({ verdict }: EvidenceSet): string {
  const budget = verdict?.budget;
  return budget ? `Test-set budget ${budget.id}: ${budget.text}` : '';
}

/** The budget again where it asks for the reader's attention: nearly spent, spent, or nobody can say. */
export function describeBudgetWarning(evidence: EvidenceSet): string {
  const state = evidence.verdict?.budget?.state;
  return state === undefined || state === 'open' ? '' : describeBudget(evidence);
}
