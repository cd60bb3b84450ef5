/** How a date and a timestamp are written: ISO 8601 in full, in the dialect that RE2 and JavaScript share. */
export const DATE_PATTERN = '[0-9]{4}-[0-9]{2}-[0-9]{2}';
const TIME_PATTERN = '[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?';
export const OFFSET_PATTERN = '(Z|[+-][0-9]{2}(:?[0-9]{2})?)';
export const TIMESTAMP_PATTERN = `${DATE_PATTERN}[T ]${TIME_PATTERN}${OFFSET_PATTERN}?`;

/** A time of day, to the minute at least. */
export const CLOCK_PATTERN = '([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,9})?)?';

const DATE = new RegExp(`^${DATE_PATTERN}$`);
const TIMESTAMP = new RegExp(`^${TIMESTAMP_PATTERN}$`);

/** Whether a value is the text of a day that exists. */
export function isDate(value: unknown): value is string {
  if (typeof value !== 'string' || !DATE.test(value)) return false;
  const time = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(value);
}

/** Whether a value is the text of an instant that exists. */
export function isTimestamp(value: unknown): value is string {
  if (typeof value !== 'string' || !TIMESTAMP.test(value) || !isDate(value.slice(0, 10))) return false;
  const [hours = 99, minutes = 99, seconds = 99] = value.slice(11, 19).split(':').map(Number);
  return hours < 24 && minutes < 60 && seconds < 60;
}

/** Whether a value is the text of a time of day. */
export function isTime(value: unknown): value is string {
  return typeof value === 'string' && new RegExp(`^${CLOCK_PATTERN}$`).test(value);
}

/** Whether a name is one of the time zones that are known everywhere (IANA). */
export function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '' && /^[A-Z]/.test(name);
  } catch {
    return false;
  }
}
