import { UserMistake } from '../../errors.ts';
import type { EvidenceSet } from '../../evidence/document.ts';
import { writeDocument } from '../../evidence/files.ts';
import type { Run } from '../run.ts';
import { countVerdict } from './counting.ts';
import { describeUnknown } from './state.ts';
import type { BudgetStore } from './store.ts';

/**
 * Counts the verdict of a run in one job before it is shown. What cannot be counted is said in the verdict, which is
 * written again; where `when-spent` is `cannot-measure` it throws UserMistake, and nothing is shown.
 */
export async function countShown(
  run: Pick<Run, 'project' | 'runFolder' | 'progress'>,
  evidence: EvidenceSet,
  store: () => Promise<BudgetStore>,
): Promise<EvidenceSet> {
  const { verdict } = evidence;
  const budget = run.project.config.gates?.budget;
  if (!budget || !verdict?.budget?.counted) return evidence;
  const counting = await countVerdict(await store(), evidence);
  if (counting.state === 'counted') return evidence;
  const { reason, fix } = counting;
  if (budget['when-spent'] === 'cannot-measure') throw new UserMistake({ found: `the verdict: ${reason}`, fix });
  run.progress.warn(`The budget of the test set: ${reason}. ${fix}`);
  const told = { ...verdict, budget: describeUnknown(budget, reason) };
  await writeDocument(run.runFolder, told);
  return { ...evidence, verdict: told };
}
