import { renderCanonical } from '../../evidence/canonical.ts';
import { computeSha256 } from '../../evidence/digest.ts';
import type { EvaluationEvidence } from '../../evidence/schema/evaluation.ts';
import { computeModelDigest } from '../../registry/package/digests.ts';

/** What a verdict asked of the test set: these answers of this model, on these labels, by these rules. Named by digests. */
export interface Question {
  readonly modelDigest: string;
  readonly predictions: string;
  /** From which score on the positive class is answered, where a threshold was chosen. */
  readonly threshold?: number;
  readonly testSet: string;
  /** Of the modelgate.yml that judged. */
  readonly config: string;
}

/**
 * The question behind an evaluation. Undefined where nothing was measured on the labels: a verdict that says no more than
 * that spends nothing. `config` is the digest of the modelgate.yml that judges.
 */
export function findQuestion(evaluation: EvaluationEvidence | undefined, config: string): Question | undefined {
  if (evaluation?.outcome !== 'pass' || !evaluation.testSet || !evaluation.predictions) return undefined;
  return {
    modelDigest: computeModelDigest(evaluation.subject.modelFiles),
    predictions: evaluation.predictions.sha256,
    ...(evaluation.operatingPoint ? { threshold: evaluation.operatingPoint.threshold } : {}),
    testSet: evaluation.testSet.sha256,
    config,
  };
}

/** The id under which a question is counted once, however often it is repeated: `verdict:<budget>:sha256:…`. */
export function nameQuestion(
  budget: string,
  { modelDigest, predictions, threshold, testSet, config }: Question,
): string {
  const asked = { modelDigest, predictions, threshold, testSet, config };
  return `verdict:${budget}:${computeSha256(renderCanonical(asked))}`;
}
