import { quoteLiteral } from '../engine/sql.ts';
import type { CheckedType, Scalar, Test } from './checks.ts';
import { type ColumnSql, renderBound, renderKey, renderNumber } from './column-sql.ts';

/**
 * The SQL condition that holds for the rows which break a test; undefined for tests of the table as a whole. A value that
 * cannot be compared, such as NaN or a text among numbers, breaks every range.
 */
export function renderViolation(test: Test, column: ColumnSql, type: CheckedType | undefined): string | undefined {
  const unless = (kept: string) => `${column.present} and not coalesce(${kept}, false)`;
  switch (test.kind) {
    case 'type':
      return unless(column.valid);
    case 'null':
      return `not ${column.present}`;
    case 'missing':
      return renderMissing(test.values, column, type);
    case 'bound':
      return unless(`${column.ordinal} ${test.comparison} ${renderBound(type ?? 'number', test.bound)}`);
    case 'multiple':
      return unless(`${column.ordinal} % ${renderNumber(test.of)} = 0`);
    case 'length':
      return unless(`length(${column.text}) ${test.comparison} ${test.characters}`);
    case 'pattern':
      return unless(`regexp_matches(${column.text}, ${quoteLiteral(test.pattern)})`);
    case 'allowed':
      return unless(renderMembership(test.values, column, type));
    default:
      return undefined;
  }
}

function renderMissing(values: readonly Scalar[], column: ColumnSql, type: CheckedType | undefined): string {
  const listed = `coalesce(${renderMembership(values, column, type)}, false)`;
  return values.includes(null) ? `(not ${column.present} or ${listed})` : listed;
}

/** Membership in a list of values. NULL belongs to no list: what may be missing is `required`’s to say. */
function renderMembership(values: readonly Scalar[], column: ColumnSql, type: CheckedType | undefined): string {
  const keys = values.filter((value) => value !== null).map((value) => renderKey(type, value));
  return keys.length === 0 ? 'false' : `${column.key} in (${keys.join(', ')})`;
}
