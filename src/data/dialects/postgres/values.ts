import { quoteLiteral } from '../../../engine/sql.ts';
import type { CheckedType, Scalar } from '../../checks/checks.ts';
import { readInstant, readTimeOfDay } from './instants.ts';

/** The SQL of a bound of a contract, comparable with `ordinal`. */
export function renderBound(type: CheckedType, bound: number | string): string {
  const text = quoteLiteral(String(bound));
  if (type === 'date') return `date ${text}`;
  if (type === 'timestamp') return readInstant(text, undefined);
  if (type === 'time') return readTimeOfDay(text);
  return renderNumber(Number(bound));
}

/** A number as SQL: a whole one exactly, any other as DOUBLE. */
export function renderNumber(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : `cast('${value}' as double precision)`;
}

/** The SQL of a value of a contract, comparable with `key`. Texts of numbers become what `key` makes of them. */
export function renderKey(type: CheckedType | undefined, value: NonNullable<Scalar>): string {
  const text = quoteLiteral(String(value));
  if (type === 'integer' && /^[+-]?[0-9]+$/.test(String(value))) return quoteLiteral(String(BigInt(value)));
  if (type === 'number' && Number.isFinite(Number(value)) && String(value).trim() !== '') {
    return renderDouble(`cast('${Number(value)}' as double precision)`);
  }
  if (type === 'timestamp') return `coalesce(cast(${readInstant(text, undefined)} as text), ${text})`;
  return text;
}

/** Casts that PostgreSQL would answer with an error, and so end the whole query, are never reached: half of the least DOUBLE, and what rounds to infinity. */
const LEAST = '2.4703282292062328e-324';
const ENDLESS = '1.7976931348623158e308';

/** A NUMERIC as a DOUBLE; NULL where it has no finite one. */
export function toDouble(numeric: string): string {
  return `case when abs(${numeric}) < ${ENDLESS} then case when abs(${numeric}) > ${LEAST} then cast(${numeric} as double precision) else 0.0::double precision end end`;
}

/** A DOUBLE, or NULL where it is none that can be counted with. */
export function finite(expression: string): string {
  return `case when abs(${expression}) < 'Infinity'::double precision then ${expression} end`;
}

/** Whole numbers as integers write them, so that 1.0 of one table is 1 of another; adding 0 turns -0 into 0. */
export function renderDouble(expression: string): string {
  const whole = `abs(${expression}) < 1e15 and ${expression} = trunc(${expression})`;
  return `case when ${whole} then cast(cast(${expression} as numeric) as text) else cast(${expression} + 0 as text) end`;
}
