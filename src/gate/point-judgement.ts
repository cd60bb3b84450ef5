import { USUAL_LEVEL, USUAL_TAIL } from '../config/usual-level.ts';
import type { Interval } from '../evidence/schema/evaluation.ts';
import type { Comparison, MeasuredComparison } from './comparison.ts';
import { type Condition, computeRange, isStrict, type Range, type RelativeCondition } from './conditions.ts';
import { type Judgement, refuse } from './judgement.ts';
import { exceeds, reaches, renderNumber } from './numbers.ts';
import type { MeasuredPoint } from './point.ts';
import type { Scene } from './scene.ts';

/** Decides a condition by the number itself, and says whether another test set of this size could decide otherwise. */
export function judgePoint(
  scene: Scene,
  condition: Condition,
  point: MeasuredPoint,
  comparison: Comparison | undefined,
): Judgement {
  if (!('line' in condition)) return judgeRelative(scene, condition, point, comparison);
  const { value, interval } = point;
  const { key, line } = condition;
  const range = key === 'min' ? { low: line } : { high: line };
  const holds = isInRange(value, range, 0, false);
  const [least, under] = key === 'min' ? ['at least', 'under'] : ['at most', 'over'];
  const reason = `${renderNumber(value, [line])} is ${holds ? least : under} ${renderNumber(line, [value])}`;
  return { outcome: holds ? 'pass' : 'fail', reason, withinNoise: cutsInterval(interval, range), range };
}

function judgeRelative(
  { metric, against }: Scene,
  condition: RelativeCondition,
  { value, interval }: MeasuredPoint,
  comparison: Comparison | undefined,
): Judgement {
  if (comparison?.state !== 'measured') return judgeNothing(comparison);
  const { baseline, difference, same } = comparison;
  const name = against?.name ?? '';
  const range = computeRange(condition, baseline, metric.direction);
  if ('reason' in range) return refuse(range.reason);
  const strict = isStrict(condition);
  const holds = isInRange(value, range, baseline, strict);
  const gap = roundGap(difference, baseline);
  const [own, theirs] = [renderNumber(value, [baseline]), renderNumber(baseline, [value])];
  const place =
    gap === 0
      ? `${own} equals ${name}`
      : `${own} is ${renderNumber(Math.abs(gap))} ${gap < 0 ? 'below' : 'above'} the ${theirs} of ${name}`;
  const bound = strict
    ? 'over '
    : condition.key === 'min-gain'
      ? 'at least '
      : condition.key === 'within'
        ? ''
        : 'at most ';
  const own95 = findInterval(comparison);
  const settled = same && gap === 0;
  return {
    outcome: holds ? 'pass' : 'fail',
    reason: `${place}; \`${condition.key}\` is ${bound}${condition.tolerance}`,
    withinNoise: !settled && (own95 ? cutsInterval(own95, shift(range, baseline)) : cutsInterval(interval, range)),
    range,
    ...(own95 && !settled ? { interval: own95 } : {}),
  };
}

/** A relative condition without a number to compare with. */
export function judgeNothing(comparison: Exclude<Comparison, MeasuredComparison> | undefined): Judgement {
  const outcome = comparison?.state === 'none-yet' ? 'not-applicable' : 'cannot-measure';
  return { outcome, reason: comparison?.reason ?? 'there is no baseline to compare with', withinNoise: false };
}

/** A difference that is the rounding of its two numbers is none. */
export function roundGap(difference: number, baseline: number): number {
  return Math.abs(difference) < 1e-11 * Math.abs(baseline) ? 0 : difference;
}

/** The interval of the difference at 95 %, where rows were compared with each other. */
export function findInterval({ contrast, unpaired, same, difference }: MeasuredComparison): Interval | undefined {
  if (unpaired !== undefined || (same && difference === 0)) return undefined;
  const estimate = contrast(1);
  const limits = 'reason' in estimate ? estimate : estimate.computeLimits(USUAL_TAIL);
  if ('reason' in limits || 'reason' in estimate || !Number.isFinite(limits.high - limits.low)) return undefined;
  return { low: limits.low, high: limits.high, level: USUAL_LEVEL, method: estimate.method };
}

function shift({ low, high }: Range, by: number): Range {
  return { ...(low === undefined ? {} : { low: low - by }), ...(high === undefined ? {} : { high: high - by }) };
}

function isInRange(value: number, { low, high }: Range, scale: number, strict: boolean): boolean {
  const isOver = strict ? exceeds : reaches;
  return (low === undefined || isOver(value, low, scale)) && (high === undefined || isOver(high, value, scale));
}

/** Whether an end of the range lies inside the interval: other rows of this number could decide otherwise. */
function cutsInterval(interval: Interval | undefined, { low, high }: Range): boolean {
  if (!interval) return false;
  return [low, high].some((line) => line !== undefined && line >= interval.low && line <= interval.high);
}
