import { join } from 'node:path';
import { messageOf, UserMistake } from '../../errors.ts';
import { readDocument } from '../../evidence/files.ts';
import type { PredictionEvidence, TrainingEvidence } from '../../evidence/schema/training.ts';
import { findLayoutFault, findPredictions, type PredictionsFile } from './candidate-files.ts';
import { type CandidatePlan, PLAN_FILE, readCandidatePlan } from './candidate-plan.ts';
import { findUncarried } from './carried.ts';
import { BASE_TEST_SET, isCandidateName } from './layout.ts';

/** How predictions were made, and the file that came of it. Either may be missing: a training can fail. */
export interface Predicted {
  readonly prediction: PredictionEvidence | undefined;
  readonly predictions: PredictionsFile | undefined;
  /** The folder that both, and the carried files, lie in. */
  readonly folder: string;
}

/** What the machine of the candidate left behind: claims, in a form that can be read. */
export interface Candidate extends Predicted {
  readonly plan: CandidatePlan;
  readonly training: TrainingEvidence | undefined;
  /** On the base's version of the test set, where the head has another. */
  readonly baseTestSet: Predicted | undefined;
}

/**
 * Reads the folder of a candidate's artifact as hostile: nothing may lie there that is not ours, documents keep their
 * schemas, speak of the one model, and predictions have the content that their evidence names. What is wrong is data.
 */
export async function readCandidate(folder: string): Promise<Candidate | { readonly refused: string }> {
  const fault = await findLayoutFault(folder, isCandidateName);
  if (fault !== undefined) return { refused: fault };
  const plan = await readCandidatePlan(join(folder, PLAN_FILE));
  if ('refused' in plan) return plan;
  try {
    const training = await readDocument(folder, 'training');
    const predicted = await readPredicted(folder);
    if ('refused' in predicted) return predicted;
    const other = await readPredicted(join(folder, BASE_TEST_SET));
    if ('refused' in other) return { refused: `${BASE_TEST_SET}: ${other.refused}` };
    const baseTestSet = other.prediction || other.predictions ? other : undefined;
    const spoken = [training, predicted.prediction, baseTestSet?.prediction];
    const stranger = spoken.find((document) => document !== undefined && document.model !== plan.model);
    if (stranger) return { refused: `the ${stranger.kind} evidence speaks of another model, ${stranger.model}` };
    return { plan, training, ...predicted, baseTestSet };
  } catch (error) {
    return { refused: describeRefusal(error, folder) };
  }
}

/** Reads what was predicted in a folder with `evidence/` and a file of predictions. */
export async function readPredicted(folder: string): Promise<Predicted | { readonly refused: string }> {
  const prediction = await readDocument(folder, 'prediction');
  const predictions = await findPredictions(folder);
  if (predictions && 'refused' in predictions) return predictions;
  if (prediction?.outcome === 'pass') {
    const written = prediction.outputs.some(({ sha256 }) => sha256 === predictions?.digest.sha256);
    // Where every number is reported the command writes no predictions: its files are carried.
    const lost = predictions ? [] : await findUncarried(folder, prediction.outputs);
    if (lost.length > 0) return { refused: describeLost(lost) };
    if (!predictions && prediction.outputs.length === 0) return { refused: NO_PREDICTIONS };
    if (predictions && !written)
      return { refused: 'the file of predictions is not the one that its evidence names by digest' };
  }
  return { prediction, predictions, folder };
}

const NO_PREDICTIONS = 'the prediction has passed, and there are no predictions';

function describeLost(paths: readonly string[]): string {
  const names = paths.map((path) => `\`${path}\``).join(', ');
  const fix = `Make the candidate again, and let nothing change ${paths.length === 1 ? 'the file' : 'the files'} after \`evaluate.run\``;
  return `${NO_PREDICTIONS}: what \`evaluate.run\` wrote as ${names} is not in the artifact with the content that the evidence names. ${fix}`;
}

/** A mistake in a hostile folder, without the place of this machine. Anything else is a bug of ours, and thrown again. */
export function describeRefusal(error: unknown, folder: string): string {
  if (!(error instanceof UserMistake)) throw error;
  return messageOf(error).replaceAll(`${folder}/`, '').replaceAll(folder, '').replaceAll(/\s+/g, ' ');
}
