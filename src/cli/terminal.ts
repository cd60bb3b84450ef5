import { isRunner, neutraliseCommands, neutraliseJson } from '../log.ts';
import type { Flags, Perform } from './command.ts';
import { listenForEnd } from './interruption.ts';
import { createPlainProgress, createSpinnerProgress } from './progress.ts';

const DEFAULT_WIDTH = 100;

/** Runs a command with a terminal; Ctrl-C and a polite kill reach it as an aborted signal. */
export async function openTerminal(environment: NodeJS.ProcessEnv, flags: Flags, perform: Perform): Promise<number> {
  const { stdout, stderr } = process;
  const end = listenForEnd();
  const runner = isRunner(environment);
  const color = wantsColor(environment, stdout.isTTY);
  const progress = isLively(stderr, environment)
    ? await createSpinnerProgress(stderr, wantsColor(environment, true))
    : createPlainProgress((text) => stderr.write(text), { runner });
  try {
    return await perform(
      {
        environment,
        progress,
        signal: end.signal,
        color,
        width: stdout.columns || DEFAULT_WIDTH,
        print(text) {
          const line = text.endsWith('\n') ? text : `${text}\n`;
          stdout.write(runner ? neutralise(line) : line);
        },
      },
      flags,
    );
  } finally {
    end.close();
  }
}

/** A program may read JSON from the log's stream; of all else nobody but a reader. */
function neutralise(text: string): string {
  return /^[{[]/.test(text) ? neutraliseJson(text) : neutraliseCommands(text);
}

/**
 * Whether somebody looks at a stream that a spinner can turn on. A terminal of no width, as some programs that play one
 * make, would let the spinner clear infinitely many lines. A job of CI may have a terminal, and its log would keep every turn.
 */
export function isLively(stream: { isTTY?: boolean; columns?: number }, environment: NodeJS.ProcessEnv): boolean {
  const isJob = !['', 'false', '0'].includes(environment['CI'] ?? '');
  return stream.isTTY === true && (stream.columns ?? 0) > 0 && environment['TERM'] !== 'dumb' && !isJob;
}

/** NO_COLOR (no-color.org) wins, then FORCE_COLOR, then whether somebody is looking. */
export function wantsColor(environment: NodeJS.ProcessEnv, isTerminal: boolean | undefined): boolean {
  if (environment['NO_COLOR']) return false;
  if (environment['FORCE_COLOR'] && environment['FORCE_COLOR'] !== '0') return true;
  // Node leaves it undefined of a file or a pipe, and to the library of colours that means: decide for yourself.
  return isTerminal === true && environment['TERM'] !== 'dumb';
}
