import { type Problem, UserMistake } from '../errors.ts';
import { type Baselines, parseBaselines } from '../pipeline/baseline-names.ts';

/** What an action was asked for: one object, read once, checked as a whole. */
export interface Inputs {
  readonly config: string;
  readonly runFolder: string | undefined;
  readonly duckdb: string | undefined;
  readonly baselines: Baselines;
}

/** Reads an input by its name in action.yml; empty when it was not given. */
export type GetInput = (name: string) => string;

/** Reads and checks all inputs. Throws UserMistake with every mistake. */
export function readInputs(getInput: GetInput): Inputs {
  const lines = getInput('baselines')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const { baselines, problems } = parseBaselines(lines, 'the input `baselines`');
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
