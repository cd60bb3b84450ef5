import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Cancellation } from './cancellation.ts';

/** Milliseconds that a step has after each signal. */
export interface SignalDelays {
  /** From SIGINT to SIGTERM. */
  readonly interrupt: number;
  /** From SIGTERM to the end of its whole group. */
  readonly terminate: number;
}

/**
 * What GitHub gives a step that it stops:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-cancellation
 */
export const GITHUB_DELAYS: SignalDelays = { interrupt: 7500, terminate: 2500 };

/** Milliseconds that the rest of a dead process's output may take, when a child of its own still holds the pipe. */
const DRAIN = 200;

export interface ProcessRequest {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
  /** A request here interrupts the process, and in the end kills it with its group. */
  readonly stop: Cancellation;
  readonly delays: SignalDelays;
  /** Told the id of the group, for the job to end what the step left running. */
  readonly onStart: (group: number) => void;
}

/** Runs a process to its end. Gives its exit code, 1 for one that a signal ended or that did not start. */
export async function runProcess(request: ProcessRequest): Promise<number> {
  const { file, args, cwd, env, onLine, stop, delays } = request;
  const child = spawn(file, args, { cwd, env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const lines = [child.stdout, child.stderr].map((stream) => {
    const reader = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
    reader.on('line', onLine);
    return new Promise((resolve) => reader.once('close', resolve));
  });
  const ended = new Promise<number>((resolve) => {
    child.once('error', (error) => {
      onLine(error.message);
      resolve(1);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
  const group = child.pid;
  if (group === undefined) return ended;
  request.onStart(group);
  let timer: NodeJS.Timeout | undefined;
  const forget = stop.onRequest(() => {
    child.kill('SIGINT');
    timer = setTimeout(() => {
      child.kill('SIGTERM');
      timer = setTimeout(() => killGroup(group), delays.terminate);
    }, delays.interrupt);
  });
  const code = await ended;
  forget();
  clearTimeout(timer);
  let drain: NodeJS.Timeout | undefined;
  await Promise.race([
    Promise.all(lines),
    new Promise((resolve) => {
      drain = setTimeout(resolve, DRAIN);
    }),
  ]);
  clearTimeout(drain);
  for (const stream of [child.stdout, child.stderr]) stream.destroy();
  return code;
}

/** Ends a process and all that it started. */
export function killGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL');
  } catch (error) {
    // The usual case: it has ended by itself.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
