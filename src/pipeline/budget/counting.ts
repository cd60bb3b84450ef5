import { describeFound, UserMistake } from '../../errors.ts';
import type { EvidenceSet } from '../../evidence/document.ts';
import type { BudgetState } from '../../evidence/schema/verdict.ts';
import { findQuestion, nameQuestion } from './question.ts';
import type { BudgetStore, CountedVerdict } from './store.ts';

/** What there is to count of the evidence of a model; undefined where no budget is spent by it. */
export function findCounted({ verdict, evaluation }: EvidenceSet): CountedVerdict | undefined {
  if (!verdict?.budget?.counted) return undefined;
  const { subject, judgedBy, model, outcome, budget } = verdict;
  const question = findQuestion(evaluation, judgedBy?.config ?? subject.config);
  if (!question) return undefined;
  return {
    id: nameQuestion(budget.id, question),
    budget: budget.id,
    model,
    commit: subject.commit,
    outcome,
    ...question,
  };
}

/** `counted`: it may be shown. Otherwise why it may not, half a sentence, and what to do. */
export type Counting = { readonly state: 'counted' } | { readonly state: 'refused'; reason: string; fix: string };

/**
 * Counts a verdict before it is shown, so that none is shown that was not counted; repeating it counts nothing. It is
 * refused where it cannot be counted, and where others took what was left while it was decided, if it must not go beyond.
 */
export async function countVerdict(store: BudgetStore, evidence: EvidenceSet): Promise<Counting> {
  const budget = evidence.verdict?.budget;
  if (!budget?.counted) return { state: 'counted' };
  const verdict = findCounted(evidence);
  if (!verdict) {
    const reason = 'it could not be counted: the evaluation that it rests on is not there';
    return { state: 'refused', reason, fix: 'Run the workflow again.' };
  }
  try {
    const counted = await store.count(verdict);
    return decideCounting(budget, counted.indexOf(verdict.id) + 1);
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    const fix = error.problems.flatMap((problem) => problem.fix ?? []).join(' ');
    return { state: 'refused', reason: `it could not be counted: ${describeFound(error)}`, fix };
  }
}

/** `place` is the verdict's among those that were counted, from 1. */
function decideCounting({ id, verdicts, state, whenSpent }: BudgetState, place: number): Counting {
  // That it is beyond was known when it was decided, or nobody minds.
  if (place <= verdicts || state === 'spent' || whenSpent !== 'cannot-measure') return { state: 'counted' };
  const reason = `others took what was left of the budget ${id} while it was decided: it is verdict ${place} of ${verdicts}`;
  return { state: 'refused', reason, fix: 'Collect another test set, and name its budget anew.' };
}
