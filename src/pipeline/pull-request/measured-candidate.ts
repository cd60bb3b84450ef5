import { join } from 'node:path';
import type { EvaluateConfig } from '../../config/schema/modelgate.ts';
import { checkData } from '../../data/check.ts';
import { resolveReveal } from '../../evaluation/reveal.ts';
import { score } from '../../evaluation/score.ts';
import { readBack } from '../../evidence/canonical.ts';
import type { EvidenceSet } from '../../evidence/document.ts';
import type { DataEvidence } from '../../evidence/schema/data.ts';
import type { EvaluationEvidence } from '../../evidence/schema/evaluation.ts';
import type { Run } from '../run.ts';
import type { Candidate, Predicted } from './candidate-reading.ts';
import { addProposedData, nameProposed } from './proposed-test-set.ts';

/** What the judge measures of a candidate, and what it believes of its claims so far. */
export interface Measured {
  readonly evidence: EvidenceSet;
  /** Where the predictions lie that were scored; a file that is not there where none were made. */
  readonly predictions: string;
}

/**
 * Checks the data and scores the predictions, beside the documents that the candidate's machine wrote. As in a run on one
 * machine, what failed before keeps the score from being taken: there are no predictions then.
 */
export async function measureCandidate(
  run: Run,
  candidate: Candidate,
  predicted: Predicted,
  hasProposed: boolean,
): Promise<Measured> {
  const { config } = run.project;
  const data = config.data && (await checkAll(run, hasProposed));
  const training = config.train && candidate.training;
  const prediction = config.evaluate?.run === undefined ? undefined : predicted.prediction;
  const before: EvidenceSet = {
    ...(data ? { data } : {}),
    ...(training ? { training } : {}),
    ...(prediction ? { prediction } : {}),
  };
  const predictions = predicted.predictions?.path ?? join(run.temporary, 'no-predictions');
  const made = [
    ...(config.train ? [training] : []),
    ...(config.evaluate?.run === undefined ? [] : [prediction]),
    // Predictions that no stage made are not asked for where the data fail, as on one machine.
    ...(config.evaluate?.run === undefined && data ? [data] : []),
  ];
  if (!config.evaluate || !made.every((document) => document?.outcome === 'pass')) {
    return { evidence: before, predictions };
  }
  const evaluation = readBack(await score({ ...run, parents: before, placed: { predictions } }));
  return { evidence: { ...before, evaluation }, predictions };
}

async function checkAll(run: Run, hasProposed: boolean): Promise<DataEvidence> {
  const proposed = hasProposed ? addProposedData(run.project) : undefined;
  if (!proposed) return readBack(await checkData(run));
  const showsRows = resolveReveal(run.project.config) === 'rows';
  const hidden = showsRows ? [] : [proposed.name];
  const data = await checkData({ ...run, project: proposed.project, hidden });
  return readBack(nameProposed(data, proposed, showsRows));
}

/** Scores what was predicted on the head's own version of the test set; it decides nothing. */
export async function scoreProposed(
  run: Run,
  labels: { readonly path: string; readonly config: EvaluateConfig['labels'] },
  { prediction, predictions }: Predicted,
): Promise<EvaluationEvidence> {
  const { project } = run;
  const { evaluate } = project.config;
  if (!evaluate) throw new Error('a test set is proposed where nothing is evaluated');
  const config = { ...project.config, evaluate: { ...evaluate, labels: labels.config } };
  run.progress.info('The test set as the head proposes it:');
  const placed = { labels: labels.path, predictions: predictions?.path ?? join(run.temporary, 'no-predictions') };
  const parents = prediction ? { prediction } : {};
  return readBack(await score({ ...run, project: { ...project, config }, parents, placed }));
}
