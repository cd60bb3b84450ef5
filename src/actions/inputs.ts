import { type Problem, UserMistake } from '../errors.ts';

/** What an action was asked for: one object, read once, checked as a whole. */
export interface Inputs {
  readonly config: string;
  readonly runFolder: string | undefined;
  readonly duckdb: string | undefined;
  readonly baselines: ReadonlyMap<string, string>;
}

/** Reads an input by its name in action.yml; empty when it was not given. */
export type GetInput = (name: string) => string;

/** Reads and checks all inputs. Throws UserMistake with every mistake. */
export function readInputs(getInput: GetInput): Inputs {
  const problems: Problem[] = [];
  const baselines = new Map<string, string>();
  for (const line of getInput('baselines').split('\n')) {
    const text = line.trim();
    if (text === '') continue;
    const at = text.indexOf('=');
    if (at > 0 && at < text.length - 1) baselines.set(text.slice(0, at).trim(), text.slice(at + 1).trim());
    else
      problems.push({ found: `the input \`baselines\` has the line \`${text}\``, fix: 'Write lines of NAME=FOLDER.' });
  }
  const config = readPath('config', getInput, problems) ?? 'modelgate.yml';
  const runFolder = readPath('run-folder', getInput, problems);
  const duckdb = readPath('duckdb', getInput, problems);
  if (problems.length > 0) throw new UserMistake(problems);
  return { config, runFolder, duckdb, baselines };
}

function readPath(name: string, getInput: GetInput, problems: Problem[]): string | undefined {
  const value = getInput(name).trim();
  if (value === '') return undefined;
  if (/[\r\n]/.test(value)) problems.push({ found: `the input \`${name}\` has several lines`, fix: 'Give one path.' });
  return value;
}
