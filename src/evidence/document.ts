import { DataEvidence, type Finding } from './schema/data.ts';
import type { Kind, Outcome } from './schema/envelope.ts';
import { EvaluationEvidence } from './schema/evaluation.ts';
import { PredictionEvidence, TrainingEvidence } from './schema/training.ts';
import { VerdictEvidence } from './schema/verdict.ts';

export const DOCUMENT_SCHEMAS = {
  data: DataEvidence,
  training: TrainingEvidence,
  prediction: PredictionEvidence,
  evaluation: EvaluationEvidence,
  verdict: VerdictEvidence,
} as const;

export interface DocumentOf {
  data: DataEvidence;
  training: TrainingEvidence;
  prediction: PredictionEvidence;
  evaluation: EvaluationEvidence;
  verdict: VerdictEvidence;
}

export type EvidenceDocument = DocumentOf[Kind];

/** What a run folder holds; a stage that has not run is absent. */
export type EvidenceSet = { readonly [K in Kind]?: DocumentOf[K] };

/** Every check that the data went through: those of the contracts, then those between data sets. */
export function listChecks(data: DataEvidence | undefined): Finding[] {
  return data ? [...data.datasets.flatMap(({ findings }) => findings), ...data.checks] : [];
}

/** The worst of some outcomes: fail before cannot-measure before pass. Of none: pass. */
export function worstOutcome(outcomes: Iterable<Outcome>): Outcome {
  const all = new Set(outcomes);
  if (all.has('fail')) return 'fail';
  return all.has('cannot-measure') ? 'cannot-measure' : 'pass';
}
