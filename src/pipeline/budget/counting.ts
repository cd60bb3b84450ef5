import { UserMistake } from '../../errors.ts';
import type { EvidenceSet } from '../../evidence/document.ts';
import type { BudgetState, VerdictEvidence } from '../../evidence/schema/verdict.ts';
import { type BudgetFault, describeFault } from './fault.ts';
import { findQuestion, isBootstrapId, type Judging, nameQuestion } from './question.ts';
import type { BudgetStore, CountedVerdict } from './store.ts';

/** What there is to count of the evidence of a model, sealed or not; undefined where no budget is spent by it. */
export function findCounted({ verdict, evaluation }: EvidenceSet): CountedVerdict | undefined {
  if (!verdict?.budget?.counted) return undefined;
  const { subject, model, outcome, budget } = verdict;
  const judging = findJudging(verdict);
  const question = findQuestion(evaluation, judging);
  if (!question) return undefined;
  const account = { budget: budget.id, model };
  const id = nameQuestion(account, question, judging);
  return { id, ...account, commit: subject.commit, outcome, ...question };
}

function findJudging({ judgedBy, subject }: VerdictEvidence): Judging {
  return judgedBy ?? { config: subject.config, bootstrap: false };
}

/** `counted`: it is, or there is nothing to count. Otherwise why it is not, and what to do. */
export type Counting = { readonly state: 'counted' } | Refused;
export interface Refused extends BudgetFault {
  readonly state: 'refused';
}

/**
 * Counts a verdict before it is shown; repeating it counts nothing. It is refused where it cannot be counted, where others
 * took what was left while it was decided, if it must not go beyond, and where the change's own rules would spend what the
 * base's rules already spend from. What a refusal comes to is the caller's to say.
 */
export async function countVerdict(store: BudgetStore, evidence: EvidenceSet): Promise<Counting> {
  const { verdict } = evidence;
  const budget = verdict?.budget;
  const uncountable = refuseUncountable(budget);
  if (uncountable) return uncountable;
  if (!verdict || !budget?.counted) return { state: 'counted' };
  const found = findCounted(evidence);
  if (!found) {
    const reason = 'it could not be counted: the evaluation that it rests on is not there';
    return { state: 'refused', reason, fix: 'Run the workflow again.' };
  }
  try {
    if (findJudging(verdict).bootstrap) {
      const others = await store.read(found);
      if (others.some((id) => !isBootstrapId(id, budget.id))) return refuseBootstrap(budget);
    }
    const counted = await store.count(found);
    return decideCounting(budget, counted.indexOf(found.id) + 1);
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    const { reason, fix } = describeFault(error);
    return { state: 'refused', reason: `it could not be counted: ${reason}`, fix };
  }
}

/** Refuses where nobody knew what was spent, and nothing may be shown that is not counted; undefined everywhere else. */
export function refuseUncountable(budget: BudgetState | null | undefined): Refused | undefined {
  if (budget?.state !== 'unknown' || budget.whenSpent !== 'cannot-measure') return undefined;
  const reason = `it could not be counted: ${budget.text.replace(/\.$/, '')}`;
  return { state: 'refused', reason, fix: 'Mend that, and run the workflow again.' };
}

function refuseBootstrap({ id }: BudgetState): Counting {
  const reason = `the change brings rules of its own along, and the budget ${id} is of rules that are merged already`;
  return { state: 'refused', reason, fix: 'Name the budget anew, or leave modelgate.yml where the base has it.' };
}

/** `place` is the verdict's among those that were counted, from 1; 0 where the store does not tell of it. */
function decideCounting({ id, verdicts, state, whenSpent }: BudgetState, place: number): Counting {
  if (place < 1) {
    const reason = 'it could not be counted: it was written, and is not among those that were counted';
    return { state: 'refused', reason, fix: 'Run the workflow again, and look at where verdicts are counted.' };
  }
  // That it is beyond was known when it was decided, or nobody minds.
  if (place <= verdicts || state === 'spent' || whenSpent !== 'cannot-measure') return { state: 'counted' };
  const reason = `others took what was left of the budget ${id} while it was decided: it is verdict ${place} of ${verdicts}`;
  return { state: 'refused', reason, fix: 'Collect another test set, and name its budget anew.' };
}
