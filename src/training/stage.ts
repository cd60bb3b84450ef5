import type { Project } from '../config/project.ts';
import { parseDuration } from '../config/quantities.ts';
import type { EvidenceSet } from '../evidence/document.ts';
import type { Provenance } from '../evidence/envelope.ts';
import type { Machine } from '../evidence/schema/training.ts';
import type { Progress } from '../progress.ts';
import { type FinishedCommand, runCommand } from './command.ts';
import { explainEnding } from './ending.ts';
import { watchJudges } from './judges.ts';
import type { After } from './timers.ts';

/** What a stage that runs a command of the user's is given. */
export interface StageInput {
  readonly project: Project;
  readonly provenance: Provenance;
  readonly environment: NodeJS.ProcessEnv;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
  readonly parents: EvidenceSet;
  /** The clock of time limits; the real one without it. */
  readonly after?: After;
}

/** A command as modelgate.yml gives it. */
interface StageCommand {
  readonly run: string;
  readonly timeout?: string;
  readonly environment?: string[];
}

export interface StageRun extends FinishedCommand {
  /** Why the command does not count; undefined when it ended well. */
  readonly failure: string | undefined;
  /** Why nothing after it can be believed: it touched a file that the candidate is judged by. */
  readonly tampering: string | undefined;
}

/** Runs the command of a stage, and says why it does not count if so. Throws the reason of an abort, and no evidence comes of it. */
export async function runStageCommand(
  input: StageInput,
  stage: StageCommand,
  machine: Machine,
  extra: Readonly<Record<string, string>> = {},
): Promise<StageRun> {
  const { project, environment, progress, signal, after } = input;
  const findTouched = await watchJudges(project, input.parents);
  const step = progress.start(`Running ${renderCommand(stage.run)}`);
  const finished = await runCommand({
    run: stage.run,
    folder: project.folder,
    environment,
    passes: stage.environment ?? [],
    extra,
    timeoutSeconds: stage.timeout === undefined ? undefined : parseDuration(stage.timeout),
    progress,
    signal,
    runner: environment['GITHUB_ACTIONS'] === 'true',
    ...(after ? { after } : {}),
  });
  const failure = explainEnding(finished.command, machine, stage.timeout);
  if (failure === undefined) step.done();
  else step.fail();
  signal?.throwIfAborted();
  const touched = await findTouched();
  return { ...finished, failure, tampering: touched && explainTampering(touched) };
}

function explainTampering(path: string): string {
  return `The command wrote ${path}, which the candidate is judged by. Take that out of the command, and restore the file.`;
}

/** The first line of a command, short enough for a line of progress. */
function renderCommand(run: string): string {
  const [line = ''] = run.trim().split('\n');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
