import { UserMistake } from '../errors.ts';
import { type Baselines, parseBaselines } from '../pipeline/baseline-names.ts';
import { type GetInput, openInputs } from './input-values.ts';

/** What an action was asked for: one object, read once, checked as a whole. */
export interface Inputs {
  readonly config: string;
  readonly runFolder: string | undefined;
  readonly duckdb: string | undefined;
  readonly baselines: Baselines;
}

/** Reads and checks all inputs. Throws UserMistake with every mistake. */
export function readInputs(getInput: GetInput): Inputs {
  const inputs = openInputs(getInput);
  const lines = getInput('baselines')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const { baselines, problems } = parseBaselines(lines, 'the input `baselines`');
  const config = inputs.path('config') ?? 'modelgate.yml';
  const runFolder = inputs.path('run-folder');
  const duckdb = inputs.path('duckdb');
  const all = [...problems, ...inputs.problems];
  if (all.length > 0) throw new UserMistake(all);
  return { config, runFolder, duckdb, baselines };
}
