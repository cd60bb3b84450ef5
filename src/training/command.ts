import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { messageOf, UserMistake } from '../errors.ts';
import type { CommandRun } from '../evidence/schema/training.ts';
import type { Progress } from '../progress.ts';
import { selectEnvironment } from './environment.ts';
import { openFence } from './fence.ts';
import { signalGroup, startGroup } from './process-group.ts';
import { chooseShell, type Invocation } from './shell.ts';
import { type After, afterRealTime } from './timers.ts';

/**
 * Between the request to end and the end by force, in seconds: time to write a last checkpoint. GitHub gives a cancelled
 * step 7.5 seconds and then 2.5 more (its page on cancelling workflows), and we must end before it does.
 */
const GRACE_SECONDS = 5;
/** How long output is still read after the command ended, in seconds, when a process that left the group holds on. */
const DRAIN_SECONDS = 2;

export interface CommandOptions {
  /** The command line, as written in modelgate.yml. */
  readonly run: string;
  /** The folder that it runs in; absolute. */
  readonly folder: string;
  /** The variables of our own process; the command sees a selection, see `selectEnvironment`. */
  readonly environment: NodeJS.ProcessEnv;
  readonly passes: readonly string[];
  readonly extra: Readonly<Record<string, string>>;
  readonly timeoutSeconds?: number | undefined;
  readonly progress: Progress;
  readonly signal?: AbortSignal | undefined;
  /** Whether the log is read by a GitHub runner: then the output stands inside a fence. */
  readonly runner: boolean;
  readonly after?: After;
}

export interface FinishedCommand {
  readonly command: CommandRun;
  readonly seconds: number;
}

/**
 * Runs a command line of the candidate's in a process group of its own, and passes its output on as it comes. At the time
 * limit or on abort the group is asked to end (SIGTERM), then made to (SIGKILL). What the command left running is ended
 * too, so that nothing writes after it. Never throws for how the command ended; throws UserMistake when no shell starts.
 *
 * The selection of variables and the fence keep honest mistakes and simple tricks out. They are no sandbox: a process of
 * the same user can look into ours, so a job that runs a stranger's code must hold no secret.
 */
export async function runCommand(options: CommandOptions): Promise<FinishedCommand> {
  const { run, folder, progress, signal, timeoutSeconds, after = afterRealTime } = options;
  signal?.throwIfAborted();
  const environment = selectEnvironment({ ...options, platform: process.platform });
  const invocation = await chooseShell(run, environment, process.platform);
  const begun = performance.now();
  const child = startGroup(invocation, { folder, environment });
  const fence = openFence((chunk) => progress.output(chunk), options.runner);
  child.stdout?.on('data', (chunk: Uint8Array) => fence.write(chunk));
  child.stderr?.on('data', (chunk: Uint8Array) => fence.write(chunk));
  const closed = once(child, 'close').catch(() => undefined);
  const cancels: (() => void)[] = [];
  const wait = (seconds: number) => new Promise<void>((resolve) => cancels.push(after(seconds, resolve)));
  let timedOut = false;
  let grace: Promise<void> | undefined;
  const stop = (): void => {
    if (grace) return;
    signalGroup(child, 'SIGTERM');
    grace = wait(GRACE_SECONDS).then(() => signalGroup(child, 'SIGKILL'));
  };
  const stopLate = (): void => {
    timedOut = true;
    stop();
  };
  if (timeoutSeconds !== undefined) cancels.push(after(timeoutSeconds, stopLate));
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const [exitCode, ending] = await waitForExit(child, invocation);
    // The shell may end before the program that it started: that one has its time of grace too.
    if (grace) await Promise.race([closed, grace]);
    const seconds = (performance.now() - begun) / 1000;
    signalGroup(child, 'SIGKILL');
    await Promise.race([closed, wait(DRAIN_SECONDS)]);
    const variables = Object.keys(environment);
    return { command: { run, exitCode: timedOut ? null : exitCode, signal: ending, timedOut, variables }, seconds };
  } finally {
    for (const cancel of cancels) cancel();
    signal?.removeEventListener('abort', stop);
    child.stdout?.destroy();
    child.stderr?.destroy();
    fence.close();
  }
}

type Exit = [code: number | null, signal: NodeJS.Signals | null];

async function waitForExit(child: ChildProcess, invocation: Invocation): Promise<Exit> {
  try {
    return (await once(child, 'exit')) as Exit;
  } catch (error) {
    throw new UserMistake(
      {
        found: `${invocation.program} could not be started: ${messageOf(error)}`,
        fix: 'Commands run by bash, by /bin/sh where there is no bash, and by cmd on Windows.',
      },
      { cause: error },
    );
  }
}
