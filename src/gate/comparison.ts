import type { EvaluationEvidence } from '../evidence/schema/evaluation.ts';
import type { BaselineLookup } from './baseline.ts';
import type { Point } from './point.ts';
import type { Subject } from './subjects.ts';

/** A candidate’s number beside its baseline’s, or why they do not stand side by side. */
export type Comparison =
  /** `same`: the same model or the same predictions, so that an equal number is no chance. */
  | { readonly state: 'measured'; readonly baseline: number; readonly difference: number; readonly same: boolean }
  | { readonly state: 'none-yet' | 'unmeasured'; readonly reason: string };

/**
 * Compares on the same rows only: the same test set by digest, the same number of rows. A baseline that is the same
 * model, by the digests of its files, has the difference 0 by definition wherever it was measured on other rows.
 */
export function compareWithBaseline(
  name: string,
  lookup: BaselineLookup | undefined,
  evaluation: EvaluationEvidence,
  candidate: Point & { readonly value: number },
  subject: Subject,
): Comparison {
  if (!lookup) return { state: 'unmeasured', reason: `the baseline ${name} was not looked up` };
  if (lookup.state !== 'found') {
    return lookup.state === 'none-yet'
      ? { state: 'none-yet', reason: `${name} has no ${name === 'base' ? 'evidence' : 'release'} yet: ${lookup.text}` }
      : { state: 'unmeasured', reason: `${name} is not available: ${lookup.text}` };
  }
  const other = lookup.evaluation;
  const fault = findDifferentRows(name, evaluation, other);
  const sameModel = isSameModel(evaluation, other);
  if (fault !== undefined) {
    if (sameModel) return { state: 'measured', baseline: candidate.value, difference: 0, same: true };
    return { state: 'unmeasured', reason: fault };
  }
  const baseline = subject.find(other);
  if ('reason' in baseline) return { state: 'unmeasured', reason: `${name}: ${baseline.reason}` };
  if (baseline.n !== candidate.n) {
    return { state: 'unmeasured', reason: `${name} rests on ${baseline.n} rows, the candidate on ${candidate.n}` };
  }
  const same = sameModel || isSamePredictions(evaluation, other);
  return { state: 'measured', baseline: baseline.value, difference: candidate.value - baseline.value, same };
}

function findDifferentRows(name: string, own: EvaluationEvidence, other: EvaluationEvidence): string | undefined {
  if (own.model !== other.model) return `${name} is of another model, ${other.model}`;
  if (own.task !== other.task) return `${name} was evaluated as a ${other.task}`;
  if (!own.testSet || !other.testSet) return `${name}: it is not known which test set it was measured on`;
  if (own.testSet.sha256 === other.testSet.sha256) return undefined;
  return `${name} was measured on another test set (${other.testSet.sha256}), so the rows are not the same`;
}

function isSamePredictions(own: EvaluationEvidence, other: EvaluationEvidence): boolean {
  return own.predictions !== null && own.predictions.sha256 === other.predictions?.sha256;
}

function isSameModel(own: EvaluationEvidence, other: EvaluationEvidence): boolean {
  const [a, b] = [own, other].map(({ subject }) => subject.modelFiles.map(({ sha256 }) => sha256).sort());
  return (
    own.model === other.model && own.task === other.task && a !== undefined && a.length > 0 && a.join() === b?.join()
  );
}
