import type { Unmeasured } from '../../evaluation/sources.ts';
import type { EvaluationEvidence } from '../../evidence/schema/evaluation.ts';
import type { BaselinePredictions } from '../../gate/baseline.ts';
import { type ScoredAgain, scoreAgain } from '../rescoring.ts';
import type { Run } from '../run.ts';
import type { FormerModel } from './former-model.ts';

/** What there is of a baseline that was not measured as today's rules and test set ask. */
export interface FormerBaseline {
  /** What it predicted then, or why that is not at hand. */
  readonly predictions: BaselinePredictions | Unmeasured;
  /** Its model. */
  readonly model: FormerModel;
  /** What was measured of it before, where that is known. */
  readonly former?: EvaluationEvidence | undefined;
}

/**
 * Measures a baseline on the test set of today: by what it predicted before, where that has every id, and else by running
 * its model again, where this run may run commands. `how` is told beside where it was found; the refusal is half a sentence.
 */
export async function measureAgain(
  run: Run,
  name: string,
  { predictions, model, former }: FormerBaseline,
): Promise<(ScoredAgain & { readonly how: string }) | { readonly refused: string }> {
  const { subject } = model;
  const kept =
    'reason' in predictions
      ? { refused: predictions.reason }
      : await scoreAgain(run, name, { ...predictions, subject, former });
  if (!('refused' in kept)) return { ...kept, how: "scored again on today's test set" };
  const cause = kept.refused.replace(/\.$/, '');
  if (!run.predictAgain) return { refused: `${cause}, and its model is not run here` };
  const refuse = (why: string) => ({ refused: `${cause}, and its model cannot be run again: ${why}` });
  const predicted = await run.predictAgain(run, name, model);
  if ('reason' in predicted) return refuse(predicted.reason);
  const { by, ...now } = predicted;
  const again = await scoreAgain(run, name, { ...now, subject, former });
  if ('refused' in again) return { refused: `${cause}, and what its model predicts now ${again.refused}` };
  return { ...again, how: `run again on today's test set${by === undefined ? '' : ` by ${by}`}` };
}
