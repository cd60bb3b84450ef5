import { quoteLiteral } from '../../../engine/sql.ts';
import type { CheckedType, Scalar } from '../../checks/checks.ts';
import { OFFSET_PATTERN } from '../../contract/instants.ts';

/** The SQL of a bound of a contract, comparable with `ordinal`; rounded as they are where values have 32 bits. */
export function renderBound(type: CheckedType, bound: number | string, single = false): string {
  if (type === 'date') return `cast(${quoteLiteral(String(bound))} as date)`;
  if (type === 'timestamp') return readMicroseconds(quoteLiteral(String(bound)), undefined);
  if (type === 'time') return `epoch_us(cast(${quoteLiteral(String(bound))} as time))`;
  const number = renderNumber(Number(bound));
  // What is beyond binary32 rounds to infinity there, and no value is.
  const fits = Math.abs(Number(bound)) <= 3.4028234663852886e38;
  return single && fits ? `cast(cast(${number} as float) as double)` : number;
}

/** A number as SQL: a whole one exactly, any other as DOUBLE. */
export function renderNumber(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : `cast('${value}' as double)`;
}

/** The SQL of a value of a contract, comparable with `key`. Texts of numbers become what `key` makes of them. */
export function renderKey(type: CheckedType | undefined, value: NonNullable<Scalar>): string {
  const text = quoteLiteral(String(value));
  if (type === 'integer') return `coalesce(cast(try_cast(${text} as hugeint) as varchar), ${text})`;
  if (type === 'number') return `coalesce(${renderDouble(`try_cast(${text} as double)`)}, ${text})`;
  if (type === 'timestamp') return `coalesce(cast(${readMicroseconds(text, undefined)} as varchar), ${text})`;
  return text;
}

/**
 * Microseconds since 1970 of the text of a timestamp. One without an offset is in the given zone (IANA), or in UTC, as the
 * standard says.
 */
export function readMicroseconds(text: string, zone: string | undefined): string {
  const aware = `epoch_us(try_cast(${text} as timestamptz))`;
  const naive =
    zone === undefined
      ? `epoch_us(try_cast(${text} as timestamp))`
      : `epoch_us(timezone(${quoteLiteral(zone)}, try_cast(${text} as timestamp)))`;
  return `case when regexp_matches(${text}, '${OFFSET_PATTERN}$') then ${aware} else ${naive} end`;
}

/** A DOUBLE, or NULL where it is none that can be counted with. */
export function finite(expression: string): string {
  return `case when isfinite(${expression}) then ${expression} end`;
}

/** Whole numbers as integers write them, so that 1.0 of one file is 1 of another; adding 0 turns -0 into 0. */
export function renderDouble(expression: string): string {
  const whole = `abs(${expression}) < 1e15 and ${expression} = trunc(${expression})`;
  return `case when ${whole} then cast(cast(${expression} as hugeint) as varchar) else cast(${expression} + 0 as varchar) end`;
}
