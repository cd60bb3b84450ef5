import type { Property } from './schema/properties.ts';

/** How a date, time or timestamp is written where it is not ISO 8601, and how it becomes that. */
export interface InstantFormat {
  /** As the contract has it. */
  readonly written: string;
  /** A regular expression for the whole text, which RE2, ECMA-262 and POSIX understand alike. */
  readonly pattern: string;
  /** The text in ISO 8601 by the groups of the pattern: `\3-\2-\1`. */
  readonly iso: string;
  /** Whether the text says how far its zone is from UTC. */
  readonly offset: boolean;
}

type Part = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'fraction' | 'offset';

const TWO = '[0-9]{2}';
const ONE_OR_TWO = '[0-9]{1,2}';
const OFFSET = 'Z|[+-][0-9]{2}:?[0-9]{2}|[+-][0-9]{2}';

/** The letters of Java's DateTimeFormatter, as far as they stand for digits. */
const LETTERS: Readonly<Record<string, readonly [part: Part, pattern: string]>> = {
  yyyy: ['year', '[0-9]{4}'],
  uuuu: ['year', '[0-9]{4}'],
  MM: ['month', TWO],
  M: ['month', ONE_OR_TWO],
  dd: ['day', TWO],
  d: ['day', ONE_OR_TWO],
  HH: ['hour', TWO],
  H: ['hour', ONE_OR_TWO],
  mm: ['minute', TWO],
  ss: ['second', TWO],
  Z: ['offset', OFFSET],
  X: ['offset', OFFSET],
  XX: ['offset', OFFSET],
  XXX: ['offset', OFFSET],
  x: ['offset', OFFSET],
  xx: ['offset', OFFSET],
  xxx: ['offset', OFFSET],
};

const NEEDED: Readonly<Record<'date' | 'time' | 'timestamp', readonly Part[]>> = {
  date: ['year', 'month', 'day'],
  time: ['hour', 'minute'],
  timestamp: ['year', 'month', 'day', 'hour', 'minute'],
};

/**
 * Parses a format in the letters of Java's DateTimeFormatter. Undefined where it has letters that are not read here (names
 * of months, years of two digits, eras), or not all parts of the type, so that values cannot be judged.
 */
export function parseInstantFormat(type: 'date' | 'time' | 'timestamp', format: string): InstantFormat | undefined {
  const groups = new Map<Part, number>();
  let pattern = '';
  for (const [token] of format.matchAll(/'(?:[^']|'')*'|S+|([A-Za-z])\1*|[\s\S]/gu)) {
    const [part, digits] = /^S+$/.test(token)
      ? (['fraction', `[0-9]{${token.length}}`] as const)
      : (LETTERS[token] ?? []);
    if (part !== undefined && !groups.has(part)) {
      groups.set(part, groups.size + 1);
      pattern += `(${digits})`;
    } else if (part !== undefined || /^[A-Za-z]/.test(token)) return undefined;
    else pattern += escapeText(unquote(token));
  }
  if (groups.size > 9 || NEEDED[type].some((part) => !groups.has(part))) return undefined;
  if (type === 'date' && groups.size > 3) return undefined;
  if (type === 'time' && groups.has('offset')) return undefined;
  return { written: format, pattern, iso: renderIso(type, groups), offset: groups.has('offset') };
}

/**
 * How the instants of a property are written. `foreign` where that is in a way that is not read here, so that neither type
 * nor range can be judged; undefined where the contract does not say.
 */
export function readFormat({ logicalType, logicalTypeOptions }: Property): InstantFormat | 'foreign' | undefined {
  const format = logicalTypeOptions?.format;
  if (format === undefined || (logicalType !== 'date' && logicalType !== 'time' && logicalType !== 'timestamp')) {
    return undefined;
  }
  return parseInstantFormat(logicalType, format) ?? 'foreign';
}

function renderIso(type: 'date' | 'time' | 'timestamp', groups: ReadonlyMap<Part, number>): string {
  const part = (name: Part, before = '', otherwise = '') =>
    groups.has(name) ? `${before}\\${groups.get(name)}` : otherwise;
  const date = `${part('year')}-${part('month')}-${part('day')}`;
  const time = `${part('hour')}:${part('minute')}${part('second', ':', ':00')}${part('fraction', '.')}`;
  if (type === 'date') return date;
  return type === 'time' ? time : `${date} ${time}${part('offset')}`;
}

function unquote(token: string): string {
  if (!token.startsWith("'")) return token;
  return token === "''" ? "'" : token.slice(1, -1).replaceAll("''", "'");
}

function escapeText(text: string): string {
  return text
    .replaceAll(/[\\^$.|?*+()[\]{}]/g, '[$&]')
    .replaceAll('[\\]', '\\\\')
    .replaceAll('[^]', '\\^');
}
