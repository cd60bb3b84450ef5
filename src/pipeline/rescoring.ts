import { join } from 'node:path';
import type { Config } from '../config/schema/modelgate.ts';
import { requestOf } from '../evaluation/requests.ts';
import { score } from '../evaluation/score.ts';
import { readBack } from '../evidence/canonical.ts';
import { hashFile } from '../evidence/file-hash.ts';
import type { Subject } from '../evidence/schema/envelope.ts';
import type { EvaluationEvidence } from '../evidence/schema/evaluation.ts';
import { nameBaseline } from '../gate/baseline.ts';
import { findMetrics } from '../gate/point.ts';
import type { Run } from './run.ts';

export type PredictionColumns = NonNullable<Config['evaluate']>['predictions'];

/** Whether a baseline was measured on the rows of today, in everything that today's rules ask of it. */
export async function isMeasuredAsAsked(run: Run, name: string, evaluation: EvaluationEvidence): Promise<boolean> {
  const { config, folder } = run.project;
  const { evaluate, gates } = config;
  const labels = evaluate && (await hashFile(join(folder, evaluate.labels.path)).catch(() => undefined));
  if (labels?.sha256 !== evaluation.testSet?.sha256) return false;
  const asked = (gates?.rules ?? []).filter(({ against }) => against !== undefined && nameBaseline(against) === name);
  return asked.every((rule) => {
    const request = requestOf(rule, evaluate?.positive);
    return findMetrics(evaluation, rule.slice === undefined ? request : { ...request, column: rule.slice }).length > 0;
  });
}

/** A baseline's predictions, and what they are of. */
export interface FormerPredictions {
  /** Absolute. */
  readonly path: string;
  /** The columns that their own commit gave them; those of today where that cannot be read. */
  readonly columns: PredictionColumns | undefined;
  readonly subject: Subject;
}

/** Scores a baseline's predictions on the test set of today, as today's rules ask. The refusal is half a sentence. */
export async function scoreAgain(
  run: Run,
  name: string,
  former: FormerPredictions,
): Promise<EvaluationEvidence | { readonly refused: string }> {
  const { config } = run.project;
  const { path, columns, subject } = former;
  const evaluate = config.evaluate && { ...config.evaluate, ...(columns ? { predictions: columns } : {}) };
  run.progress.info(`The baseline ${name}:`);
  const project = { ...run.project, config: { ...config, ...(evaluate ? { evaluate } : {}) } };
  // Rounded as evidence is, so that equal numbers are equal.
  const again = readBack(await score({ ...run, project, parents: {}, predictions: path }));
  if (again.outcome !== 'pass') return { refused: `cannot be scored again: ${again.reason}` };
  return { ...again, subject };
}
