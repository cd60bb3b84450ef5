import type { Plain } from '../expressions/values.ts';
import type { Cancellation } from '../run/cancellation.ts';
import { runProcess } from '../run/process.ts';
import type { StepResult } from '../run/result.ts';
import { createProcessEnv } from './environment.ts';
import { type CollectedCommands, createCommandFiles } from './file-commands.ts';
import type { Frame } from './frame.ts';
import type { StepLog } from './step-log.ts';

/** One step, or one stage of an action, while it runs. */
export interface Execution {
  readonly frame: Frame;
  /** Unique in the job, for names of files. */
  readonly id: string;
  /** `env` of the step. */
  readonly env: Readonly<Record<string, string>>;
  readonly log: StepLog;
  /** Made for the cancelled job, or for the step's own timeout. */
  readonly stop: Cancellation;
  /** Made for the timeout only. */
  readonly timeout: Cancellation;
  readonly outputs: Record<string, string>;
  /** What the stages of one action keep for each other. */
  readonly state: Record<string, string>;
  readonly nested: StepResult[];
  /** `github.action`. */
  readonly action: string;
}

/** A process of a step. */
export interface StepProcess {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Beside those that every step has. */
  readonly variables: Readonly<Record<string, string>>;
  readonly github?: Readonly<Record<string, Plain>>;
}

/** Runs a process of a step, and then does what it wrote to the runner's files. Gives its exit code. */
export async function executeProcess(execution: Execution, process: StepProcess): Promise<number> {
  const { frame, log } = execution;
  const { job } = frame;
  const files = createCommandFiles(job.folders.commands, execution.id);
  const github = { ...process.github, action: execution.action };
  const code = await runProcess({
    file: process.file,
    args: process.args,
    cwd: process.cwd,
    env: createProcessEnv(frame, execution.env, { ...process.variables, ...files.env }, github),
    onLine: (line) => log.take(line),
    stop: execution.stop,
    delays: job.instance.run.delays,
    onStart: (group) => job.processes.push(group),
  });
  apply(execution, files.collect());
  if (log.refusal !== undefined) throw new Error(log.refusal);
  return code;
}

function apply({ frame: { job }, log, outputs, state }: Execution, collected: CollectedCommands): void {
  Object.assign(outputs, collected.outputs);
  Object.assign(state, collected.state);
  for (const [name, value] of Object.entries(collected.env)) job.env.set(name, value);
  for (const path of collected.paths) job.paths.unshift(path);
  job.summary += job.masks.apply(collected.summary);
  if (collected.summaryTooLarge !== undefined) {
    const size = Math.ceil(collected.summaryTooLarge / 1024);
    log.error(`$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${size}k.`);
  }
}
