import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderSentence } from '../../evaluation/sentence.ts';
import { worstOutcome } from '../../evidence/document.ts';
import { readEvidence } from '../../evidence/files.ts';
import type { Outcome } from '../../evidence/schema/envelope.ts';
import { TOLD_WHEN_COUNTED, withholdsVerdict } from '../../pipeline/budget/withheld.ts';
import type { JudgedEntry, JudgedIndex } from '../../pipeline/pull-request/judged-index.ts';
import { type Annotation, listAnnotations } from '../../report/annotations.ts';
import { escapeMarkdown } from '../../report/escaping.ts';
import { renderTerminal } from '../../report/terminal.ts';
import { capAnnotations } from '../annotations.ts';
import type { Shell } from '../shell.ts';

/** What a job may tell of all models, and whether it ends as failed. */
export interface Presented {
  readonly outcome: Outcome;
  readonly blocks: boolean;
  /** Whether a verdict is told by another job, which counts it first. */
  readonly countedLater: boolean;
}

/**
 * Shows what every model came to in the log, as annotations and as the job summary. Where another job reports, `reported`,
 * a verdict that is to be counted is left to it: of such a model neither what is shown nor what is returned depends on the
 * verdict. It is `cannot-measure`, which nobody takes for a pass, and does not block. Returns the worst outcome.
 */
export async function presentJudged(
  shell: Shell,
  output: string,
  { models }: JudgedIndex,
  { reported }: { readonly reported: boolean },
): Promise<Presented> {
  const summaries: string[] = [];
  const annotations: Annotation[] = [];
  const told: Pick<JudgedEntry, 'outcome' | 'blocks'>[] = [];
  let countedLater = false;
  const withhold = (model: string) => {
    told.push({ outcome: 'cannot-measure', blocks: false });
    countedLater = true;
    shell.print(`\n${model}: ${TOLD_WHEN_COUNTED}.\n`);
    summaries.push(`## ${escapeMarkdown(model)}\n\n${escapeMarkdown(renderSentence(TOLD_WHEN_COUNTED))}\n`);
  };
  for (const entry of models) {
    const { model, config, refused, reason } = entry;
    if (refused && !entry.blocks) {
      withhold(model ?? config);
      continue;
    }
    if (refused || model === null) {
      told.push(entry);
      const title = `${model ?? config}: cannot be judged`;
      annotations.push({ level: 'error', title, message: reason, place: undefined });
      summaries.push(`## ❔ ${escapeMarkdown(title)}\n\n${escapeMarkdown(reason)}\n`);
      continue;
    }
    const evidence = await readEvidence(join(output, model));
    if (reported && withholdsVerdict(evidence)) {
      withhold(model);
      continue;
    }
    told.push(entry);
    shell.print(`\n${renderTerminal(evidence, { color: false, width: 100 })}\n`);
    annotations.push(...listAnnotations(evidence));
    summaries.push(await readFile(join(output, model, 'report.md'), 'utf8'));
  }
  shell.postAnnotations(capAnnotations(annotations));
  await shell.postSummary(summaries.join('\n'));
  const outcome = worstOutcome(told.map((one) => one.outcome));
  return { outcome, blocks: told.some(({ blocks }) => blocks), countedLater };
}
