import { renderCanonical } from '../../evidence/canonical.ts';
import { computeSha256 } from '../../evidence/digest.ts';
import type { EvaluationEvidence } from '../../evidence/schema/evaluation.ts';
import { computeModelDigest } from '../../registry/package/digests.ts';

/** What is counted together: the same id in two models is two budgets, so that none can drain another's. */
export interface Account {
  /** `gates.budget.id`. */
  readonly budget: string;
  readonly model: string;
}

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

/** By whose rules: the digest of the modelgate.yml that judges, and whether the base has none yet. See `JudgedBy`. */
export interface Judging {
  readonly config: string;
  readonly bootstrap: boolean;
}

/**
 * Whether anything was measured on the labels: a verdict that says no more than that it could not be spends nothing. One
 * number that is missing hides no other, and how rows met the labels is an answer too. Not to be asked of evidence that was
 * sealed: what tells it is withheld there.
 */
export function isMeasured({ outcome, join, metrics }: EvaluationEvidence): boolean {
  const computed = metrics.some(({ source, value }) => source === 'computed' && value !== null);
  return outcome === 'pass' || computed || (join?.matched ?? 0) > 0;
}

/** The question behind an evaluation, sealed or not; undefined without test set or predictions. */
export function findQuestion(
  evaluation: EvaluationEvidence | undefined,
  { config }: Pick<Judging, 'config'>,
): Question | undefined {
  if (!evaluation?.testSet || !evaluation.predictions) return undefined;
  return {
    modelDigest: computeModelDigest(evaluation.subject.modelFiles),
    predictions: evaluation.predictions.sha256,
    ...(evaluation.operatingPoint ? { threshold: evaluation.operatingPoint.threshold } : {}),
    testSet: evaluation.testSet.sha256,
    config,
  };
}

/**
 * The id under which a question is counted once, however often it is repeated: `verdict:<budget>:sha256:…`, and
 * `verdict:<budget>:bootstrap:sha256:…` where the rules were the change's own.
 */
export function nameQuestion(
  { budget, model }: Account,
  { modelDigest, predictions, threshold, testSet, config }: Question,
  { bootstrap }: Pick<Judging, 'bootstrap'>,
): string {
  const asked = { model, modelDigest, predictions, threshold, testSet, config };
  return `verdict:${budget}:${bootstrap ? BOOTSTRAP : ''}${computeSha256(renderCanonical(asked))}`;
}

/** Whether an id of `nameQuestion` is of a verdict by rules that the change brought along itself. */
export function isBootstrapId(id: string, budget: string): boolean {
  return id.startsWith(`verdict:${budget}:${BOOTSTRAP}`);
}

const BOOTSTRAP = 'bootstrap:';
