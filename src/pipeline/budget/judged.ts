import { join } from 'node:path';
import { describeFound, UserMistake } from '../../errors.ts';
import { renderSentence } from '../../evaluation/sentence.ts';
import type { EvidenceSet } from '../../evidence/document.ts';
import { readEvidence } from '../../evidence/files.ts';
import type { BudgetState } from '../../evidence/schema/verdict.ts';
import type { JudgedModel } from '../../report/aggregate-check.ts';
import { isRefusal, type Refusal } from '../../report/refusals.ts';
import { type JudgedIndex, readJudgedIndex } from '../pull-request/judged-index.ts';
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
  for (const model of listJudged(index)) {
    const evidence = await tolerate(readEvidence(join(folder, model)));
    const counting = evidence && (await count(evidence, openStore));
    if (counting?.state === 'refused') refused.set(model, describeRefusal(counting));
  }
  return refused;
}

/** What counting came to of a model that was judged. */
export interface CountedModel {
  readonly model: string;
  /** Null where there is none, and where the evidence does not tell. */
  readonly budget: BudgetState | null;
  readonly counting: Counting;
}

/**
 * The same for a folder whose verdicts were told already, of which nothing is posted: what came of each model, in order. Here
 * it is refused, too, what cannot be read, and what was shown without being counted. Throws UserMistake where nobody can say
 * which models there are.
 */
export async function countModels(folder: string, openStore: OpenStore): Promise<readonly CountedModel[]> {
  const counted: CountedModel[] = [];
  for (const model of listJudged(await readJudgedIndex(folder))) {
    counted.push(await countModel(folder, model, openStore));
  }
  return counted;
}

async function countModel(folder: string, model: string, openStore: OpenStore): Promise<CountedModel> {
  const fix = 'Mend that, and run the workflow again.';
  const refuse = (why: string) => ({ state: 'refused' as const, reason: `it could not be counted: ${why}`, fix });
  try {
    const evidence = await readEvidence(join(folder, model));
    const { verdict } = evidence;
    if (!verdict) return { model, budget: null, counting: refuse('the verdict is not there') };
    const { budget } = verdict;
    const unknown = budget?.state === 'unknown' ? refuse(budget.text.replace(/\.$/, '')) : undefined;
    return { model, budget, counting: unknown ?? (await count(evidence, openStore)) };
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    return { model, budget: null, counting: refuse(describeFound(error)) };
  }
}

/** A model that was refused has no verdict. */
function listJudged(index: JudgedIndex | undefined): string[] {
  return (index?.models ?? []).flatMap(({ model, refused }) => (refused || model === null ? [] : [model]));
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
