import type { CheckedType } from '../checks/checks.ts';

/** Types whose values lie on a line, so that distances between them mean something. */
const NUMERIC: readonly (CheckedType | undefined)[] = ['integer', 'number', 'date', 'timestamp', 'time'];

/** Whether values of a type are compared as numbers. */
export function isNumeric(type: CheckedType | undefined): boolean {
  return NUMERIC.includes(type);
}

/**
 * A column’s values as DOUBLE, NULL where they are none: days since 1970 of dates, microseconds since 1970 of timestamps,
 * microseconds since midnight of times. `ordinal` is the dialect’s.
 */
export function renderDouble(type: CheckedType | undefined, ordinal: string): string {
  if (!isNumeric(type)) return 'cast(null as double)';
  return `cast(${type === 'date' ? `date_diff('day', date '1970-01-01', ${ordinal})` : ordinal} as double)`;
}
