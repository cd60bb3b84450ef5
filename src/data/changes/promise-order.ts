import type { Check, Comparison, Scalar, Test } from '../checks/checks.ts';
import { isDate, isTimestamp, OFFSET_PATTERN } from '../contract/instants.ts';
import { compareLimits, isCeiling } from '../limit-order.ts';
import { compareAmounts, compareSets, compareValues, type Shift } from './shifts.ts';

/** What two versions of one promise do to the bar. They have the same `keyOf`. */
export function comparePromise(before: Check, after: Check): Shift[] {
  const read = compareValues(renderReading(before), renderReading(after));
  const level: Shift[] = before.level === after.level ? [] : [after.level === 'warn' ? 'loosened' : 'tightened'];
  const test = compareTests(before.test, after.test);
  const ordered = test.length === 0 || (isCeiling(before.limit) && isCeiling(after.limit));
  return [...read, ...level, ...(ordered ? test : (['changed'] as const)), ...compareLimits(before.limit, after.limit)];
}

/** How the values of a part are written and shown; those of a column are told with the column. */
function renderReading({ part }: Check): string {
  return JSON.stringify([part?.format?.written, part?.zone, part?.sensitive]);
}

/** What makes two checks versions of one promise: the same columns, and the same kind of demand. */
export function keyOf({ properties, rule, test, part }: Check): string {
  const kind = test.kind === 'bound' ? `bound ${test.comparison[0]}` : `${rule} ${test.kind}`;
  return JSON.stringify([kind, ...[...properties].sort(), ...(part ? [part.steps] : [])]);
}

/** The stricter test is the one that more values break. */
function compareTests(before: Test, after: Test): Shift[] {
  if (before.kind === 'bound' && after.kind === 'bound') return compareBounds(before, after);
  if (before.kind === 'type' && after.kind === 'type') return compareTypes(before.type, after.type);
  if (before.kind === 'length' && after.kind === 'length') {
    return compareAmounts(before.characters, after.characters, before.comparison === '>=' ? 'tightened' : 'loosened');
  }
  if (before.kind === 'allowed' && after.kind === 'allowed') {
    return compareSets(before.values.map(show), after.values.map(show), 'loosened');
  }
  if (before.kind === 'missing' && after.kind === 'missing') {
    return compareSets(before.values.map(show), after.values.map(show), 'tightened');
  }
  if (before.kind === 'pattern' && after.kind === 'pattern') return compareValues(before.pattern, after.pattern);
  if (before.kind === 'multiple' && after.kind === 'multiple') return compareMultiples(before.of, after.of);
  if (before.kind === 'size' && after.kind === 'size') {
    return compareAmounts(before.count, after.count, before.comparison === '>=' ? 'tightened' : 'loosened');
  }
  if (before.kind === 'has-keys' && after.kind === 'has-keys') return compareSets(before.keys, after.keys, 'tightened');
  if (before.kind === 'fresh' && after.kind === 'fresh') return compareAmounts(before.within, after.within, 'loosened');
  if (before.kind === 'width' && after.kind === 'width' && before.form === after.form) {
    return compareAmounts(before.bits, after.bits, 'loosened');
  }
  // What becomes unmeasurable, or measurable, and rules whose parts have no order.
  return compareValues(JSON.stringify(before), JSON.stringify(after));
}

function show(value: Scalar): string {
  return JSON.stringify(value);
}

/** Every whole number is a number; nothing else about types is an order. */
function compareTypes(before: string, after: string): Shift[] {
  if (before === 'integer' && after === 'number') return ['loosened'];
  if (before === 'number' && after === 'integer') return ['tightened'];
  return compareValues(before, after);
}

function compareMultiples(before: number, after: number): Shift[] {
  if (before === after) return [];
  if (after % before === 0) return ['tightened'];
  return [before % after === 0 ? 'loosened' : 'changed'];
}

interface Bound {
  readonly comparison: Comparison;
  readonly bound: number | string;
}

function compareBounds(before: Bound, after: Bound): Shift[] {
  const [old, now] = [readBound(before.bound), readBound(after.bound)];
  if (typeof before.bound !== typeof after.bound || old === undefined || now === undefined) {
    return compareValues(JSON.stringify(before.bound), JSON.stringify(after.bound));
  }
  const isLower = before.comparison.startsWith('>');
  if (old !== now) return compareAmounts(old, now, isLower ? 'tightened' : 'loosened');
  if (before.comparison === after.comparison) return [];
  return [after.comparison.endsWith('=') ? 'loosened' : 'tightened'];
}

/** A number, or the milliseconds of a date or of a timestamp, in UTC unless it says otherwise; undefined of other text. */
function readBound(bound: number | string): number | undefined {
  if (typeof bound === 'number') return bound;
  if (!isDate(bound) && !isTimestamp(bound)) return undefined;
  const time = Date.parse(isDate(bound) || HAS_OFFSET.test(bound) ? bound : `${bound}Z`);
  return Number.isNaN(time) ? undefined : time;
}

const HAS_OFFSET = new RegExp(`${OFFSET_PATTERN}$`);
