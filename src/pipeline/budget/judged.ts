import { renderSentence } from '../../evaluation/sentence.ts';
import type { JudgedModel } from '../../report/aggregate-check.ts';
import { isRefusal } from '../../report/refusals.ts';
import { countVerdict } from './counting.ts';
import type { BudgetStore } from './store.ts';

/** Counts the verdicts of a run that are to be posted. What cannot be counted is refused in place of being shown. */
export async function countJudged(
  models: readonly JudgedModel[],
  openStore: () => Promise<BudgetStore>,
): Promise<JudgedModel[]> {
  const all: JudgedModel[] = [];
  for (const one of models) {
    const { model, judged } = one;
    if (isRefusal(judged) || !judged.verdict?.budget?.counted) {
      all.push(one);
      continue;
    }
    const counting = await countVerdict(await openStore(), judged);
    const title = 'The verdict does not count against the budget of the test set';
    if (counting.state === 'counted') all.push(one);
    else
      all.push({
        model,
        judged: { kind: 'missing', title, reason: renderSentence(counting.reason), fix: counting.fix },
      });
  }
  return all;
}
