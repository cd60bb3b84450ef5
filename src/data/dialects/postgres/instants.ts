import { quoteLiteral } from '../../../engine/sql.ts';

const DAY = 86_400_000_000;

const PARTS =
  '^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})([T ]([0-9]{1,2}):([0-9]{2}):([0-9]{2})([.]([0-9]+))?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?)?$';
const CLOCK = '^([0-9]{1,2}):([0-9]{2})(:([0-9]{2})([.]([0-9]+))?)?$';

/** A DATE of the text of a day in ISO 8601; NULL where there is no such day. The year 0 is 1 before Christ. */
export function readDay(text: string): string {
  return `(select case when ${EXISTS} then ${MADE} end from ${split(text, PARTS)})`;
}

/**
 * Microseconds since 1970 of a timestamp in ISO 8601; NULL where there is no such instant. Digits beyond microseconds are
 * cut off. One without an offset is in the given zone (IANA), or in UTC. 24:00:00 is the end of a day.
 */
export function readInstant(text: string, zone: string | undefined): string {
  const time = `${clock('m[5]', 'm[6]', 'm[7]', 'm[9]')}`;
  const local = `(${MADE} - date '1970-01-01') * ${DAY}::bigint + ${time}`;
  const sign = `case when left(m[10], 1) = '-' then 1 else -1 end`;
  const digits = `regexp_replace(m[10], '[^0-9]', '', 'g')`;
  const offset = `${sign} * (left(${digits}, 2)::bigint * 3600 + coalesce(nullif(substr(${digits}, 3, 2), ''), '0')::bigint * 60) * 1000000`;
  const shift = `case when m[10] is null or m[10] = 'Z' then 0 else ${offset} end`;
  const known = `m[4] is not null and ${EXISTS} and ${isTime('m[5]', 'm[6]', 'm[7]', 'm[9]')}`;
  const aware = `${local} + ${shift}`;
  if (zone === undefined) return `(select case when ${known} then ${aware} end from ${split(text, PARTS)})`;
  const zoned = `case when m[10] is null then ${toUtc(local, zone)} else ${aware} end`;
  return `(select case when ${known} then ${zoned} end from ${split(text, PARTS)})`;
}

/** Microseconds since midnight of a time of day; NULL where there is none. 24:00 is none. */
export function readTimeOfDay(text: string): string {
  const seconds = `coalesce(m[4], '00')`;
  const known = `${isTime('m[1]', 'm[2]', seconds, 'm[6]')} and m[1]::int < 24`;
  return `(select case when ${known} then ${clock('m[1]', 'm[2]', seconds, 'm[6]')} end from ${split(text, CLOCK)})`;
}

/** Microseconds since 1970 of local microseconds in a zone. */
export function toUtc(local: string, zone: string): string {
  return microsecondsOf(
    `((timestamp '1970-01-01' + (${local}) * interval '1 microsecond') at time zone ${quoteLiteral(zone)})`,
  );
}

/** Microseconds since 1970 of a finite TIMESTAMP or TIMESTAMPTZ. */
export function microsecondsOf(instant: string): string {
  return `cast(extract(epoch from ${instant}) * 1000000 as bigint)`;
}

/** The parts of a text as `m`, found once a row. */
function split(text: string, pattern: string): string {
  return `(select regexp_match(${text}, '${pattern}') as m offset 0) as parts`;
}

const YEAR = 'm[1]::int';
const MONTH = 'm[2]::int';
const LEAP = `(${YEAR} % 4 = 0 and (${YEAR} % 100 <> 0 or ${YEAR} % 400 = 0))`;
const LENGTH = `(case when ${MONTH} = 2 then case when ${LEAP} then 29 else 28 end when ${MONTH} in (4, 6, 9, 11) then 30 else 31 end)`;
/** Whether the day is one of the calendar (proleptic Gregorian), so that `MADE` cannot fail. */
const EXISTS = `${MONTH} between 1 and 12 and m[3]::int between 1 and ${LENGTH}`;
const MADE = `make_date(case when ${YEAR} = 0 then -1 else ${YEAR} end, ${MONTH}, m[3]::int)`;

function clock(hours: string, minutes: string, seconds: string, fraction: string): string {
  const whole = `${hours}::bigint * 3600 + ${minutes}::bigint * 60 + ${seconds}::bigint`;
  return `((${whole}) * 1000000 + rpad(left(coalesce(${fraction}, '0'), 6), 6, '0')::bigint)`;
}

function isTime(hours: string, minutes: string, seconds: string, fraction: string): string {
  const within = `${hours}::int < 24 and ${minutes}::int < 60 and ${seconds}::int < 60`;
  const end = `${hours}::int = 24 and ${minutes}::int = 0 and ${seconds}::int = 0 and ltrim(coalesce(${fraction}, ''), '0') = ''`;
  return `((${within}) or (${end}))`;
}
