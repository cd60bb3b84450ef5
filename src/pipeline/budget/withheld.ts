import type { Config } from '../../config/schema/modelgate.ts';
import type { EvidenceSet } from '../../evidence/document.ts';
import type { BudgetState } from '../../evidence/schema/verdict.ts';

/** What a job says in place of a verdict that another one tells. */
export const TOLD_WHEN_COUNTED =
  'the check modelgate tells its verdict, once model-report.yml has counted it against the budget of the test set';

/**
 * Whether a verdict is told only after it was counted, or nobody could: one that was told before may never be counted, as
 * when the run is cancelled between the two. Where nothing was asked of the test set there is nothing to count.
 */
export function mustCount(budget: BudgetState | null): boolean {
  return budget !== null && (budget.counted || budget.state === 'unknown');
}

/** The same of evidence. */
export function withholdsVerdict({ verdict }: EvidenceSet): boolean {
  return verdict !== undefined && mustCount(verdict.budget);
}

/**
 * What a step may show that measures and does not decide: with a budget no more than under `reveal: verdict`, for numbers
 * ask the test set as a verdict does, and nobody has counted them yet. Those beside a verdict came with it. The documents of
 * the run folder stay as they are.
 */
export function withholdUncounted({ gates }: Config, evidence: EvidenceSet): EvidenceSet {
  const { evaluation, verdict } = evidence;
  if (!gates?.budget || !evaluation || verdict) return evidence;
  return { ...evidence, evaluation: { ...evaluation, reveal: 'verdict' } };
}
