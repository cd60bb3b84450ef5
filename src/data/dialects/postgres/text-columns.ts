import { quoteLiteral } from '../../../engine/sql.ts';
import type { InstantFormat } from '../../contract/instant-format.ts';
import { CLOCK_PATTERN, DATE_PATTERN, TIMESTAMP_PATTERN } from '../../contract/instants.ts';
import type { ColumnSql, Reading } from '../dialect.ts';
import { readDay, readInstant, readTimeOfDay } from './instants.ts';
import { renderDouble, toDouble } from './values.ts';

const INTEGER = '[+-]?[0-9]+';
const NUMBER = '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?';

/** 2 to the power of 127: whole numbers are read as far as 128 bits hold them. */
const WHOLE_LIMIT = 2n ** 127n;

/** Longer texts of numbers than this are not read. */
const LONGEST = 5000;

/** Values that are texts, or that JSON gives a type of its own. */
export interface TextSource {
  /** SQL of the text, NULL where there is no value. */
  readonly text: string;
  /** SQL of what `jsonb_typeof` says; undefined in a column of texts. */
  readonly json: string | undefined;
}

/** A column of texts, or of JSON values one by one: what a CSV or JSONL file promises is promised of it too. */
export function describeText({ text, json }: TextSource, reading: Reading): ColumnSql {
  const { type } = reading;
  const admits = (name: string) => (json === undefined ? 'true' : `${json} = '${name}'`);
  const ordinal = readText(text, reading, admits);
  const plain = { present: `${text} is not null`, text, ordinal, valid: `${ordinal} is not null` };
  // A whole number that some tool wrote as 12.0 is still the same number.
  const written = `regexp_replace(${text}, '^([+-]?[0-9]+)[.]0+$', '\\1')`;
  switch (type) {
    case undefined:
      return { ...plain, valid: plain.present, key: written };
    case 'string':
      return { ...plain, valid: admits('string'), key: text };
    case 'boolean':
      return { ...plain, key: `lower(${text})` };
    case 'number':
      // Long identifiers are whole numbers that DOUBLE would run together.
      return {
        ...plain,
        key: `coalesce(cast(${readWhole(text)} as text), case when ${plain.valid} then ${renderDouble(ordinal)} end, ${written})`,
      };
    case 'array':
    case 'object':
      return { ...plain, ordinal: 'null', valid: json === undefined ? 'false' : admits(type), key: text };
    default:
      return { ...plain, key: `coalesce(cast(${ordinal} as text), ${written})` };
  }
}

/** A strict pattern decides before anything is cast, and what is cast cannot fail: an error would end the whole scan. */
function readText(text: string, { type, format, zone }: Reading, admits: (name: string) => string): string {
  const read = (name: string, pattern: string, value: string) =>
    `case when ${admits(name)} and ${matchesWhole(text, pattern)} then ${value} end`;
  const iso = format ? renderIso(text, format) : text;
  switch (type) {
    case 'integer':
      return `case when ${admits('number')} then ${readWhole(text)} end`;
    case 'number':
      return read('number', NUMBER, readDecimal(text));
    case 'boolean':
      return read('boolean', '([tT][rR][uU][eE]|[fF][aA][lL][sS][eE])', `cast(${text} as boolean)`);
    case 'date':
      return read('string', format?.pattern ?? DATE_PATTERN, readDay(iso));
    case 'time':
      return read('string', format?.pattern ?? CLOCK_PATTERN, readTimeOfDay(iso));
    case 'timestamp':
      return read('string', format?.pattern ?? TIMESTAMP_PATTERN, readInstant(iso, zone));
    default:
      return text;
  }
}

/** BOOLEAN: whether a whole text matches a pattern that RE2 and POSIX share. */
export function matchesWhole(text: string, pattern: string): string {
  return `${text} ~ ${quoteLiteral(`^(?:${pattern})$`)}`;
}

function readWhole(text: string): string {
  const digits = `length(ltrim(${text}, '+-0')) <= 39`;
  const value = `cast(${text} as numeric)`;
  const within = `case when ${value} between -${WHOLE_LIMIT} and ${WHOLE_LIMIT - 1n} then ${value} end`;
  return `case when ${matchesWhole(text, INTEGER)} and ${digits} then ${within} end`;
}

/** Short numbers without an exponent are neither too great nor too small for a DOUBLE; of others NUMERIC tells. */
function readDecimal(text: string): string {
  const exponent = `coalesce(substring(${text} from '[eE](.*)$'), '0')`;
  const near = `length(ltrim(${exponent}, '+-0')) <= 4 and length(${text}) <= ${LONGEST}`;
  const exact = toDouble(`cast(${text} as numeric)`);
  const zero = `${text} !~ '^[^eE]*[1-9]'`;
  const far = `case when ${zero} or left(${exponent}, 1) = '-' then 0.0::double precision end`;
  return `case when length(${text}) <= 300 and ${text} !~ '[eE]' then cast(${text} as double precision) when ${near} then ${exact} else ${far} end`;
}

function renderIso(text: string, { pattern, iso }: InstantFormat): string {
  return `regexp_replace(${text}, ${quoteLiteral(`^(?:${pattern})$`)}, ${quoteLiteral(iso)})`;
}
