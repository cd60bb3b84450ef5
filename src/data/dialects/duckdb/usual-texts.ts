import type { Reading } from '../dialect.ts';

interface Usual {
  /** BOOLEAN, NULL of some texts: whether a text is written as the engine itself writes such values. */
  readonly holds: string;
  /** The value of a text for which that holds. */
  readonly value: string;
}

/**
 * What reads a text that is written in the usual way in half the time that a pattern takes: it is read leniently and
 * written again, and only a text that stays the same is taken. Years of five digits, years before Christ and infinity, which
 * the engine writes too, have other lengths. Undefined for types of which nothing of that kind holds.
 */
export function describeUsual(name: string, { type, format, zone }: Reading): Usual | undefined {
  const again = (as: string) => `cast(try_cast(${name} as ${as}) as varchar) = ${name}`;
  if (type === 'integer') {
    return { holds: again('bigint'), value: `cast(try_cast(${name} as bigint) as hugeint)` };
  }
  if (format !== undefined) return undefined;
  if (type === 'date')
    return { holds: `strlen(${name}) = 10 and ${again('date')}`, value: `try_cast(${name} as date)` };
  if (type === 'timestamp' && zone === undefined) {
    return {
      holds: `strlen(${name}) = 19 and ${again('timestamp')}`,
      value: `epoch_us(try_cast(${name} as timestamp))`,
    };
  }
  return undefined;
}

/** A number that some tool wrote as 12.0 is still the number 12. Few texts end like that, and those alone are looked into. */
export function renderWritten(name: string): string {
  const short = `regexp_replace(${name}, '^([+-]?[0-9]+)[.]0+$', '\\1')`;
  return `case when suffix(${name}, '0') and contains(${name}, '.') then ${short} else ${name} end`;
}
