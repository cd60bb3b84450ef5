import { join } from 'node:path';
import type { EvaluateConfig } from '../config/schema/modelgate.ts';
import { computeMeasuringDigest } from '../evaluation/measuring-digest.ts';
import { requestOf } from '../evaluation/requests.ts';
import { resolveReveal } from '../evaluation/reveal.ts';
import { score } from '../evaluation/score.ts';
import { nameView } from '../evaluation/view.ts';
import { readBack } from '../evidence/canonical.ts';
import { hashFile } from '../evidence/file-hash.ts';
import type { Subject } from '../evidence/schema/envelope.ts';
import type { EvaluationEvidence } from '../evidence/schema/evaluation.ts';
import { type BaselinePredictions, nameBaseline } from '../gate/baseline.ts';
import { findMetrics } from '../gate/point.ts';
import { WITHHELD_SLICE } from '../report/reveal-slices.ts';
import type { Run } from './run.ts';

export type PredictionColumns = EvaluateConfig['predictions'];

/**
 * Whether a baseline was measured on the rows of today, by the labels' columns, costs and classes of today, in everything
 * that today's rules ask of it. Evidence that does not say by what it was measured was not.
 */
export async function isMeasuredAsAsked(run: Run, name: string, evaluation: EvaluationEvidence): Promise<boolean> {
  const { config, folder } = run.project;
  const { evaluate, gates } = config;
  const path = evaluate?.labels?.path;
  const labels = path === undefined ? undefined : await hashFile(join(folder, path)).catch(() => undefined);
  if (!labels || labels.sha256 !== evaluation.testSet?.sha256) return false;
  if (evaluation.measuredBy !== computeMeasuringDigest(config)) return false;
  const asked = (gates?.rules ?? []).filter(({ against }) => against !== undefined && nameBaseline(against) === name);
  return asked.every((rule) => {
    const request = requestOf(rule, evaluate?.positive);
    const column = rule.slice === undefined ? {} : { column: nameView(rule.slice) };
    const found = findMetrics(evaluation, { ...request, ...column });
    return found.length > 0 && found.every(({ reason }) => reason !== WITHHELD_SLICE);
  });
}

/** A baseline's predictions, and what they are of. */
export interface FormerPredictions extends Omit<BaselinePredictions, 'sha256'> {
  readonly subject: Subject;
  /** What was measured of it before, where that is known. */
  readonly former?: EvaluationEvidence | undefined;
}

/** A baseline on the test set of today, and the predictions that this rests on. */
export interface ScoredAgain {
  readonly evaluation: EvaluationEvidence;
  readonly predictions: BaselinePredictions;
}

/** Scores a baseline's predictions on the test set of today, as today's rules ask. The refusal is half a sentence. */
export async function scoreAgain(
  run: Run,
  name: string,
  predictions: FormerPredictions,
): Promise<ScoredAgain | { readonly refused: string }> {
  const { path, columns, threshold, subject, former } = predictions;
  run.progress.info(`The baseline ${name}:`);
  const again = await scoreBaseline(run, predictions);
  if (again.outcome !== 'pass' || !again.predictions) {
    return { refused: `cannot be scored again: ${tellReason(run, again)}` };
  }
  const asBefore = former?.testSet?.sha256 === again.testSet?.sha256 && former?.measuredBy === again.measuredBy;
  const reported = asBefore ? (former?.metrics ?? []).filter(({ source }) => source === 'reported') : [];
  const { sha256 } = again.predictions;
  return {
    evaluation: { ...again, subject, metrics: [...again.metrics, ...reported] },
    predictions: { path, sha256, ...(columns ? { columns } : {}), ...(threshold === undefined ? {} : { threshold }) },
  };
}

/**
 * Scores predictions that are not the candidate's, under their own columns and at their own threshold: what somebody
 * reported of the candidate, and the operating point that was chosen for it, say nothing of them.
 */
export async function scoreBaseline(
  run: Run,
  { path, columns, threshold }: Omit<BaselinePredictions, 'sha256'>,
): Promise<EvaluationEvidence> {
  const { config } = run.project;
  if (!config.evaluate) throw new Error('a baseline is scored where nothing is evaluated');
  const own = { ...config.evaluate, ...(columns ? { predictions: columns } : {}) };
  const project = { ...run.project, config: { ...config, evaluate: own } };
  // Rounded as evidence is, so that equal numbers are equal.
  return readBack(await score({ ...run, project, parents: {}, predictions: path, threshold }));
}

/** Why an evaluation measured nothing, as far as that may be told: it may count rows of the test set, or name its classes. */
export function tellReason({ project }: Run, { reason }: EvaluationEvidence): string {
  return resolveReveal(project.config) === 'verdict' ? 'the details are withheld' : reason;
}
