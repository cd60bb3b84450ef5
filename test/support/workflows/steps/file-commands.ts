import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files by which a step tells the runner things, new for every step. */
export interface CommandFiles {
  /** Their variables. */
  readonly env: Readonly<Record<string, string>>;
  /** Reads and removes them. Throws an error in GitHub's words when one is malformed. */
  collect(): CollectedCommands;
}

export interface CollectedCommands {
  readonly outputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  /** In the order in which the step wrote them. */
  readonly paths: readonly string[];
  readonly summary: string;
  /** Size of the summary in bytes when it is more than GitHub takes; `summary` is empty then. */
  readonly summaryTooLarge?: number;
}

const FILES = {
  output: 'GITHUB_OUTPUT',
  env: 'GITHUB_ENV',
  path: 'GITHUB_PATH',
  state: 'GITHUB_STATE',
  summary: 'GITHUB_STEP_SUMMARY',
} as const;

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits */
const MAX_SUMMARY_BYTES = 1024 * 1024;
/** Variables that `GITHUB_ENV` may not set, by the same page. */
const FORBIDDEN = ['NODE_OPTIONS'];

/** Makes the files in a folder; `id` is unique in it. */
export function createCommandFiles(folder: string, id: string): CommandFiles {
  const locate = (name: keyof typeof FILES) => join(folder, `${name}_${id}`);
  const names = Object.keys(FILES) as (keyof typeof FILES)[];
  for (const name of names) writeFileSync(locate(name), '');
  return {
    env: Object.fromEntries(names.map((name) => [FILES[name], locate(name)])),
    collect() {
      const read = (name: keyof typeof FILES) => readFileSync(locate(name), 'utf8');
      const size = statSync(locate('summary')).size;
      const env = readPairs(read('env'), 'env');
      const forbidden = Object.keys(env).find((name) => FORBIDDEN.includes(name.toUpperCase()));
      if (forbidden) throw new Error(`Can't store ${forbidden} output parameter using '$GITHUB_ENV' command.`);
      const collected = {
        outputs: readPairs(read('output'), 'output'),
        env,
        state: readPairs(read('state'), 'state'),
        paths: read('path').split(/\r?\n/).filter(Boolean),
        summary: size > MAX_SUMMARY_BYTES ? '' : read('summary'),
        ...(size > MAX_SUMMARY_BYTES ? { summaryTooLarge: size } : {}),
      };
      for (const name of names) rmSync(locate(name));
      return collected;
    },
  };
}

/** Lines `name=value`, and `name<<DELIMITER`, lines of the value, `DELIMITER`. */
function readPairs(text: string, file: string): Record<string, string> {
  const pairs: Record<string, string> = {};
  const lines = text.split(/\r?\n/);
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line === '') continue;
    const [equals, heredoc] = [line.indexOf('='), line.indexOf('<<')];
    if (heredoc > 0 && (equals < 0 || heredoc < equals)) {
      const delimiter = line.slice(heredoc + 2);
      const end = lines.indexOf(delimiter, index + 1);
      if (delimiter === '' || end < 0) fail(file, `Matching delimiter not found '${delimiter}'`);
      pairs[line.slice(0, heredoc)] = lines.slice(index + 1, end).join('\n');
      index = end;
    } else if (equals > 0) pairs[line.slice(0, equals)] = line.slice(equals + 1);
    else fail(file, `Invalid format '${line}'`);
  }
  return pairs;
}

function fail(file: string, reason: string): never {
  throw new Error(`Unable to process file command '${file}' successfully. ${reason}`);
}
