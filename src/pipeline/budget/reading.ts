import { describeFound, UserMistake } from '../../errors.ts';
import type { EvaluationEvidence } from '../../evidence/schema/evaluation.ts';
import type { BudgetState } from '../../evidence/schema/verdict.ts';
import type { Run } from '../run.ts';
import { findQuestion, nameQuestion } from './question.ts';
import { computeBudgetState, describeOutside, describeUnknown } from './state.ts';

/**
 * What is left of the test set's budget, this verdict included; null where modelgate.yml has none. `judging` is the digest
 * of the modelgate.yml that judges. A budget that should be counted and cannot be read is `unknown`, with its reason.
 */
export async function readBudget(
  run: Pick<Run, 'project' | 'openBudget' | 'signal'>,
  evaluation: EvaluationEvidence | undefined,
  judging: string,
): Promise<BudgetState | null> {
  const { config } = run.project;
  const budget = config.gates?.budget;
  if (!budget) return null;
  if (!run.openBudget) return describeOutside(budget);
  const question = findQuestion(evaluation, judging);
  try {
    const counted = await (await run.openBudget()).read(budget.id);
    return computeBudgetState(config, budget, counted, question && nameQuestion(budget.id, question));
  } catch (error) {
    run.signal.throwIfAborted();
    if (!(error instanceof UserMistake)) throw error;
    return describeUnknown(budget, describeFound(error));
  }
}
