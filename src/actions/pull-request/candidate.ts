import { join } from 'node:path';
import { worstOutcome } from '../../evidence/document.ts';
import { openCommitFiles } from '../../github/commit-files.ts';
import { makeCandidate } from '../../pipeline/pull-request/candidate.ts';
import { writeMarkdownReport } from '../../pipeline/reports.ts';
import { withRun } from '../../pipeline/run.ts';
import { renderTerminal } from '../../report/terminal.ts';
import { computeAnnotations } from '../annotations.ts';
import type { Shell } from '../shell.ts';
import { readCandidateInputs } from './inputs.ts';

/** Trains and predicts, and lays out what the judge is given. A training that failed is laid out too. */
export async function runCandidate(shell: Shell): Promise<void> {
  const { inputsDigest, base, ...inputs } = readCandidateInputs(shell.getInput);
  const { progress, signal, environment } = shell;
  const options = { ...inputs, environment, progress, signal, now: () => new Date() };
  await withRun(options, async (run) => {
    const folder = join(run.runFolder, 'candidate');
    const evidence = await makeCandidate(run, {
      inputsDigest,
      folder,
      files: openCommitFiles(run.project.root),
      base,
    });
    const outcome = worstOutcome(Object.values(evidence).map((document) => document.outcome));
    const { path, text } = await writeMarkdownReport(run.runFolder, evidence);
    shell.print(`\n${renderTerminal(evidence, { color: false, width: 100 })}\n`);
    const model = evidence.training?.outcome === 'pass' ? evidence.training.subject.modelFiles : [];
    shell.setOutputs({
      verdict: outcome,
      candidate: folder,
      model: model.map((file) => join(run.project.folder, file.path)).join('\n'),
      report: path,
      evidence: join(run.runFolder, 'evidence'),
    });
    await shell.postSummary(text);
    shell.postAnnotations(computeAnnotations(evidence));
    if (outcome !== 'pass') shell.block();
  });
}
