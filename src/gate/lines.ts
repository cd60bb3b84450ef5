import type { Direction } from '../config/metrics.ts';
import { type Condition, isStrict, type RelativeCondition, readShare } from './conditions.ts';

/** One end of what a condition lets pass. */
export interface Line {
  /** `low`: the number must be at least `at`; `high`: at most. */
  readonly end: 'low' | 'high';
  readonly at: number;
  /** Whether the line itself does not pass. */
  readonly strict: boolean;
  /** How many times the baseline's number is taken from the candidate's; undefined of the candidate's number alone. */
  readonly factor?: number;
  /** The same line if the baseline's true number has the other sign; `binds` is the finding that it must share. */
  readonly twin?: { readonly factor: number; readonly binds: 'good' | 'bad' };
}

/**
 * The lines of a condition. A percentage s of a baseline b is a line at 0 for the candidate less (1 ∓ s) · b, so that the limits know
 * of the baseline's own error too. `baseline` is its number as measured, and not 0 where the tolerance is a percentage.
 */
export function listLines(
  condition: Condition,
  direction: Direction,
  baseline: number,
  mayBeNegative: boolean,
): Line[] {
  const strict = isStrict(condition);
  if ('line' in condition) return [{ end: condition.key === 'min' ? 'low' : 'high', at: condition.line, strict }];
  return listEnds(condition, direction).map(({ end, sign }): Line => {
    const { tolerance } = condition;
    if (typeof tolerance === 'number') return { end, at: sign * tolerance, strict, factor: 1 };
    const share = sign * readShare(tolerance);
    const [factor, other] = baseline > 0 ? [1 + share, 1 - share] : [1 - share, 1 + share];
    // With |b| in it, a looser bound holds if either sign's does; a stricter one only if both do.
    const binds = condition.key === 'min-gain' ? 'good' : 'bad';
    return { end, at: 0, strict, factor, ...(mayBeNegative && share !== 0 ? { twin: { factor: other, binds } } : {}) };
  });
}

/** Which ends a relative condition has, and whether each lies above (1) or below (−1) the baseline. */
function listEnds({ key }: RelativeCondition, direction: Direction): { end: Line['end']; sign: 1 | -1 }[] {
  if (key === 'within') {
    return [
      { end: 'low', sign: -1 },
      { end: 'high', sign: 1 },
    ];
  }
  if (direction === 'higher') return [{ end: 'low', sign: key === 'max-drop' ? -1 : 1 }];
  return [{ end: 'high', sign: key === 'max-drop' ? 1 : -1 }];
}
