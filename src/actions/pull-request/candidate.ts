import { join } from 'node:path';
import { UserMistake } from '../../errors.ts';
import { worstOutcome } from '../../evidence/document.ts';
import { openCommitFiles } from '../../github/commit-files.ts';
import { makeCandidate } from '../../pipeline/pull-request/candidate.ts';
import { writeMarkdownReport } from '../../pipeline/reports.ts';
import { withRun } from '../../pipeline/run.ts';
import { renderTerminal } from '../../report/terminal.ts';
import { computeAnnotations } from '../annotations.ts';
import { openInputs } from '../input-values.ts';
import { postAnnotations, postSummary } from '../runner.ts';
import type { Shell } from '../shell.ts';

/** Trains and predicts, and lays out what the judge is given. A training that failed is laid out too. */
export async function runCandidate(shell: Shell): Promise<void> {
  const inputs = openInputs(shell.getInput);
  const config = inputs.path('config') ?? 'modelgate.yml';
  const runFolder = inputs.path('run-folder');
  const inputsDigest = readDigest(inputs.text('inputs-digest'));
  const base = readCommit(inputs.text('base'));
  const wrong = [inputsDigest, base].filter((value) => typeof value === 'object');
  const problems = [...inputs.problems, ...wrong];
  if (problems.length > 0) throw new UserMistake(problems);
  const { progress, signal } = shell;
  const options = { config, runFolder, environment: process.env, progress, signal, now: () => new Date() };
  await withRun(options, async (run) => {
    const folder = join(run.runFolder, 'candidate');
    const evidence = await makeCandidate(run, {
      inputsDigest: String(inputsDigest),
      folder,
      files: openCommitFiles(run.project.root),
      base: base as string | undefined,
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
    await postSummary(text);
    postAnnotations(computeAnnotations(evidence));
    if (outcome !== 'pass') process.exitCode = 1;
  });
}

/** Without a plan there is no digest to reuse by: that of nothing is no other's. */
const NO_DIGEST = `sha256:${'0'.repeat(64)}`;

function readDigest(text: string): string | { found: string; fix: string } {
  if (text === '') return NO_DIGEST;
  if (/^sha256:[0-9a-f]{64}$/.test(text)) return text;
  return { found: `the input \`inputs-digest\` is \`${text}\``, fix: 'Hand on the output of the action plan.' };
}

function readCommit(text: string): string | undefined | { found: string; fix: string } {
  if (text === '') return undefined;
  if (/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(text)) return text;
  return { found: `the input \`base\` is \`${text}\``, fix: 'Give the full id of a commit, or nothing.' };
}
