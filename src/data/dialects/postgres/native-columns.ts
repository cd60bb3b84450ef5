import { quoteLiteral } from '../../../engine/sql.ts';
import type { CheckedType } from '../../checks/checks.ts';
import type { ColumnSql, Reading } from '../dialect.ts';
import { fitNative } from '../native-fit.ts';
import { microsecondsOf } from './instants.ts';
import { finite, renderDouble, toDouble } from './values.ts';

const TYPES: Readonly<Record<string, CheckedType>> = {
  smallint: 'integer',
  integer: 'integer',
  bigint: 'integer',
  real: 'number',
  'double precision': 'number',
  numeric: 'number',
  boolean: 'boolean',
  date: 'date',
  'timestamp without time zone': 'timestamp',
  'timestamp with time zone': 'timestamp',
  'time without time zone': 'time',
  uuid: 'string',
};

/** Types whose values are texts, which are read as those of a CSV file are. */
const TEXTS = /^(text|character varying|character|name|citext|enum|"char")(\(\d+\))?$/;

/** Whether values of a native type are texts. */
export function isText(native: string): boolean {
  return TEXTS.test(native);
}

/** Whether each value of a native type is JSON. */
export function isJson(native: string): boolean {
  return native === 'json' || native === 'jsonb';
}

/** The checked type that values of a native type belong to; undefined for bytea, intervals, ranges and the like, and for JSON, whose values have types one by one. */
export function findNativeType(native: string): CheckedType | undefined {
  if (native.endsWith('[]')) return 'array';
  if (isText(native)) return 'string';
  // Whole numbers of any length, as NUMERIC without decimals holds them.
  if (/^numeric\(\d+,0\)$/.test(native)) return 'integer';
  return TYPES[native.replace(/\(.*?\)/, '')];
}

/** A column whose values have a type of their own. */
export function describeNative(name: string, native: string, { type, zone }: Reading): ColumnSql {
  const stored = findNativeType(native);
  return fitNative(describeStored(name, native, stored, zone), stored, type, `cast(${name} as double precision)`);
}

function describeStored(
  name: string,
  native: string,
  stored: CheckedType | undefined,
  zone: string | undefined,
): ColumnSql {
  const text = renderNative(name, native, stored);
  const plain = { present: `${name} is not null`, text, ordinal: name, valid: 'true', key: text };
  switch (stored) {
    case 'integer':
      return isNumeric(native)
        ? { ...plain, valid: `${name} <> 'NaN'` }
        : { ...plain, ordinal: `cast(${name} as numeric)` };
    case 'number': {
      const ordinal = isNumeric(native) ? toDouble(name) : finite(toNumber(name, native));
      // Long identifiers are whole numbers that DOUBLE would run together.
      const whole = isNumeric(native) ? `when ${name} = trunc(${name}) then cast(trunc(${name}) as text) ` : '';
      const key = `case ${whole}when ${ordinal} is not null then ${renderDouble(ordinal)} else ${text} end`;
      return { ...plain, ordinal, valid: `${ordinal} is not null`, key };
    }
    case 'date':
      return { ...plain, ordinal: ofFinite(name, name), valid: `isfinite(${name})` };
    case 'timestamp': {
      const local = native === 'timestamp without time zone' || native.startsWith('timestamp(') ? zone : undefined;
      const instant = local === undefined ? name : `(${name} at time zone ${quoteLiteral(local)})`;
      const ordinal = ofFinite(name, microsecondsOf(instant));
      return { ...plain, ordinal, valid: `isfinite(${name})`, key: `coalesce(cast(${ordinal} as text), ${text})` };
    }
    case 'time': {
      // TIME has 24:00 as the end of a day, which is no time of one.
      const ordinal = `case when ${name} < time '24:00' then ${microsecondsOf(name)} end`;
      return { ...plain, ordinal, valid: `${ordinal} is not null` };
    }
    default:
      return plain;
  }
}

/** REAL is what it is written as: its 0.1 is a little more than 0.1 in the digits of DOUBLE. */
function toNumber(name: string, native: string): string {
  return native === 'real' ? `cast(cast(${name} as text) as double precision)` : name;
}

function isNumeric(native: string): boolean {
  return native.startsWith('numeric');
}

/** DATE and TIMESTAMP know infinity, which is no day and no instant. */
function ofFinite(name: string, value: string): string {
  return `case when isfinite(${name}) then ${value} end`;
}

/** A native value as text: instants in UTC (as the session is), and whole numbers as integers write them. */
function renderNative(name: string, native: string, stored: CheckedType | undefined): string {
  const text = `cast(${name} as text)`;
  if (stored === 'array') return `cast(to_jsonb(${name}) as text)`;
  if (native !== 'real' && native !== 'double precision') return text;
  return `case when ${finite(name)} is not null then ${renderDouble(toNumber(name, native))} else ${text} end`;
}
