import type { CheckedType } from '../checks/checks.ts';
import type { ColumnSql } from './dialect.ts';

/**
 * A stored column as a contract asks for it: of its own type, or whole numbers as numbers, whose order is then `numeric`.
 * Values of another type are not of the asked one, and have no order.
 */
export function fitNative(
  own: ColumnSql,
  stored: CheckedType | undefined,
  asked: CheckedType | undefined,
  numeric: string,
): ColumnSql {
  const type = asked ?? stored;
  if (type === undefined) return { ...own, ordinal: 'null', valid: own.present };
  if (stored === type) return own;
  if (stored === 'integer' && type === 'number') return { ...own, ordinal: numeric };
  return { ...own, ordinal: 'null', valid: 'false' };
}
