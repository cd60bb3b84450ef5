import { readActor } from '../../cli/registry/opening.ts';
import { UserMistake } from '../../errors.ts';
import { renderSentence } from '../../evaluation/sentence.ts';
import { type CountedModel, countModels } from '../../pipeline/budget/judged.ts';
import { openLedgerStore } from '../../pipeline/budget/ledger-store.ts';
import type { BudgetStore } from '../../pipeline/budget/store.ts';
import { openLedger } from '../../registry/ledger/branch-ledger.ts';
import { escapeMarkdown } from '../../report/escaping.ts';
import { capAnnotations } from '../annotations.ts';
import type { Shell } from '../shell.ts';
import type { ReportedEvidence } from './inputs.ts';
import { fetchJudged } from './judged-artifact.ts';
import type { Opened } from './opening.ts';
import { withTemporary } from './temporary.ts';

/**
 * Counts the verdicts that this run told itself, as that of a push does: nothing is posted, and repeating it counts nothing.
 * Ends as failed where one of them does not stand in the ledger and should. Throws UserMistake where the artifact is not the
 * one that the judging job uploaded.
 */
export async function runCount(shell: Shell, opened: Opened, evidence: ReportedEvidence): Promise<void> {
  const counted = await withTemporary(shell, async (temporary) => {
    const fetched = await fetchJudged(opened, evidence, temporary);
    if (fetched === undefined) return [];
    if ('folder' in fetched) return countModels(fetched.folder, () => openStore(shell, opened));
    const found = `the verdicts of this run could not be counted: ${fetched.fault}`;
    throw new UserMistake({ found, fix: 'Run the workflow again.' });
  });
  const lines =
    counted.length > 0 ? counted.map(describeCounted) : ['This run left no verdict, so nothing is counted.'];
  for (const line of lines) shell.print(`${line}\n`);
  await shell.postSummary(`## Counted verdicts\n\n${lines.map((line) => `- ${escapeMarkdown(line)}\n`).join('')}`);
  const refused = counted.filter(({ counting }) => counting.state === 'refused');
  if (refused.length === 0) return;
  const annotations = refused.map((one) => ({
    ...{ level: 'error' as const, place: undefined },
    title: `${one.model}: the verdict does not count`,
    message: describeCounted(one),
  }));
  shell.postAnnotations(capAnnotations(annotations));
  shell.block();
}

/** The ledger, as far as it counts verdicts. */
export async function openStore(shell: Shell, { client, context }: Opened): Promise<BudgetStore> {
  const { repository, serverUrl, runId: id, attempt } = context;
  const actor = await readActor(shell, client);
  const run = { id, attempt, url: `${serverUrl}/${repository.fullName}/actions/runs/${id}` };
  return openLedgerStore(openLedger(client, repository, { now: () => new Date() }), { actor, run });
}

function describeCounted({ model, budget, counting }: CountedModel): string {
  if (counting.state === 'refused') {
    const { reason, fix } = counting;
    return `${model}: the verdict does not count against the budget of the test set. ${renderSentence(reason)} ${fix}`;
  }
  if (budget === null) return `${model}: nothing is counted, as there is no budget.`;
  if (!budget.counted) return `${model}: nothing is counted, as nothing was asked of the test set.`;
  return `${model}: the verdict is counted against the budget ${budget.id}.`;
}
