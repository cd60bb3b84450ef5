import type { Config } from '../../config/schema/modelgate.ts';
import type { EvidenceSet } from '../../evidence/document.ts';
import { type Counting, countVerdict } from './counting.ts';
import { findQuestion, isMeasured, nameQuestion } from './question.ts';
import { computeBudgetState } from './state.ts';
import type { BudgetStore } from './store.ts';

/** Whether a laptop decided, which counts nothing: what it shows to nobody else needs no count. */
export function isOutside({ verdict }: EvidenceSet): boolean {
  return verdict?.budget?.state === 'open' && verdict.budget.spent === null;
}

/**
 * Counts a laptop's verdict that others are about to see, as the trusted job would have: `evidence` as it lies on the laptop,
 * not sealed. Refused where that job would have shown none. Throws UserMistake where the verdicts cannot be read.
 */
export async function countOutside(config: Config, evidence: EvidenceSet, store: BudgetStore): Promise<Counting> {
  const { verdict, evaluation } = evidence;
  const budget = config.gates?.budget;
  if (!budget || !verdict || !evaluation || !isOutside(evidence)) return { state: 'counted' };
  const judging = verdict.judgedBy ?? { config: verdict.subject.config, bootstrap: false };
  const question = isMeasured(evaluation) ? findQuestion(evaluation, judging) : undefined;
  const account = { budget: budget.id, model: verdict.model };
  const counted = await store.read(account);
  const state = computeBudgetState(config, budget, counted, question && nameQuestion(account, question, judging));
  if (state.state === 'spent' && state.whenSpent === 'cannot-measure') {
    const fix = 'Collect another test set, and name its budget anew.';
    return { state: 'refused', reason: `the budget ${budget.id} is spent: ${state.text.replace(/\.$/, '')}`, fix };
  }
  return countVerdict(store, { ...evidence, verdict: { ...verdict, budget: state } });
}
