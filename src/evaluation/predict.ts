import { listRunReported } from '../config/reported-origin.ts';
import type { Config, EvaluateSection } from '../config/schema/modelgate.ts';
import { UserMistake } from '../errors.ts';
import { createEnvelope } from '../evidence/envelope.ts';
import type { FileDigest } from '../evidence/schema/envelope.ts';
import type { PredictionEvidence } from '../evidence/schema/training.ts';
import { digestFiles } from '../training/files.ts';
import { readMachine } from '../training/machine.ts';
import { clearOutputs, type DeclaredOutput, digestOutputs } from '../training/outputs.ts';
import { runStageCommand, type StageInput } from '../training/stage.ts';

type Findings = Pick<PredictionEvidence, 'outcome' | 'reason' | 'command' | 'outputs'>;

/**
 * Runs `evaluate.run`, the candidate's code that reads features and writes predictions, and records the model that went in
 * and the file that came out. A command that fails or writes nothing is outcome `fail`; a model that is missing, or not the
 * one that was trained, is `cannot-measure`. Throws UserMistake on what is wrong in modelgate.yml, and the reason of an abort.
 */
export async function predict(input: StageInput): Promise<PredictionEvidence> {
  const { project, provenance, environment, parents } = input;
  const started = provenance.now();
  const config = project.config.evaluate;
  if (!config?.run) throw new UserMistake({ ...project.locate(['evaluate'], 'key'), found: NO_RUN, fix: RUN_FIX });
  const machine = await readMachine({ folder: project.folder, environment });
  const model = await readModel(input);
  const findings: Findings =
    'fault' in model
      ? { outcome: 'cannot-measure', reason: model.fault, command: null, outputs: [] }
      : await runPrediction(input, { ...config, run: config.run }, machine, model.files);
  const modelFiles = 'fault' in model ? [] : model.files;
  const envelope = createEnvelope({ kind: 'prediction', provenance, started, parents: [parents.training], modelFiles });
  return { ...envelope, ...findings, machine, inputs: modelFiles };
}

const NO_RUN = 'there is no `evaluate.run`';
const RUN_FIX = 'Say with `run` how predictions are made, as in `run: python3 predict.py`.';

/** The files of the model, if they are the ones that were trained. Of a project without `train`: none. */
async function readModel(input: StageInput): Promise<{ files: FileDigest[] } | { fault: string }> {
  const { project, parents } = input;
  const { train } = project.config;
  if (parents.training && parents.training.outcome !== 'pass') {
    return { fault: `The training did not pass, so there is no model to predict with: ${parents.training.reason}` };
  }
  if (!train) return { files: [] };
  const model = await digestFiles(project, train.outputs.model, train.checkpoints);
  if ('fault' in model) return { fault: `There is no model to predict with: ${model.fault}. Train it first.` };
  const trained = parents.training?.subject.modelFiles;
  const difference = trained && findDifference(trained, model.files);
  if (!difference) return model;
  return { fault: `The model is not the one that was trained: ${difference}. Train it again, or restore its files.` };
}

async function runPrediction(
  input: StageInput,
  config: EvaluateSection & { run: string },
  machine: PredictionEvidence['machine'],
  model: readonly FileDigest[],
): Promise<Findings> {
  const { project } = input;
  const declared = listWritten(project.config);
  const needs = model.map(({ path }) => path);
  await clearOutputs(project, declared, { needs });
  const { command, failure, tampering } = await runStageCommand(input, config, machine);
  if (failure) return { outcome: 'fail', reason: failure, command, outputs: [] };
  if (tampering) return { outcome: 'cannot-measure', reason: tampering, command, outputs: [] };
  const { files, faults } = await digestOutputs(project, declared);
  if (faults.length > 0) {
    const reason = `The command ended well, but ${describeLack(project.config)}: ${faults.join('; ')}.`;
    return { outcome: 'fail', reason, command, outputs: [] };
  }
  const after = await readModel(input);
  const change = 'fault' in after ? after.fault : findDifference(model, after.files);
  if (change) {
    const reason = `The command changed the model that it predicts with: ${change}.`;
    return { outcome: 'cannot-measure', reason, command, outputs: [] };
  }
  return { outcome: 'pass', reason: '', command, outputs: files.flat() };
}

/** What the command must write: predictions, those of validation rows, and the files of numbers that are not the training’s. */
function listWritten(config: Config): DeclaredOutput[] {
  const { predictions, 'operating-point': point } = config.evaluate ?? {};
  const name = (path: string | undefined, ...place: (string | number)[]): DeclaredOutput[] =>
    path === undefined ? [] : [{ path, place: ['evaluate', ...place], folder: false }];
  return [
    ...name(predictions?.path, 'predictions', 'path'),
    ...name(point?.predictions, 'operating-point', 'predictions'),
    ...listRunReported(config).flatMap(({ path, at }) => name(path, 'reported', at, 'path')),
  ];
}

function describeLack(config: Config): string {
  if (!config.evaluate?.predictions) return 'there are no numbers';
  return listRunReported(config).length > 0 ? 'not all outputs are there' : 'there are no predictions';
}

/** In which file two models differ; undefined when in none. */
function findDifference(expected: readonly FileDigest[], found: readonly FileDigest[]): string | undefined {
  const left = new Map(expected.map((file) => [file.path, file.sha256]));
  const right = new Map(found.map((file) => [file.path, file.sha256]));
  for (const path of left.keys()) if (!right.has(path)) return `${path} is missing`;
  for (const [path, sha256] of right) {
    if (!left.has(path)) return `${path} was added`;
    if (left.get(path) !== sha256) return `${path} has other content`;
  }
  return undefined;
}
