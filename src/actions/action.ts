import * as core from '@actions/core';
import { listenForEnd } from '../cli/interruption.ts';
import { createPlainProgress } from '../cli/progress.ts';
import { messageOf, renderProblem, UserMistake } from '../errors.ts';
import { worstOutcome } from '../evidence/document.ts';
import { describeFailure } from '../failure.ts';
import { executeStages } from '../pipeline/execute.ts';
import { writeHtmlReport, writeMarkdownReport } from '../pipeline/reports.ts';
import { withRun } from '../pipeline/run.ts';
import { isConfigured, keepStages, type Stage } from '../pipeline/stages.ts';
import { renderTerminal } from '../report/terminal.ts';
import { capAnnotations, computeAnnotations } from './annotations.ts';
import { readInputs } from './inputs.ts';
import { computeOutputs } from './outputs.ts';
import { neutraliseCommands, postAnnotations, postSummary } from './runner.ts';

/** What one action does: some stages, and whether it draws the HTML report. */
export interface ActionDefinition {
  readonly stages: readonly Stage[];
  readonly draws: boolean;
}

/**
 * Runs an action: inputs, stages, outputs, annotations and the job summary, which is written whatever happens.
 * Ends with exit code 0 only when nothing stops the merge.
 */
export async function runAction(definition: ActionDefinition): Promise<void> {
  const end = listenForEnd();
  try {
    await performStages(definition, end.signal);
  } catch (error) {
    await reportFailure(error);
  } finally {
    end.close();
  }
}

async function performStages({ stages, draws }: ActionDefinition, signal: AbortSignal): Promise<void> {
  const inputs = readInputs((name) => core.getInput(name));
  const write = (text: string) => void process.stdout.write(text);
  const plain = createPlainProgress((text) => write(neutraliseCommands(text)));
  const progress = { ...plain, output: (chunk: Uint8Array) => void process.stdout.write(chunk) };
  await withRun({ ...inputs, environment: process.env, progress, signal, now: () => new Date() }, async (run) => {
    if (!stages.some((stage) => isConfigured(run.project.config, stage))) {
      const found = 'the file does not ask for what this action does';
      throw new UserMistake({ file: run.project.file, found, fix: 'Add the section, or remove the step.' });
    }
    const all = await executeStages(run, stages);
    const shown = stages.includes('gate') ? all : keepStages(all, stages);
    const { path, text } = await writeMarkdownReport(run.runFolder, shown);
    write(`\n${neutraliseCommands(renderTerminal(shown, { color: false, width: 100 }))}\n`);
    await postSummary(text);
    postAnnotations(computeAnnotations(shown));
    const outcome = all.verdict?.outcome ?? worstOutcome(Object.values(shown).map((document) => document.outcome));
    const outputs = { ...computeOutputs(shown, outcome), report: path, evidence: `${run.runFolder}/evidence` };
    for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
    if (draws) core.setOutput('report-html', await writeHtmlReport(run.runFolder, shown));
    const passes = all.verdict && stages.includes('gate') ? !all.verdict.blocks : outcome === 'pass';
    if (!passes || Object.keys(shown).length === 0) process.exitCode = 1;
  });
}

/** Anything thrown becomes annotations, a summary and a failed step; never a bare stack, never silence. */
async function reportFailure(error: unknown): Promise<void> {
  process.exitCode = 1;
  const { text } = describeFailure(error);
  const problems = error instanceof UserMistake ? error.problems : [];
  const annotations = problems.map(({ file, line, column, found, fix }) => ({
    level: 'error' as const,
    title: 'modelgate',
    message: renderProblem({ ...(file && !line ? { file } : {}), found, ...(fix ? { fix } : {}) }),
    place: file && line ? { file, line, column: column ?? 1 } : undefined,
  }));
  const fallback = { level: 'error' as const, title: 'modelgate', message: text, place: undefined };
  postAnnotations(capAnnotations(annotations.length > 0 ? annotations : [fallback]));
  process.stdout.write(`${neutraliseCommands(text)}\n`);
  core.setOutput('verdict', 'cannot-measure');
  const fenced = text.replaceAll('`', "'");
  await postSummary(`## modelgate could not decide\n\n\`\`\`text\n${fenced}\n\`\`\`\n`).catch((cause: unknown) =>
    core.error(messageOf(cause)),
  );
}
