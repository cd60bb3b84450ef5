import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderSentence } from '../../evaluation/sentence.ts';
import { worstOutcome } from '../../evidence/document.ts';
import { readEvidence } from '../../evidence/files.ts';
import type { Outcome } from '../../evidence/schema/envelope.ts';
import { withholdsVerdict } from '../../pipeline/budget/withheld.ts';
import type { JudgedIndex } from '../../pipeline/pull-request/judged-index.ts';
import { type Annotation, listAnnotations } from '../../report/annotations.ts';
import { escapeMarkdown } from '../../report/escaping.ts';
import { renderTerminal } from '../../report/terminal.ts';
import { capAnnotations } from '../annotations.ts';
import type { Shell } from '../shell.ts';

/**
 * Shows what every model came to in the log, as annotations and as the job summary. Where another job reports, `reported`,
 * a verdict that must be counted first is left to it. Returns the worst outcome.
 */
export async function presentJudged(
  shell: Shell,
  output: string,
  { models }: JudgedIndex,
  { reported }: { readonly reported: boolean },
): Promise<Outcome> {
  const summaries: string[] = [];
  const annotations: Annotation[] = [];
  for (const { model, config, refused, reason } of models) {
    if (refused || model === null) {
      const title = `${model ?? config}: cannot be judged`;
      annotations.push({ level: 'error', title, message: reason, place: undefined });
      summaries.push(`## ❔ ${escapeMarkdown(title)}\n\n${escapeMarkdown(reason)}\n`);
      continue;
    }
    const evidence = await readEvidence(join(output, model));
    if (reported && withholdsVerdict(evidence)) {
      const told = 'the verdict is in the report, which counts it against the budget of the test set first';
      shell.print(`\n${model}: ${told}.\n`);
      summaries.push(`## ${escapeMarkdown(model)}\n\n${escapeMarkdown(renderSentence(told))}\n`);
      continue;
    }
    shell.print(`\n${renderTerminal(evidence, { color: false, width: 100 })}\n`);
    annotations.push(...listAnnotations(evidence));
    summaries.push(await readFile(join(output, model, 'report.md'), 'utf8'));
  }
  shell.postAnnotations(capAnnotations(annotations));
  await shell.postSummary(summaries.join('\n'));
  return worstOutcome(models.map(({ outcome }) => outcome));
}
