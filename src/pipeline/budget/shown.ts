import { UserMistake } from '../../errors.ts';
import type { EvidenceSet } from '../../evidence/document.ts';
import { removeDocuments, writeDocument } from '../../evidence/files.ts';
import type { Run } from '../run.ts';
import { countVerdict, type Refused, refuseUncountable } from './counting.ts';
import { describeUnknown } from './state.ts';
import type { BudgetStore } from './store.ts';

/**
 * Counts the verdict of a run in one job before it is shown. Under `when-spent: warn` one that cannot be counted is shown
 * all the same: a warning and the verdict, which is written again, say that it is not, why, and what the job lacks. Where
 * `when-spent` is `cannot-measure` it throws UserMistake in every such case, and nothing is shown or left in the folder.
 */
export async function countShown(
  run: Pick<Run, 'project' | 'runFolder' | 'progress'>,
  evidence: EvidenceSet,
  store: () => Promise<BudgetStore>,
): Promise<EvidenceSet> {
  const { verdict } = evidence;
  const budget = run.project.config.gates?.budget;
  const state = verdict?.budget;
  if (!budget || !verdict || !state) return evidence;
  const warn = (text: string) => run.progress.warn(`The budget of the test set: ${text}`);
  const uncountable = refuseUncountable(state);
  if (uncountable) return refuse(run.runFolder, uncountable);
  if (state.state === 'unknown') warn(state.text);
  if (!state.counted) return evidence;
  const counting = await countVerdict(await store(), evidence);
  if (counting.state === 'counted') return evidence;
  const { reason, fix } = counting;
  if (budget['when-spent'] === 'cannot-measure') return refuse(run.runFolder, counting);
  const told = { ...verdict, budget: describeUnknown(budget, reason, fix) };
  warn(told.budget.text);
  await writeDocument(run.runFolder, told);
  return { ...evidence, verdict: told };
}

/** A folder is uploaded whatever happens, so what must not be shown does not stay in it. */
async function refuse(runFolder: string, { reason, fix }: Refused): Promise<never> {
  await removeDocuments(runFolder, ['evaluation', 'verdict']);
  throw new UserMistake({ found: `the verdict: ${reason}`, fix });
}
