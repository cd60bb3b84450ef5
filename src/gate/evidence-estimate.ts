import { parseMetricName } from '../config/metrics.ts';
import { USUAL_LEVEL, USUAL_TAIL } from '../config/usual-level.ts';
import type { Estimate } from '../statistics/estimate.ts';
import type { NoLimits } from '../statistics/limits.ts';
import { computeMeanLimits, type MeanOf } from '../statistics/mean-limits.ts';
import { computeProportionLimits } from '../statistics/proportion.ts';
import { guessSkewness } from '../statistics/skewed-t.ts';
import { computeNewcombeLimits, computeWelchLimits } from '../statistics/unpaired.ts';
import type { MeasuredPoint } from './point.ts';
import type { Scene } from './scene.ts';

/** Shares of rows: value and rows give the counts. */
const SHARES = ['accuracy', 'top-k-accuracy', 'interval-coverage'];
/** Means over rows or queries: an interval by Student’s t gives the variance. */
const MEANS = ['log-loss', 'brier', 'mae', 'mse', 'mape', 'smape', 'pinball', 'ndcg', 'map', 'mrr', 'recall-at'];

/** An estimate that evidence alone allows, with what it knows of the rows. */
export interface EvidenceEstimate extends Estimate {
  readonly successes?: number;
  readonly mean?: MeanOf;
}

/**
 * An estimate from a number of the evidence, its rows and its interval, where the predictions are not at hand. What the
 * three do not determine has no limits, or those of the evidence where they are at least as sure as is asked.
 */
export function createEvidenceEstimate(
  { n, value, interval, noInterval }: MeasuredPoint,
  scene: Scene,
): EvidenceEstimate {
  const { base } = parseMetricName(scene.request.name);
  const knows = (names: readonly string[]) =>
    scene.plain && scene.metric.source === 'computed' && scene.request.group === undefined && names.includes(base);
  const successes = Math.round(value * n);
  if (knows(SHARES) && n > 0 && Math.abs(successes - value * n) < 1e-6) {
    const method = computeProportionLimits(successes, n, USUAL_TAIL).method;
    return { value, n, method, successes, computeLimits: (tail) => computeProportionLimits(successes, n, tail).limits };
  }
  if (!interval) {
    const reason = noInterval ?? `${HERE} holds no interval of it`;
    return { value, n, method: NO_METHOD, computeLimits: () => ({ reason }) };
  }
  // One side is Student’s, and the other as far away or further, for skewness. A limit at the end of the range tells nothing.
  const half = Math.min(interval.high - value, value - interval.low);
  const [least, greatest] = scene.metric.range;
  const isStudents = interval.method === 'student-t' && half > 0 && interval.low > least && interval.high < greatest;
  const unit = computeMeanLimits({ n, mean: 0, variance: n }, USUAL_TAIL);
  if (knows(MEANS) && isStudents && !('reason' in unit)) {
    const variance = n * (half / unit.high) ** 2;
    const mean = { n, mean: value, variance, skewness: guessSkewness(value, variance, scene.metric.range) };
    return { value, n, method: 'student-t', mean, computeLimits: (tail) => computeMeanLimits(mean, tail) };
  }
  const isEnough = (tail: number) => interval.level >= USUAL_LEVEL && tail >= USUAL_TAIL;
  return {
    value,
    n,
    method: interval.method,
    computeLimits: (tail) => (isEnough(tail) ? { low: interval.low, high: interval.high } : NOT_SURE_ENOUGH),
  };
}

const HERE = 'the evidence';
/** Of an estimate without limits: no name is shown. */
const NO_METHOD = '';
const NOT_SURE_ENOUGH: NoLimits = { reason: `${HERE} holds limits at 97.5 % each way, and more is asked` };

/**
 * The candidate's number less `factor` times a baseline's, as if they were measured on different rows. Of proportions that is
 * Newcombe's interval, of means Welch's. Else the distances of the limits of both are squared and added: where both are
 * normal that is the test of the difference, and on the same rows it is wider than a paired one as long as the two
 * numbers do not move against each other.
 * Source: G. Zou and A. Donner, "Construction of confidence limits about effect measures: a general approach",
 * Statistics in Medicine 27 (2008), equations 4 and 5.
 */
export function contrastUnpaired(first: EvidenceEstimate, second: EvidenceEstimate, factor: number): Estimate {
  const head = { value: first.value - factor * second.value, n: Math.min(first.n, second.n) };
  const { successes: own, mean } = first;
  const { successes: other, mean: otherMean } = second;
  if (own !== undefined && other !== undefined && factor === 1) {
    const computeLimits = (tail: number) => computeNewcombeLimits(own, first.n, other, second.n, tail);
    return { ...head, method: 'newcombe', computeLimits };
  }
  if (mean && otherMean) {
    const { mean: value, variance = Number.NaN } = otherMean;
    const scaled = { ...otherMean, mean: factor * value, variance: factor ** 2 * variance };
    return { ...head, method: 'welch', computeLimits: (tail) => computeWelchLimits(mean, scaled, tail) };
  }
  const computeLimits = (tail: number) => {
    const [one, two] = [first.computeLimits(tail), second.computeLimits(tail)];
    if ('reason' in one) return one;
    if ('reason' in two) return two;
    const ends = [factor * two.low, factor * two.high];
    const [low, high, middle] = [Math.min(...ends), Math.max(...ends), factor * second.value];
    return {
      low: head.value - Math.hypot(first.value - one.low, high - middle),
      high: head.value + Math.hypot(one.high - first.value, middle - low),
    };
  };
  return { ...head, method: 'unpaired', computeLimits };
}
