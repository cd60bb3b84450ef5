import { join } from 'node:path';
import { describeFound, UserMistake } from '../../errors.ts';
import type { EvidenceSet } from '../../evidence/document.ts';
import { readEvidence } from '../../evidence/files.ts';
import type { VerdictEvidence } from '../../evidence/schema/verdict.ts';
import { findLayoutFault, findPredictions } from '../pull-request/candidate-files.ts';
import { type JudgedEntry, type JudgedIndex, readJudgedIndex } from '../pull-request/judged-index.ts';
import { isJudgedName } from '../pull-request/layout.ts';
import type { JudgedRun } from './judged-run.ts';

/** A model whose verdict lets it be released. */
export interface AcceptedModel {
  readonly model: string;
  /** The path of its modelgate.yml from the root of the repository. */
  readonly config: string;
  readonly evidence: EvidenceSet & { readonly verdict: VerdictEvidence };
  /** The file of predictions, without labels; undefined where none were made. */
  readonly predictions: string | undefined;
  /** The commit that the model was trained at; another one where earlier evidence was used again. */
  readonly trainedAt: string;
}

/**
 * Reads one model of the folder of what a run judged, as hostile. Throws UserMistake when the folder is not of that run's
 * commit, or the model has no passing verdict: in observe mode too, what did not pass is no version.
 */
export async function readAcceptedModel(folder: string, run: JudgedRun, config: string): Promise<AcceptedModel> {
  const index = await readJudgedIndex(folder);
  const refuse = (found: string) =>
    new UserMistake({ file: config, found, fix: `Look at the verdict in the run ${run.id}.` });
  if (index.head !== run.commit) throw refuse(`${index.head} was judged, and ${run.commit} is released`);
  if (index.base !== null) throw refuse('a pull request was judged, and only what was merged is released');
  const entry = index.models.find((one) => one.config === config);
  if (!entry) throw refuse(`the run judged only ${index.models.map((one) => one.config).join(', ')}`);
  if (entry.refused || entry.model === null) throw refuse(`the model was not judged: ${entry.reason}`);
  if (!counts(entry, index, run))
    throw refuse(`the run ended with ${run.result || 'no result'}, so its verdict does not count`);
  const { model } = entry;
  const home = join(folder, model);
  const fault = await findLayoutFault(home, (name) => isJudgedName(`${model}/${name}`));
  if (fault !== undefined) throw refuse(`the evidence of ${model} is refused: ${fault}`);
  const evidence = await readEvidence(home);
  const { verdict } = evidence;
  if (!verdict) throw refuse(`there is no verdict on ${model}`);
  const stranger = Object.values(evidence).find((document) => document.model !== model);
  if (stranger) throw refuse(`the ${stranger.kind} evidence speaks of another model, ${stranger.model}`);
  if (verdict.outcome !== 'pass') throw refuse(`the verdict on ${model} is ${verdict.outcome}: ${verdict.reason}`);
  const predictions = await findPredictions(home);
  if (predictions && 'refused' in predictions) throw refuse(`the predictions of ${model}: ${predictions.refused}`);
  return {
    model,
    config,
    evidence: { ...evidence, verdict },
    predictions: predictions?.path,
    trainedAt: evidence.training?.subject.commit ?? run.commit,
  };
}

/**
 * A run that failed because another model stops it says nothing against this one. One that failed otherwise has a say only
 * about what it trained itself: that earlier evidence may be used again was not decided to its end.
 */
function counts(entry: JudgedEntry, index: JudgedIndex, { result }: JudgedRun): boolean {
  if (result === 'success') return true;
  return result === 'failure' && (!entry.reused || index.models.some(({ blocks }) => blocks));
}

/** Says of a mistake what kept a model from being released, in one line. */
export function describeRefusal(error: unknown): string | undefined {
  return error instanceof UserMistake ? describeFound(error) : undefined;
}
