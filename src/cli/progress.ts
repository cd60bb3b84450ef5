import { createColors } from 'picocolors';
import { neutraliseCommands, stripLine } from '../log.ts';
import type { Progress, Step } from '../progress.ts';

/**
 * Progress in plain lines, for logs: one when a step starts, one with its duration when it ends. What a command of the user's
 * prints goes on as it is, through `pass`. `runner`: nothing of ours may be a command of GitHub's runner.
 */
export function createPlainProgress(
  write: (text: string) => void,
  { runner = false, pass = (chunk) => write(Buffer.from(chunk).toString('utf8')) }: PlainOptions = {},
): Progress {
  const tell = (mark: string, text: string) => {
    const line = `${mark}${stripLine(text)}\n`;
    write(runner ? neutraliseCommands(line) : line);
  };
  return {
    info: (text) => tell('', text),
    warn: (text) => tell('! ', text),
    output: pass,
    start(text) {
      tell('… ', text);
      const elapsed = startClock();
      return {
        update() {},
        done: (end = text) => tell('✓ ', `${end} (${elapsed()})`),
        fail: (end = text) => tell('✗ ', `${end} (${elapsed()})`),
      };
    },
  };
}

interface PlainOptions {
  readonly runner?: boolean;
  readonly pass?: Progress['output'];
}

/** Progress for somebody who looks: a spinner with the elapsed time, replaced by its result. */
export async function createSpinnerProgress(stream: NodeJS.WriteStream, color: boolean): Promise<Progress> {
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
    start(text): Step {
      spinning?.stop();
      const elapsed = startClock();
      const spinner = ora({
        text: stripLine(text),
        stream,
        color: false,
        discardStdin: false,
        suffixText: () => paint.dim(elapsed()),
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
function startClock(): () => string {
  const start = performance.now();
  return () => {
    const seconds = (performance.now() - start) / 1000;
    if (seconds < 10) return `${seconds.toFixed(1)} s`;
    if (seconds < 60) return `${Math.round(seconds)} s`;
    return `${Math.floor(seconds / 60)} min ${String(Math.floor(seconds % 60)).padStart(2, '0')} s`;
  };
}
