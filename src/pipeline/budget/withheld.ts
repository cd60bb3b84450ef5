import type { EvidenceSet } from '../../evidence/document.ts';

/** Whether a verdict may be told only by the job that counts it first: nothing may be shown that was not counted. */
export function withholdsVerdict({ verdict }: EvidenceSet): boolean {
  const budget = verdict?.budget;
  return budget?.whenSpent === 'cannot-measure' && (budget.counted || budget.state === 'unknown');
}
