import type { Unmeasured } from '../evaluation/sources.ts';
import type { EvaluationEvidence } from '../evidence/schema/evaluation.ts';
import type { Estimate } from '../statistics/estimate.ts';
import { contrastUnpaired, createEvidenceEstimate } from './evidence-estimate.ts';
import { explainLimits, findContradiction, findSample, measureSide } from './measuring.ts';
import type { MeasuredPoint } from './point.ts';
import type { Scene } from './scene.ts';
import type { Subject } from './subjects.ts';

/** A candidate’s number beside its baseline’s, or why they do not stand side by side. */
export type Comparison = MeasuredComparison | { readonly state: 'none-yet' | 'unmeasured'; readonly reason: string };
export interface MeasuredComparison {
  readonly state: 'measured';
  readonly baseline: number;
  readonly difference: number;
  /** The same predictions by the digest of their file, so that an equal number is no chance. */
  readonly same: boolean;
  /** Why rows were not compared with each other; absent where they were. */
  readonly unpaired?: string;
  /** The candidate's number less `factor` times the baseline's. */
  contrast(factor: number): Estimate | Unmeasured;
}

/**
 * Compares on the same rows only: the same test set by digest, the same number of rows. Rows are compared with each
 * other where the predictions of both are at hand; else number with number, where both were measured by the same
 * columns, costs and classes. That two models are the same by what their trainings say of their files, counts for
 * nothing: whoever trains a model writes that.
 */
export function compareWithBaseline(scene: Scene, subject: Subject, candidate: MeasuredPoint): Comparison {
  const { name = '', lookup } = scene.against ?? {};
  if (!lookup) return { state: 'unmeasured', reason: `the baseline ${name} was not looked up` };
  if (lookup.state !== 'found') {
    return lookup.state === 'none-yet'
      ? { state: 'none-yet', reason: `${name} has no ${name === 'base' ? 'evidence' : 'release'} yet: ${lookup.text}` }
      : { state: 'unmeasured', reason: `${name} is not available: ${lookup.text}` };
  }
  const fault = findDifferentRows(name, scene.evaluation, lookup.evaluation);
  if (fault !== undefined) return { state: 'unmeasured', reason: fault };
  const same = isSamePredictions(scene.evaluation, lookup.evaluation);
  const paired = compareRows(scene, subject, candidate);
  if (paired && 'state' in paired) return paired.state === 'measured' ? { ...paired, same } : paired;
  // A number without limits needs no rows; where limits are asked for, rows that cannot be measured are the answer.
  if (paired && scene.certainty) return { state: 'unmeasured', reason: `${name}: ${paired.reason}` };
  const unpaired = 'reason' in scene.pair ? scene.pair.reason : (paired?.reason ?? '');
  const change = findOtherMeasuring(name, scene.evaluation, lookup.evaluation);
  if (change) return { state: 'unmeasured', reason: `${change}; not compared row by row, as ${unpaired}` };
  const baseline = subject.find(lookup.evaluation);
  if ('reason' in baseline) return { state: 'unmeasured', reason: `${name}: ${baseline.reason}` };
  if (baseline.n !== candidate.n) {
    return { state: 'unmeasured', reason: `${name} rests on ${baseline.n} rows, the candidate on ${candidate.n}` };
  }
  const difference = candidate.value - baseline.value;
  const [one, two] = [candidate, baseline].map((point) => createEvidenceEstimate(point, scene));
  const contrast = (factor: number) => {
    if (!one || !two) throw new Error('a comparison has two numbers');
    return explainLimits(contrastUnpaired(one, two, factor), unpaired);
  };
  return { state: 'measured', baseline: baseline.value, difference, same, unpaired, contrast };
}

/** The comparison row by row; undefined where the rows of the two are not at hand. */
function compareRows(
  scene: Scene,
  subject: Subject,
  candidate: MeasuredPoint,
): Omit<MeasuredComparison, 'same'> | Exclude<Comparison, MeasuredComparison> | Unmeasured | undefined {
  if ('reason' in scene.pair) return undefined;
  const sample = findSample(scene.pair, scene, subject);
  if ('reason' in sample) return sample;
  const own = measureSide(scene.pair, scene, subject, 0);
  if ('reason' in own) return own;
  const contradiction = findContradiction(own.value, candidate.value);
  if (contradiction) return { state: 'unmeasured', ...contradiction };
  const baseline = measureSide(scene.pair, scene, subject, 1);
  if ('reason' in baseline) return baseline;
  const contrast = keepAnswers((factor: number) => sample.contrast(scene.request, factor));
  const difference = contrast(1);
  const value = 'reason' in difference ? own.value - baseline.value : difference.value;
  return { state: 'measured', baseline: baseline.value, difference: value, contrast };
}

/** Asks for each factor once: limits may take many draws. */
function keepAnswers<T>(ask: (factor: number) => T): (factor: number) => T {
  const kept = new Map<number, T>();
  return (factor) => {
    const found = kept.get(factor) ?? ask(factor);
    kept.set(factor, found);
    return found;
  };
}

function findDifferentRows(name: string, own: EvaluationEvidence, other: EvaluationEvidence): string | undefined {
  if (own.model !== other.model) return `${name} is of another model, ${other.model}`;
  if (own.task !== other.task) return `${name} was evaluated as a ${other.task}`;
  if (!own.testSet || !other.testSet) return `${name}: it is not known which test set it was measured on`;
  if (own.testSet.sha256 === other.testSet.sha256) return undefined;
  return `${name} was measured on another test set (${other.testSet.sha256}), so the rows are not the same`;
}

/** Numbers of the same rows may answer another question; those that do not tell theirs answer none. */
function findOtherMeasuring(name: string, own: EvaluationEvidence, other: EvaluationEvidence): string | undefined {
  const by = 'columns of the labels, costs, positive class and operating point';
  if (other.measuredBy === undefined) return `${name} does not say by which ${by} it was measured`;
  if (own.measuredBy === undefined) return `the candidate does not say by which ${by} it was measured`;
  if (own.measuredBy === other.measuredBy) return undefined;
  return `the ${by} are not all those that ${name} was measured by`;
}

/** The threshold is a part of what turns the same scores into the same answers. */
function isSamePredictions(own: EvaluationEvidence, other: EvaluationEvidence): boolean {
  return (
    own.predictions !== null &&
    own.predictions.sha256 === other.predictions?.sha256 &&
    own.operatingPoint?.threshold === other.operatingPoint?.threshold
  );
}
