import { UserMistake } from '../../errors.ts';

/** `2026-03-01T09:00:00Z`, or with an offset; seconds may be left out. */
const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
const LAST_MILLISECOND = 'T23:59:59.999Z';

/**
 * The instant that a flag names. A day means its end in UTC, so that whatever happened on that day has happened.
 * Throws UserMistake of anything else.
 */
export function parseInstant(flag: string, text: string): Date {
  const day = INSTANT.exec(text)?.[1] ?? text;
  const instant = new Date(day === text ? `${text}${LAST_MILLISECOND}` : text);
  // A day that is not in the calendar would become another one.
  const real = /^\d{4}-\d{2}-\d{2}$/.test(day) && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
  if (real && !Number.isNaN(instant.getTime())) return instant;
  const fix = 'Write a day (2026-03-01, its end in UTC) or an instant (2026-03-01T09:00:00Z).';
  throw new UserMistake({ found: `${flag} is \`${text}\``, fix });
}
