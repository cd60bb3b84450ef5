import * as core from '@actions/core';
import { listenForEnd } from '../cli/interruption.ts';
import { createPlainProgress } from '../cli/progress.ts';
import { messageOf, renderProblem, UserMistake } from '../errors.ts';
import { describeFailure } from '../failure.ts';
import type { Delays } from '../github/delays.ts';
import { neutraliseCommands } from '../log.ts';
import type { Progress } from '../progress.ts';
import type { Annotation } from '../report/annotations.ts';
import { capAnnotations } from './annotations.ts';
import { postAnnotations, postSummary } from './runner.ts';

/** What the work of an action gets from the runner. */
export interface Shell {
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** The variables of the step. */
  readonly environment: NodeJS.ProcessEnv;
  /** The folder that the step runs in, a checkout where there is one. */
  readonly folder: string;
  /** How long waiting for GitHub takes; real time without. */
  readonly delays?: Delays;
  /** Reads an input by its name in action.yml; empty when it was not given. */
  getInput(name: string): string;
  setOutputs(outputs: Readonly<Record<string, string>>): void;
  /** Lets the runner put stars in the place of these texts, in all that the log shows from here on. */
  hide(secrets: readonly string[]): void;
  /** Prints text for the log that cannot become a command. */
  print(text: string): void;
  postAnnotations(annotations: readonly Annotation[]): void;
  postSummary(markdown: string): Promise<void>;
  /** Lets the step end as failed, although it did its work: the verdict stops the merge. */
  block(): void;
}

/** Runs the work of an action. Anything thrown becomes annotations, a summary and a failed step. */
export async function performAction(work: (shell: Shell) => Promise<void>): Promise<void> {
  const end = listenForEnd();
  const print = (text: string) => void process.stdout.write(neutraliseCommands(text));
  const pass = (chunk: Uint8Array) => void process.stdout.write(chunk);
  try {
    await work({
      signal: end.signal,
      progress: createPlainProgress(print, { pass }),
      environment: process.env,
      folder: process.cwd(),
      getInput: (name) => core.getInput(name),
      setOutputs: (outputs) => {
        for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
      },
      hide(secrets) {
        for (const secret of secrets) core.setSecret(secret);
      },
      print,
      postAnnotations,
      postSummary,
      block() {
        process.exitCode = 1;
      },
    });
  } catch (error) {
    await reportFailure(error);
  } finally {
    end.close();
  }
}

/** Never a bare stack, never silence. */
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
