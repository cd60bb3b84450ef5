import type { CheckedType, Condition, Scalar } from '../checks/checks.ts';
import { renderAsWritten } from './as-written.ts';
import type { FindColumn } from './dialect.ts';
import type { Phrases } from './phrases.ts';

type Column = NonNullable<ReturnType<FindColumn>>;

/** The rows that meet every condition of `when`. A comparison without a value is not met. */
export function renderWhen(conditions: readonly Condition[], find: FindColumn, phrases: Phrases): string {
  const met = conditions.map((condition) => `coalesce(${renderCondition(condition, find, phrases)}, false)`);
  return met.length === 0 ? 'true' : met.join(' and ');
}

/**
 * The rows that break one of the conditions. A comparison of a value that is missing breaks nothing: what may be missing is
 * `present`’s to say; one of a value that cannot be compared, such as a text among numbers, does.
 */
export function renderBroken(conditions: readonly Condition[], find: FindColumn, phrases: Phrases): string {
  const broken = conditions.map((condition) => {
    const sql = renderCondition(condition, find, phrases);
    if (condition.kind === 'present' || condition.kind === 'absent') return `not ${sql}`;
    const other = condition.kind === 'compare' && 'property' in condition.with ? [condition.with.property] : [];
    const there = [condition.property, ...other].map((property) => need(find, property).present);
    return `(${there.join(' and ')} and not coalesce(${sql}, false))`;
  });
  return `(${broken.join(' or ')})`;
}

function renderCondition(condition: Condition, find: FindColumn, phrases: Phrases): string {
  const column = need(find, condition.property);
  switch (condition.kind) {
    case 'present':
      return `(${column.present})`;
    case 'absent':
      return `(not ${column.present})`;
    case 'in': {
      const keys = condition.values.flatMap((value) => (value === null ? [] : [phrases.key(column.type, value)]));
      const listed = keys.length === 0 ? 'false' : phrases.isOneOf(column.key, keys);
      return condition.values.includes(null) ? `(not ${column.present} or ${listed})` : listed;
    }
    case 'compare':
      return renderComparison(condition, column, find, phrases);
  }
}

function renderComparison(
  { comparison, with: other }: Extract<Condition, { kind: 'compare' }>,
  column: Column,
  find: FindColumn,
  phrases: Phrases,
): string {
  const equals = comparison === '=' || comparison === '!=';
  const operator = comparison === '!=' ? '<>' : comparison;
  if ('property' in other) {
    const second = need(find, other.property);
    if (equals) return `${column.key} ${operator} ${second.key}`;
    const [one, two] =
      column.single === second.single ? [orderOf(column), orderOf(second)] : [column, second].map(writtenOrderOf);
    return `${one} ${operator} ${two}`;
  }
  if (equals) return `${column.key} ${operator} ${phrases.key(column.type, some(other.value))}`;
  return `${orderOf(column)} ${operator} ${renderOrder(column, some(other.value), phrases)}`;
}

/** Numbers and instants compare by their order, everything else as text. */
function orderOf(column: Column): string {
  return isOrdered(column.type) ? column.ordinal : column.text;
}

function writtenOrderOf(column: Column): string {
  return isOrdered(column.type) ? renderAsWritten(column) : column.text;
}

function renderOrder({ type, single }: Column, value: NonNullable<Scalar>, phrases: Phrases): string {
  if (type !== undefined && isOrdered(type))
    return phrases.bound(type, typeof value === 'boolean' ? String(value) : value, single);
  return phrases.key('string', value);
}

function need(find: FindColumn, property: string): Column {
  const column = find(property);
  if (!column) throw new Error('a condition names a column that the table has not');
  return column;
}

function some(value: Scalar): NonNullable<Scalar> {
  if (value === null) throw new Error('nothing is compared with nothing');
  return value;
}

/** The types whose values compare by their order. */
export function isOrdered(type: CheckedType | undefined): boolean {
  return type === 'integer' || type === 'number' || type === 'date' || type === 'time' || type === 'timestamp';
}
