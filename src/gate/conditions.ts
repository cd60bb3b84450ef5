import { type Direction, METRICS } from '../config/metrics.ts';
import { parsePercent } from '../config/quantities.ts';
import type { Rule } from '../config/schema/modelgate.ts';

/** One thing that a rule asks for. Relative ones compare with a baseline. */
export type Condition = AbsoluteCondition | RelativeCondition;
export interface AbsoluteCondition {
  readonly key: 'min' | 'max';
  readonly line: number;
}
export interface RelativeCondition {
  readonly key: 'max-drop' | 'min-gain' | 'within';
  /** An amount, or a percentage of the baseline’s magnitude. */
  readonly tolerance: number | string;
}

const RELATIVE_KEYS = ['max-drop', 'min-gain', 'within'] as const;

/** All conditions of a rule; every one must hold. */
export function listConditions(rule: Rule): Condition[] {
  const absolute = (['min', 'max'] as const).flatMap((key) => {
    const line = rule[key];
    return line === undefined ? [] : [{ key, line }];
  });
  const relative = RELATIVE_KEYS.flatMap((key) => {
    const tolerance = rule[key];
    return tolerance === undefined ? [] : [{ key, tolerance }];
  });
  return [...absolute, ...relative];
}

export function findDirection(metric: string): Direction {
  const direction = METRICS[metric]?.direction;
  if (!direction) throw new Error(`there is no metric ${metric}`);
  return direction;
}

/** The values that a condition lets pass: at least `low`, at most `high`. */
export interface Range {
  readonly low?: number;
  readonly high?: number;
}

/** The range that a relative condition leaves around a baseline’s value, or why it leaves none. */
export function computeRange(
  { key, tolerance }: RelativeCondition,
  baseline: number,
  direction: Direction,
): Range | { readonly reason: string } {
  const amount = computeAmount(tolerance, baseline);
  if (amount === undefined) return { reason: `${tolerance} of a baseline of 0 is no amount; write a number instead` };
  if (key === 'within') return { low: baseline - amount, high: baseline + amount };
  const worse = key === 'max-drop' ? amount : -amount;
  return direction === 'higher' ? { low: baseline - worse } : { high: baseline + worse };
}

function computeAmount(tolerance: number | string, baseline: number): number | undefined {
  if (typeof tolerance === 'number') return tolerance;
  const share = parsePercent(tolerance);
  if (share === undefined) throw new Error(`${tolerance} is no percentage`);
  return baseline === 0 ? undefined : share * Math.abs(baseline);
}
