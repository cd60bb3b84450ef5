import { quoteLiteral } from '../../../engine/sql.ts';
import type { InstantFormat } from '../../contract/instant-format.ts';
import { CLOCK_PATTERN, DATE_PATTERN, TIMESTAMP_PATTERN } from '../../contract/instants.ts';
import type { ColumnSql, Reading } from '../dialect.ts';
import { describeUsual, renderWritten } from './usual-texts.ts';
import { finite, readMicroseconds, renderDouble } from './values.ts';

const INTEGER = '[+-]?[0-9]+';
const NUMBER = '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?';

/** How the values of a text file are known: by their text alone, or by the type that JSON gives them. */
export interface TextSource {
  /** SQL of the JSON type of a value; undefined in a file that has texts only. */
  readonly json: string | undefined;
  /** Whether every value has a character that no number has. */
  readonly isWordy?: boolean;
}

/** A column of texts: of a CSV file, or the values of a key of a JSONL file. */
export function describeText(name: string, reading: Reading, { json, isWordy }: TextSource): ColumnSql {
  const { type } = reading;
  const admits = (types: string) => (json === undefined ? 'true' : `${json} in (${types})`);
  const strict = readText(name, reading, admits);
  const usual = json === undefined ? describeUsual(name, reading) : undefined;
  const ordinal = usual ? `case when ${usual.holds} then ${usual.value} else ${strict} end` : strict;
  const plain = { present: `${name} is not null`, text: name, ordinal, valid: `${ordinal} is not null` };
  const written = isWordy ? name : renderWritten(name);
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
    case 'array':
    case 'object':
      return { ...plain, ordinal: 'null', valid: isJson(name, type, json), key: name };
    default:
      return { ...plain, key: `coalesce(cast(${ordinal} as varchar), ${written})` };
  }
}

/**
 * Lists and objects are JSON, in a text file as well. An object with a key twice is none: one reader takes the first for its
 * value and another the last.
 */
function isJson(name: string, type: 'array' | 'object', json: string | undefined): string {
  const wanted = type.toUpperCase();
  const keys = `json_keys(${name})`;
  const kept = type === 'array' ? 'true' : `len(${keys}) = len(list_distinct(${keys}))`;
  if (json !== undefined) return `case when ${json} = '${wanted}' then ${kept} else false end`;
  return `case when json_valid(${name}) then case when json_type(${name}) = '${wanted}' then ${kept} else false end else false end`;
}

/** TRY_CAST alone takes 1.5, 1_000, 0x1F, ' 12 ' and 2024-1-5; so a strict pattern decides first. */
function readText(name: string, { type, format, zone }: Reading, admits: (types: string) => string): string {
  const read = (types: string, pattern: string, value: string) =>
    `case when ${admits(types)} and regexp_full_match(${name}, ${quoteLiteral(pattern)}) then ${value} end`;
  const iso = format ? renderIso(name, format) : name;
  switch (type) {
    case 'integer':
      return read("'BIGINT', 'UBIGINT', 'HUGEINT'", INTEGER, `try_cast(${name} as hugeint)`);
    case 'number':
      return finite(read("'BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE'", NUMBER, `try_cast(${name} as double)`));
    case 'boolean':
      return read("'BOOLEAN'", '(?i)true|false', `try_cast(${name} as boolean)`);
    case 'date':
      return read("'VARCHAR'", format?.pattern ?? DATE_PATTERN, `try_cast(${iso} as date)`);
    case 'time':
      return read("'VARCHAR'", format?.pattern ?? CLOCK_PATTERN, readTimeOfDay(iso));
    case 'timestamp':
      return read("'VARCHAR'", format?.pattern ?? TIMESTAMP_PATTERN, readMicroseconds(iso, zone));
    default:
      return name;
  }
}

function renderIso(name: string, { pattern, iso }: InstantFormat): string {
  return `regexp_replace(${name}, ${quoteLiteral(`^(?:${pattern})$`)}, ${quoteLiteral(iso)})`;
}

/** Microseconds since midnight. 24:00 is no time of a day. */
function readTimeOfDay(text: string): string {
  return `case when not starts_with(${text}, '24') then epoch_us(try_cast(${text} as time)) end`;
}
