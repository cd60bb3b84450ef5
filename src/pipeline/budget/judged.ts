import { join } from 'node:path';
import { UserMistake } from '../../errors.ts';
import { renderSentence } from '../../evaluation/sentence.ts';
import type { EvidenceSet } from '../../evidence/document.ts';
import { readEvidence } from '../../evidence/files.ts';
import type { JudgedModel } from '../../report/aggregate-check.ts';
import { isRefusal, type Refusal } from '../../report/refusals.ts';
import { readJudgedIndex } from '../pull-request/judged-index.ts';
import { type Counting, countVerdict, type Refused, refuseUncountable } from './counting.ts';
import type { BudgetStore } from './store.ts';

type OpenStore = () => Promise<BudgetStore>;

/**
 * Counts every verdict of a judged folder, whatever became of the pull request and of the run since: the folder is an
 * artifact, so somebody may have read it already. Answers with what stands in place of a verdict that cannot be counted, by model. What cannot
 * be read is no verdict; whoever reads the folder to post it refuses that.
 */
export async function countFolder(folder: string, openStore: OpenStore): Promise<ReadonlyMap<string, Refusal>> {
  const refused = new Map<string, Refusal>();
  const index = await tolerate(readJudgedIndex(folder));
  for (const entry of index?.models ?? []) {
    if (entry.refused || entry.model === null) continue;
    const evidence = await tolerate(readEvidence(join(folder, entry.model)));
    const counting = evidence && (await count(evidence, openStore));
    if (counting?.state === 'refused') refused.set(entry.model, describeRefusal(counting));
  }
  return refused;
}

/** The models as they may be posted: what was refused stands in place of its verdict. */
export function replaceRefused(
  models: readonly JudgedModel[],
  refused: ReadonlyMap<string, Refusal>,
): readonly JudgedModel[] {
  return models.map((one) => {
    const refusal = refused.get(one.model);
    return refusal && !isRefusal(one.judged) ? { model: one.model, judged: refusal } : one;
  });
}

async function count(evidence: EvidenceSet, openStore: OpenStore): Promise<Counting> {
  const budget = evidence.verdict?.budget;
  if (budget?.counted) return countVerdict(await openStore(), evidence);
  return refuseUncountable(budget) ?? { state: 'counted' };
}

function describeRefusal({ reason, fix }: Refused): Refusal {
  const title = 'The verdict does not count against the budget of the test set';
  return { kind: 'missing', title, reason: renderSentence(reason), fix };
}

async function tolerate<T>(reading: Promise<T>): Promise<T | undefined> {
  return reading.catch((error: unknown) => {
    if (error instanceof UserMistake) return undefined;
    throw error;
  });
}
