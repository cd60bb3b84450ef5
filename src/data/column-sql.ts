import { quoteIdentifier, quoteLiteral } from '../engine/sql.ts';
import type { Column, Table } from '../engine/table.ts';
import type { CheckedType } from './checks.ts';
import { DATE_PATTERN, OFFSET_PATTERN, TIMESTAMP_PATTERN } from './instants.ts';

/** A column as SQL expressions over its table’s relation. All but `present` are NULL or false where the value is NULL. */
export interface ColumnSql {
  /** BOOLEAN: whether there is a value. */
  readonly present: string;
  /** The value as text, the same on every machine. */
  readonly text: string;
  /** What ranges compare: HUGEINT, DOUBLE (finite), DATE, or BIGINT microseconds since 1970 of a timestamp. NULL too where the value is none. */
  readonly ordinal: string;
  /** BOOLEAN: whether the value is of the type. */
  readonly valid: string;
  /** A text that is the same for equal values, however they are written: 1, 1.0 and 01 of a number. */
  readonly key: string;
}

const INTEGER = '[+-]?[0-9]+';
const NUMBER = '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?';

/** Describes a column of a table for values of `type`; without one, of the type that a parquet file declares. */
export function describeColumn(table: Table, column: Column, type: CheckedType | undefined): ColumnSql {
  const name = quoteIdentifier(column.name);
  if (table.format === 'parquet') return describeNative(name, column.type, type ?? findNativeType(column.type));
  const json = table.typeOf?.(column.name);
  const admits = (types: string) => (json === undefined ? 'true' : `${json} in (${types})`);
  return describeText(name, type, admits);
}

/** The checked type that values of a native type of parquet belong to; undefined for lists, blobs and the like. */
export function findNativeType(native: string): CheckedType | undefined {
  if (/^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/.test(native)) return 'integer';
  if (/^(FLOAT|DOUBLE|DECIMAL\(.*\))$/.test(native)) return 'number';
  if (/^TIMESTAMP( WITH TIME ZONE|_S|_MS|_NS)?$/.test(native)) return 'timestamp';
  const others: Readonly<Record<string, CheckedType>> = {
    VARCHAR: 'string',
    UUID: 'string',
    BOOLEAN: 'boolean',
    DATE: 'date',
  };
  return others[native];
}

/** The SQL of a bound of a contract, comparable with `ordinal`. */
export function renderBound(type: CheckedType, bound: number | string): string {
  if (type === 'date') return `cast(${quoteLiteral(String(bound))} as date)`;
  if (type === 'timestamp') return readMicroseconds(quoteLiteral(String(bound)));
  return renderNumber(Number(bound));
}

/** A number as SQL: a whole one exactly, any other as DOUBLE. */
export function renderNumber(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : `cast('${value}' as double)`;
}

/** The SQL of a value of a contract, comparable with `key`. Texts of numbers become what `key` makes of them. */
export function renderKey(type: CheckedType | undefined, value: string | number | boolean): string {
  const text = quoteLiteral(String(value));
  if (type === 'integer') return `coalesce(cast(try_cast(${text} as hugeint) as varchar), ${text})`;
  if (type === 'number') return `coalesce(${renderDouble(`try_cast(${text} as double)`)}, ${text})`;
  if (type === 'timestamp') return `coalesce(cast(${readMicroseconds(text)} as varchar), ${text})`;
  return text;
}

function describeText(name: string, type: CheckedType | undefined, admits: (types: string) => string): ColumnSql {
  const ordinal = readText(name, type, admits);
  const plain = { present: `${name} is not null`, text: name, ordinal, valid: `${ordinal} is not null` };
  // A whole number that some tool wrote as 12.0 is still the same number.
  const written = `regexp_replace(${name}, '^([+-]?[0-9]+)[.]0+$', '\\1')`;
  const whole = `case when regexp_full_match(${name}, '${INTEGER}') then cast(try_cast(${name} as hugeint) as varchar) end`;
  switch (type) {
    case undefined:
      return { ...plain, valid: plain.present, key: written };
    case 'string':
      return { ...plain, valid: admits("'VARCHAR'"), key: name };
    case 'boolean':
      return { ...plain, key: `lower(${name})` };
    case 'number':
      // Long identifiers are whole numbers that DOUBLE would run together.
      return { ...plain, key: `coalesce(${whole}, ${renderDouble(ordinal)}, ${written})` };
    default:
      return { ...plain, key: `coalesce(cast(${ordinal} as varchar), ${written})` };
  }
}

/** TRY_CAST alone takes 1.5, 1_000, 0x1F, ' 12 ' and 2024-1-5; so a strict pattern decides first. */
function readText(name: string, type: CheckedType | undefined, admits: (types: string) => string): string {
  const read = (types: string, pattern: string, value: string) =>
    `case when ${admits(types)} and regexp_full_match(${name}, '${pattern}') then ${value} end`;
  switch (type) {
    case 'integer':
      return read("'BIGINT', 'UBIGINT', 'HUGEINT'", INTEGER, `try_cast(${name} as hugeint)`);
    case 'number':
      return finite(read("'BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE'", NUMBER, `try_cast(${name} as double)`));
    case 'boolean':
      return read("'BOOLEAN'", '(?i)true|false', `try_cast(${name} as boolean)`);
    case 'date':
      return read("'VARCHAR'", DATE_PATTERN, `try_cast(${name} as date)`);
    case 'timestamp':
      return read("'VARCHAR'", TIMESTAMP_PATTERN, readMicroseconds(name));
    default:
      return name;
  }
}

function describeNative(name: string, native: string, type: CheckedType | undefined): ColumnSql {
  const stored = findNativeType(native);
  const fits = stored === type || (stored === 'integer' && type === 'number');
  const own = describeStored(name, native, stored);
  if (!fits || type === undefined)
    return { ...own, ordinal: 'null', valid: type === undefined ? own.present : 'false' };
  return type === 'number' ? { ...own, ordinal: finite(`cast(${name} as double)`) } : own;
}

function describeStored(name: string, native: string, stored: CheckedType | undefined): ColumnSql {
  const text = renderNative(name, native);
  const plain = { present: `${name} is not null`, text, ordinal: name, valid: 'true', key: text };
  if (stored === 'integer') return { ...plain, ordinal: `cast(${name} as hugeint)` };
  if (stored === 'timestamp')
    return { ...plain, ordinal: `epoch_us(${name})`, key: `cast(epoch_us(${name}) as varchar)` };
  if (stored !== 'number') return plain;
  const ordinal = finite(`cast(${name} as double)`);
  const key = `coalesce(${renderDouble(native === 'FLOAT' ? finite(name) : ordinal)}, ${text})`;
  return { ...plain, ordinal, valid: `${ordinal} is not null`, key };
}

/** A native value as text: instants in UTC, and whole numbers as integers write them. */
function renderNative(name: string, native: string): string {
  const text = `cast(${name} as varchar)`;
  if (native === 'TIMESTAMP WITH TIME ZONE') return `cast(make_timestamp(epoch_us(${name})) as varchar) || '+00'`;
  return native === 'FLOAT' || native === 'DOUBLE' ? `coalesce(${renderDouble(finite(name))}, ${text})` : text;
}

/** Microseconds since 1970 of the text of a timestamp; one without an offset is in UTC, as the standard says. */
function readMicroseconds(text: string): string {
  const marked = `case when regexp_matches(${text}, '${OFFSET_PATTERN}$') then ${text} else ${text} || '+00' end`;
  return `epoch_us(try_cast(${marked} as timestamptz))`;
}

function finite(expression: string): string {
  return `case when isfinite(${expression}) then ${expression} end`;
}

/** Whole numbers as integers write them, so that 1.0 of one file is 1 of another; adding 0 turns -0 into 0. */
function renderDouble(expression: string): string {
  const whole = `abs(${expression}) < 1e15 and ${expression} = trunc(${expression})`;
  return `case when ${whole} then cast(cast(${expression} as hugeint) as varchar) else cast(${expression} + 0 as varchar) end`;
}
