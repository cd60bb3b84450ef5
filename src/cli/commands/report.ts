import { UserMistake } from '../../errors.ts';
import { renderCanonical } from '../../evidence/canonical.ts';
import { readEvidence } from '../../evidence/files.ts';
import { EXIT } from '../../failure.ts';
import { isHeard } from '../../log.ts';
import { withholdUncounted } from '../../pipeline/budget/withheld.ts';
import { writeHtmlReport, writeMarkdownReport } from '../../pipeline/reports.ts';
import { withRun } from '../../pipeline/run.ts';
import { redactEvidence } from '../../report/reveal.ts';
import type { Flags, Terminal } from '../command.ts';
import { readRunFlags } from './run.ts';

/** Writes report.md and report.html again from the evidence in the run folder, and prints the Markdown. */
export async function runReport(terminal: Terminal, flags: Flags): Promise<number> {
  return withRun({ ...terminal, ...readRunFlags(flags), now: () => new Date() }, async (run) => {
    const { runFolder } = run;
    const found = await readEvidence(runFolder);
    const evidence = isHeard(run.environment) ? redactEvidence(withholdUncounted(run.project.config, found)) : found;
    if (Object.keys(evidence).length === 0) {
      throw new UserMistake({ file: runFolder, found: 'there is no evidence here', fix: 'Run `modelgate run` first.' });
    }
    const { text } = await writeMarkdownReport(runFolder, evidence);
    terminal.progress.info(`Report: ${await writeHtmlReport(runFolder, evidence)}`);
    if (flags.post) {
      const { postEvidence } = await import('./report-post.ts');
      terminal.progress.info(`Posted: ${await postEvidence(run, found, flags)}`);
    }
    terminal.print(flags.json ? renderCanonical(evidence) : text);
    return EXIT.pass;
  });
}
