import { type Baselines, parseBaselines } from '../pipeline/baseline-names.ts';
import type { Stage } from '../pipeline/stages.ts';
import { type Connections, readConnections } from './connections.ts';
import { type GetInput, openInputs } from './input-values.ts';

/** What an action was asked for: one object, read once, checked as a whole. */
export interface Inputs {
  readonly config: string;
  readonly runFolder: string | undefined;
  readonly duckdb: string | undefined;
  /** Bytes. */
  readonly memory: number | undefined;
  readonly baselines: Baselines;
  /** Empty of an action that runs code of the candidate's beside the check of the data. */
  readonly connections: Connections;
}

/** Reads and checks the inputs that these stages have a use for. Throws UserMistake with every mistake. */
export function readInputs(getInput: GetInput, stages: readonly Stage[]): Inputs {
  const inputs = openInputs(getInput);
  const decides = stages.includes('gate');
  const lines = (decides ? inputs.text('baselines') : '').split('\n').filter((line) => line.trim() !== '');
  const { baselines, problems } = parseBaselines(lines, 'the input `baselines`');
  const config = inputs.path('config') ?? 'modelgate.yml';
  const runFolder = inputs.path('run-folder');
  // The engine reads tables: commands of the user's need none.
  const readsTables = stages.some((stage) => stage !== 'train' && stage !== 'predict');
  const duckdb = readsTables ? inputs.path('duckdb') : undefined;
  const memory = stages.includes('data') ? inputs.memory('memory') : undefined;
  const runsCode = stages.includes('train') || stages.includes('predict');
  const connections = stages.includes('data') && !runsCode ? readConnections(inputs) : {};
  for (const { found, fix } of problems) inputs.refuse(found, fix ?? '');
  inputs.check();
  return { config, runFolder, duckdb, memory, baselines, connections };
}
