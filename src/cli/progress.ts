import { createColors } from 'picocolors';
import { neutraliseCommands, stripLine } from '../log.ts';
import type { Look, Progress, Step } from '../progress.ts';

/** Milliseconds between two lines of a log about a step that goes on. */
const LINE_INTERVAL = 30_000;

/** Milliseconds after which a spinner says how far its step is: before, nobody could read it. */
const WORTH_LOOKING = 2000;

/**
 * Progress in plain lines, for logs: one when a step starts, one with its duration when it ends, and one every 30 seconds of
 * a step that says how far it is. What a command of the user's prints goes on as it is, through `pass`. `runner`: nothing of
 * ours may be a command of GitHub's runner.
 */
export function createPlainProgress(
  write: (text: string) => void,
  { runner = false, pass = (chunk) => write(Buffer.from(chunk).toString('utf8')), time = REAL_TIME }: PlainOptions = {},
): Progress {
  const tell = (mark: string, text: string) => {
    const line = `${mark}${stripLine(text)}\n`;
    write(runner ? neutraliseCommands(line) : line);
  };
  return {
    info: (text) => tell('', text),
    warn: (text) => tell('! ', text),
    output: pass,
    start(text, look) {
      tell('… ', text);
      const elapsed = startClock(time);
      const stop = look && time.every(LINE_INTERVAL, () => tell('… ', `${addLook(text, look)} (${elapsed()})`));
      const end = (mark: string, words: string) => {
        stop?.();
        tell(mark, `${words} (${elapsed()})`);
      };
      return {
        update() {},
        done: (words = text) => end('✓ ', words),
        fail: (words = text) => end('✗ ', words),
      };
    },
  };
}

interface PlainOptions {
  readonly runner?: boolean;
  readonly pass?: Progress['output'];
  readonly time?: Time;
}

/** The clock that progress goes by. */
export interface Time {
  /** Milliseconds since whenever. */
  now(): number;
  /** Does something every so many milliseconds, until it is stopped by what this returns. */
  every(milliseconds: number, act: () => void): () => void;
}

const REAL_TIME: Time = {
  now: () => performance.now(),
  every(milliseconds, act) {
    // It keeps no process alive whose work is done.
    const timer = setInterval(act, milliseconds).unref();
    return () => clearInterval(timer);
  },
};

/** What stands beside the time of a step that goes on for so many milliseconds: nothing at first. */
export function showFar(milliseconds: number, look?: Look): string {
  const far = milliseconds < WORTH_LOOKING ? undefined : look?.();
  return far === undefined ? '' : `· ${stripLine(far)} `;
}

function addLook(text: string, look: Look): string {
  const far = look();
  return far === undefined ? text : `${text}, ${far}`;
}

/** Progress for somebody who looks: a spinner with the elapsed time, replaced by its result. */
export async function createSpinnerProgress(
  stream: NodeJS.WriteStream,
  color: boolean,
  time: Time = REAL_TIME,
): Promise<Progress> {
  const { default: ora } = await import('ora');
  const paint = createColors(color);
  let spinning: { stop(): void } | undefined;
  const write = (text: string | Uint8Array) => {
    spinning?.stop();
    stream.write(text);
  };
  return {
    info: (text) => write(`${stripLine(text)}\n`),
    warn: (text) => write(`${paint.yellow('!')} ${stripLine(text)}\n`),
    output: (chunk) => write(chunk),
    start(text, look): Step {
      spinning?.stop();
      const start = time.now();
      const elapsed = startClock(time);
      const suffix = () => `${showFar(time.now() - start, look)}${paint.dim(elapsed())}`;
      const spinner = ora({
        text: stripLine(text),
        stream,
        color: false,
        discardStdin: false,
        suffixText: suffix,
      });
      spinning = spinner.start();
      const end = (symbol: string, words: string) => {
        spinner.stop();
        stream.write(`${symbol} ${stripLine(words)} ${paint.dim(`(${elapsed()})`)}\n`);
      };
      return {
        update(words) {
          spinner.text = stripLine(words);
        },
        done: (words = text) => end(paint.green('✓'), words),
        fail: (words = text) => end(paint.red('✗'), words),
      };
    },
  };
}

/** The time since the call, as `0.4 s`, `12 s` or `3 min 05 s`. */
function startClock(time: Time): () => string {
  const start = time.now();
  return () => {
    const seconds = (time.now() - start) / 1000;
    if (seconds < 10) return `${seconds.toFixed(1)} s`;
    if (seconds < 60) return `${Math.round(seconds)} s`;
    return `${Math.floor(seconds / 60)} min ${String(Math.floor(seconds % 60)).padStart(2, '0')} s`;
  };
}
