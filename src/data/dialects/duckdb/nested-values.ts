import { quoteIdentifier, quoteLiteral } from '../../../engine/sql.ts';
import type { Column, Table } from '../../../engine/table.ts';
import type { ColumnSql, Reading } from '../dialect.ts';
import { describeNative } from './native-columns.ts';
import { parseNesting } from './nested-types.ts';
import { describeText } from './text-columns.ts';

/** A value that may hold others: one of a type that the file declares, or JSON. */
export interface NestedValue {
  readonly sql: string;
  /** DuckDB’s name of its type; `JSON` where each value has a type of its own. */
  readonly native: string;
}

/** A value that is never there. */
const NOTHING: NestedValue = { sql: 'cast(null as varchar)', native: 'VARCHAR' };

/** The values of a column. In files of texts those that are no JSON hold nothing. */
export function openColumn(table: Table, column: Column): NestedValue {
  const name = quoteIdentifier(column.name);
  if (table.format === 'parquet') return { sql: name, native: column.type };
  const json = table.typeOf?.(column.name);
  const sound = json === undefined ? `json_valid(${name})` : `${json} in ('OBJECT', 'ARRAY')`;
  return { sql: `case when ${sound} then cast(${name} as json) end`, native: 'JSON' };
}

/** What a value holds under a key; of several names of it, under the first that is there. */
export function openKey({ sql, native }: NestedValue, keys: readonly string[]): NestedValue {
  if (native === 'JSON') {
    const found = keys.map((key) => `json_extract(${sql}, ${renderPointer(key)})`);
    // Of a list, such a pointer would name elements.
    return { sql: `case when json_type(${sql}) = 'OBJECT' then coalesce(${found.join(', ')}) end`, native };
  }
  const nesting = parseNesting(native);
  if (nesting?.kind === 'map') {
    const found = keys.map((key) => `map_extract(${sql}, ${quoteLiteral(key)})[1]`);
    return { sql: `coalesce(${found.join(', ')})`, native: nesting.of };
  }
  if (nesting?.kind !== 'struct') return NOTHING;
  const field = keys.find((key) => nesting.fields.has(key));
  const type = field === undefined ? undefined : nesting.fields.get(field);
  if (field === undefined || type === undefined) return NOTHING;
  return { sql: `struct_extract(${sql}, ${quoteLiteral(field)})`, native: type };
}

/** SQL of a list of what a value holds, and the type of its elements. */
export function openList({ sql, native }: NestedValue): NestedValue {
  if (native === 'JSON') return { sql: `json_extract(${sql}, '$[*]')`, native };
  const nesting = parseNesting(native);
  if (nesting?.kind !== 'list') return { sql: 'cast([] as varchar[])', native: 'VARCHAR' };
  // An array of a fixed length is a list for what follows.
  return { sql: native.endsWith('[]') ? sql : `cast(${sql} as ${nesting.of}[])`, native: nesting.of };
}

/** BOOLEAN, never NULL: whether a value is an object, in which keys may be looked for. */
export function isObject({ sql, native }: NestedValue): string {
  if (native === 'JSON') return `coalesce(json_type(${sql}) = 'OBJECT', false)`;
  const kind = parseNesting(native)?.kind;
  return kind === 'struct' || kind === 'map' ? `${sql} is not null` : 'false';
}

/** A value as checks read it. */
export function describeValue({ sql, native }: NestedValue, reading: Reading): ColumnSql {
  if (native !== 'JSON') return describeNative(sql, native, reading);
  return describeText(`(${sql} ->> '$')`, reading, { json: `json_type(${sql})` });
}

/** A key as a JSON Pointer (RFC 6901) in SQL. */
function renderPointer(key: string): string {
  return quoteLiteral(`/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
}
