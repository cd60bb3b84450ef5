import type { Shift } from './changes/shifts.ts';
import type { Limit } from './checks/checks.ts';

/** A stretch of amounts; `open` says whether its end belongs to it. */
interface Stretch {
  readonly low: number;
  readonly high: number;
  readonly openLow: boolean;
  readonly openHigh: boolean;
}

/** Without a limit no row may break a check. */
const NONE: Limit = { operator: 'mustBe', values: [0], unit: 'rows' };
const FOREVER = Number.POSITIVE_INFINITY;

/** How two limits differ: one that allows all that the other allows and more is looser. */
export function compareLimits(before: Limit = NONE, after: Limit = NONE): Shift[] {
  const [old, now] = [listAllowed(before), listAllowed(after)];
  const grows = isWithin(old, now);
  const shrinks = isWithin(now, old);
  const sameUnit = before.unit === after.unit || isZero(old) || isZero(now);
  if (!sameUnit) return ['changed'];
  if (grows && shrinks) return [];
  if (grows) return ['loosened'];
  return [shrinks ? 'tightened' : 'changed'];
}

/** Whether a limit allows few and no more than that, so that counting more breaks it sooner. */
export function isCeiling(limit: Limit = NONE): boolean {
  const [only, second] = listAllowed(limit);
  return only !== undefined && second === undefined && only.low === 0 && !only.openLow && only.high < FOREVER;
}

/** Nothing of rows is nothing of a percentage too. */
function isZero(stretches: readonly Stretch[]): boolean {
  return stretches.length === 1 && stretches.every(({ low, high }) => low === 0 && high === 0);
}

/** The amounts from 0 that a limit allows, as stretches with gaps between them. */
function listAllowed({ operator, values }: Limit): Stretch[] {
  const [low = 0, high = low] = values;
  const below = (end: number, open: boolean): Stretch => ({ low: 0, high: end, openLow: false, openHigh: open });
  const above = (start: number, open: boolean): Stretch => ({
    low: start,
    high: FOREVER,
    openLow: open,
    openHigh: true,
  });
  const from = (start: number, end: number): Stretch => ({ low: start, high: end, openLow: false, openHigh: false });
  const all: Record<Limit['operator'], Stretch[]> = {
    mustBe: [from(low, low)],
    mustNotBe: [below(low, true), above(low, true)],
    mustBeGreaterThan: [above(low, true)],
    mustBeGreaterOrEqualTo: [above(Math.max(0, low), false)],
    mustBeLessThan: [below(low, true)],
    mustBeLessOrEqualTo: [below(low, false)],
    mustBeBetween: [from(Math.max(0, low), high)],
    mustNotBeBetween: [below(low, true), above(high, true)],
  };
  return all[operator].filter(
    (part) => part.low < part.high || (part.low === part.high && !part.openLow && !part.openHigh),
  );
}

/** Whether every stretch lies inside one of the others. */
function isWithin(inner: readonly Stretch[], outer: readonly Stretch[]): boolean {
  return inner.every((part) =>
    outer.some(
      (whole) =>
        (part.low > whole.low || (part.low === whole.low && (part.openLow || !whole.openLow))) &&
        (part.high < whole.high || (part.high === whole.high && (part.openHigh || !whole.openHigh))),
    ),
  );
}
