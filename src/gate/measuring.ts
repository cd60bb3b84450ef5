import { USUAL_LEVEL, USUAL_TAIL } from '../config/usual-level.ts';
import type { Side } from '../evaluation/joined-table.ts';
import type { Sample, Samples } from '../evaluation/samples.ts';
import type { Unmeasured } from '../evaluation/sources.ts';
import type { Estimate } from '../statistics/estimate.ts';
import { createEvidenceEstimate } from './evidence-estimate.ts';
import { renderNumber } from './numbers.ts';
import type { MeasuredPoint, Point } from './point.ts';
import type { Scene } from './scene.ts';
import type { Subject } from './subjects.ts';

/** Evidence keeps 12 digits, and sums may be taken in another order. */
const TOLERANCE = 1e-6;

/** The rows of a subject. */
export function findSample(samples: Samples | Unmeasured, { view }: Scene, { values }: Subject): Sample | Unmeasured {
  if ('reason' in samples) return samples;
  return values === undefined ? samples.find() : samples.find(view, values);
}

/** A metric of one side on the rows of a subject. */
export function measureSide(
  samples: Samples | Unmeasured,
  scene: Scene,
  subject: Subject,
  side: Side,
): Estimate | Unmeasured {
  const sample = findSample(samples, scene, subject);
  if ('reason' in sample) return sample;
  const estimate = sample.estimate(scene.request, side);
  if ('reason' in estimate || Number.isFinite(estimate.value)) return estimate;
  return { reason: `\`${scene.request.name}\` has no value` };
}

/** The candidate's number: the evidence's, and of several slices together that of their rows, where they are at hand. */
export function findCandidate(scene: Scene, subject: Subject): Point {
  const point = subject.find(scene.evaluation);
  if (subject.values === undefined || subject.values.length < 2 || 'reason' in scene.candidate) return point;
  const estimate = measureSide(scene.candidate, scene, subject, 0);
  if ('reason' in estimate) return { n: point.n, reason: estimate.reason };
  const limits = estimate.computeLimits(USUAL_TAIL);
  const { value, method } = estimate;
  return { n: point.n, value, ...('reason' in limits ? {} : { interval: { ...limits, level: USUAL_LEVEL, method } }) };
}

/** The candidate's number with its limits: from its rows, or from evidence alone where they are not at hand. */
export function estimateCandidate(scene: Scene, subject: Subject, point: MeasuredPoint): Estimate | Unmeasured {
  const { candidate } = scene;
  if ('reason' in candidate) {
    const estimate = createEvidenceEstimate(point, scene);
    // Of what a file reports there never were rows: the file is why there are no limits.
    const isToldBy = scene.metric.source === 'reported' && !point.interval && point.noInterval !== undefined;
    return isToldBy ? estimate : explainLimits(estimate, candidate.reason);
  }
  const estimate = measureSide(candidate, scene, subject, 0);
  return 'reason' in estimate ? estimate : (findContradiction(estimate.value, point.value) ?? estimate);
}

/** That rows give another number than the evidence tells: one of the two is not what it says that it is. */
export function findContradiction(measured: number, told: number): Unmeasured | undefined {
  if (Math.abs(measured - told) <= TOLERANCE * Math.max(1, Math.abs(told))) return undefined;
  const [here, there] = [renderNumber(measured, [told]), renderNumber(told, [measured])];
  return { reason: `the predictions at hand come to ${here}, and the evidence says ${there}` };
}

/** An estimate whose lack of limits is explained by why the rows are not at hand. */
export function explainLimits(estimate: Estimate, reason: string): Estimate {
  const computeLimits: Estimate['computeLimits'] = (tail) => {
    const limits = estimate.computeLimits(tail);
    return 'reason' in limits ? { reason: `${reason}, and ${limits.reason}` } : limits;
  };
  return { ...estimate, computeLimits };
}
