import type { Direction } from '../config/metrics.ts';
import { parsePercent } from '../config/quantities.ts';
import type { Rule } from '../config/schema/modelgate.ts';
import type { Unmeasured } from '../evaluation/sources.ts';

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

/** The values that a condition lets pass: at least `low`, at most `high`. */
export interface Range {
  readonly low?: number;
  readonly high?: number;
}

/** The range that a relative condition leaves around a baseline’s value, or why it leaves none. */
export function computeRange(condition: RelativeCondition, baseline: number, direction: Direction): Range | Unmeasured {
  const amount = computeAmount(condition, baseline);
  if (typeof amount !== 'number') return amount;
  if (condition.key === 'within') return { low: baseline - amount, high: baseline + amount };
  const worse = condition.key === 'max-drop' ? amount : -amount;
  return direction === 'higher' ? { low: baseline - worse } : { high: baseline + worse };
}

/** A tolerance as an amount, at least 0; a share of 0 is none. */
export function computeAmount({ tolerance }: RelativeCondition, baseline: number): number | Unmeasured {
  if (typeof tolerance === 'number') return tolerance;
  const share = readShare(tolerance);
  if (baseline !== 0) return share * Math.abs(baseline);
  return { reason: `${tolerance} of a baseline of 0 is no amount; write a number instead` };
}

/** Whether equality does not do: no gain at all is none, however small a gain may be. */
export function isStrict(condition: Condition): boolean {
  if (condition.key !== 'min-gain') return false;
  const { tolerance } = condition;
  return (typeof tolerance === 'number' ? tolerance : readShare(tolerance)) === 0;
}

/** The share that a tolerance in percent is. */
export function readShare(tolerance: string): number {
  const share = parsePercent(tolerance);
  if (share === undefined) throw new Error(`${tolerance} is no percentage`);
  return share;
}
