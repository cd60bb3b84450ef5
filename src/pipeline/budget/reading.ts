import { UserMistake } from '../../errors.ts';
import type { EvaluationEvidence } from '../../evidence/schema/evaluation.ts';
import type { BudgetState } from '../../evidence/schema/verdict.ts';
import type { Run } from '../run.ts';
import { describeFault } from './fault.ts';
import { findQuestion, isMeasured, type Judging, nameQuestion } from './question.ts';
import { computeBudgetState, describeOutside, describeUnknown } from './state.ts';

/**
 * What is left of the test set's budget, this verdict included; null where modelgate.yml has none. A budget that
 * should be counted and cannot be read is `unknown`, with its reason and what to do.
 */
export async function readBudget(
  run: Pick<Run, 'project' | 'openBudget' | 'signal'>,
  evaluation: EvaluationEvidence | undefined,
  judging: Judging,
): Promise<BudgetState | null> {
  const { config } = run.project;
  const budget = config.gates?.budget;
  if (!budget) return null;
  if (!run.openBudget) return describeOutside(budget);
  const account = { budget: budget.id, model: config.model };
  const question = evaluation && isMeasured(evaluation) ? findQuestion(evaluation, judging) : undefined;
  try {
    const counted = await (await run.openBudget()).read(account);
    return computeBudgetState(config, budget, counted, question && nameQuestion(account, question, judging));
  } catch (error) {
    run.signal.throwIfAborted();
    if (!(error instanceof UserMistake)) throw error;
    const { reason, fix } = describeFault(error);
    return describeUnknown(budget, reason, fix);
  }
}
