import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { isInside } from '../config/paths.ts';
import type { Project } from '../config/project.ts';
import type { TrainConfig } from '../config/schema/modelgate.ts';
import { UserMistake } from '../errors.ts';
import { createEnvelope } from '../evidence/envelope.ts';
import type { FileDigest } from '../evidence/schema/envelope.ts';
import type { TrainingEvidence } from '../evidence/schema/training.ts';
import { findShortage } from './accelerator.ts';
import { type FindChange, watchFiles } from './changes.ts';
import { followParents } from './files.ts';
import { readHistory } from './history.ts';
import { digestInputs } from './inputs.ts';
import { readMachine } from './machine.ts';
import { clearOutputs, type DeclaredOutput, digestOutputs } from './outputs.ts';
import { runStageCommand, type StageInput } from './stage.ts';

export type { StageInput } from './stage.ts';

type Findings = Pick<TrainingEvidence, 'outcome' | 'reason' | 'command' | 'outputs' | 'history'> & {
  readonly modelFiles: FileDigest[];
};

const NOTHING = { command: null, outputs: [], history: [], modelFiles: [] };

/**
 * Runs `train.run` and records what went in and what came out. A command that fails, runs out of time or leaves an output
 * missing is outcome `fail`; a machine without the accelerator, or inputs that change meanwhile, are `cannot-measure`. Throws UserMistake on what is wrong in
 * modelgate.yml, and the reason of an abort.
 */
export async function train(input: StageInput): Promise<TrainingEvidence> {
  const { project, provenance, environment, parents } = input;
  const started = provenance.now();
  const config = project.config.train;
  if (!config) throw new UserMistake({ ...project.locate([]), found: 'there is no `train`', fix: MISSING });
  const inputs = await digestInputs(project);
  const machine = await readMachine({ folder: project.folder, environment });
  const shortage = findShortage(config.accelerator, machine);
  const { modelFiles, ...findings }: Findings = shortage
    ? { ...NOTHING, outcome: 'cannot-measure', reason: shortage }
    : await runTraining(input, config, machine, await watchFiles(project, inputs));
  const envelope = createEnvelope({ kind: 'training', provenance, started, parents: [parents.data], modelFiles });
  return { ...envelope, ...findings, machine, inputs };
}

const MISSING = 'Say under `train` how the model is trained: `run`, and `outputs: { model: … }`.';

async function runTraining(
  input: StageInput,
  config: TrainConfig,
  machine: TrainingEvidence['machine'],
  findChange: FindChange,
): Promise<Findings> {
  const { project, progress } = input;
  const declared = listOutputs(config);
  await clearOutputs(project, declared, { checkpoints: config.checkpoints });
  const extra = await makeCheckpoints(project, config.checkpoints);
  const { command, failure, tampering } = await runStageCommand(input, config, machine, extra);
  if (failure) return { ...NOTHING, outcome: 'fail', reason: failure, command };
  if (tampering) return { ...NOTHING, outcome: 'cannot-measure', reason: tampering, command };
  const changed = await findChange();
  if (changed !== undefined) {
    const reason = `The command changed ${changed}, one of its inputs, so it cannot be said what the model was made from.`;
    return { ...NOTHING, outcome: 'cannot-measure', reason, command };
  }
  const { files, faults } = await digestOutputs(project, declared, config.checkpoints);
  if (faults.length > 0) {
    const reason = `The command ended well, but not all outputs are there: ${faults.join('; ')}.`;
    return { ...NOTHING, outcome: 'fail', reason, command };
  }
  const history = config.outputs.history && (await readHistory(join(project.folder, config.outputs.history)));
  if (config.outputs.history && !history) {
    progress.warn(`${config.outputs.history} is larger than 64 MiB; no history is shown.`);
  }
  return {
    outcome: 'pass',
    reason: '',
    command,
    outputs: sortFiles(files.flat()),
    history: history || [],
    modelFiles: files[0] ?? [],
  };
}

/** The model first. */
function listOutputs({ outputs }: TrainConfig): DeclaredOutput[] {
  return (['model', 'history', 'metrics'] as const).flatMap((name) => {
    const path = outputs[name];
    return path === undefined ? [] : [{ path, place: ['train', 'outputs', name], folder: name === 'model' }];
  });
}

/** The variable that tells the command where checkpoints lie, as an absolute path; the folder is made if it is not there. */
async function makeCheckpoints(project: Project, path: string | undefined): Promise<Record<string, string>> {
  if (path === undefined) return {};
  const folder = await followParents(join(project.folder, path));
  const outside = {
    ...project.locate(['train', 'checkpoints']),
    found: 'the folder of checkpoints leads out of the repository',
  };
  if (!isInside(project.root, folder)) throw new UserMistake(outside);
  await mkdir(folder, { recursive: true });
  if (!isInside(project.root, await realpath(folder))) throw new UserMistake(outside);
  return { MODELGATE_CHECKPOINTS: folder };
}

/** Sorted by path, each path once: a model folder may hold the history too. */
function sortFiles(files: readonly FileDigest[]): FileDigest[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return [...byPath.values()].sort((left, right) => (left.path < right.path ? -1 : 1));
}
