import { join } from 'node:path';
import { readDocument } from '../../evidence/files.ts';
import type { EvaluationEvidence } from '../../evidence/schema/evaluation.ts';
import type { TrainingEvidence } from '../../evidence/schema/training.ts';
import { findLayoutFault, type PredictionsFile } from './candidate-files.ts';
import { type CandidatePlan, PLAN_FILE, readCandidatePlan } from './candidate-plan.ts';
import { describeRefusal, type Predicted, readPredicted } from './candidate-reading.ts';
import { isJudgedName } from './layout.ts';

/** A model as an earlier run judged it. */
export interface JudgedModel extends Predicted {
  readonly plan: CandidatePlan | undefined;
  readonly training: TrainingEvidence | undefined;
  readonly evaluation: EvaluationEvidence | undefined;
  readonly predictions: PredictionsFile | undefined;
}

/** Reads one model of the artifact `modelgate-judged` of an earlier run, as hostile: what is wrong is data. */
export async function readJudgedModel(judged: string, model: string): Promise<JudgedModel | { refused: string }> {
  const folder = join(judged, model);
  try {
    const fault = await findLayoutFault(folder, (name) => isJudgedName(`${model}/${name}`));
    if (fault !== undefined) return { refused: fault };
    const plan = await readCandidatePlan(join(folder, PLAN_FILE));
    const predicted = await readPredicted(folder);
    if ('refused' in predicted) return predicted;
    const [training, evaluation] = [await readDocument(folder, 'training'), await readDocument(folder, 'evaluation')];
    const stranger = [training, predicted.prediction, evaluation].find((one) => one && one.model !== model);
    if (stranger) return { refused: `the ${stranger.kind} evidence speaks of another model, ${stranger.model}` };
    return { ...predicted, plan: 'refused' in plan ? undefined : plan, training, evaluation };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { refused: `it holds nothing about ${model}` };
    return { refused: describeRefusal(error, folder) };
  }
}
