/**
 * Ways to write values that leave the engine's lenient readers nothing to be lenient about: whole numbers of digits and
 * minus signs, numbers with points too, `2024-01-31`, `2024-01-31 23:59:59`.
 */
export type Form = 'integer' | 'number' | 'date' | 'timestamp';

// Kinds of bytes as bits, which `csv-walk.assembly.ts` finds in the same way.
const DIGIT = 1;
const MINUS = 2;
const PLUS = 4;
const POINT = 8;
/** The letter before an exponent. */
const EXPONENT = 16;
const COLON = 32;
const SPACE = 64;
const OTHER = 128;
/** The kind of bytes that end a value or begin a quoted one; greater than all others together. */
const STOP = 256;

const WHOLE = DIGIT | MINUS | PLUS;
const NUMBER = WHOLE | POINT | EXPONENT;

const KINDS: Readonly<Record<string, number>> = {
  ...Object.fromEntries([...'0123456789'].map((digit) => [digit, DIGIT])),
  '-': MINUS,
  '+': PLUS,
  '.': POINT,
  e: EXPONENT,
  E: EXPONENT,
  ':': COLON,
  ' ': SPACE,
};

/** The kind of every byte. */
export function createKinds(stops: readonly number[]): Uint16Array {
  const kinds = new Uint16Array(256).fill(OTHER);
  for (const [character, kind] of Object.entries(KINDS)) kinds[character.charCodeAt(0)] = kind;
  for (const stop of stops) kinds[stop] = STOP;
  return kinds;
}

/** Whether all values are dates, or all timestamps. */
export const Instant = { Unknown: 0, Date: 1, Timestamp: 2, Neither: 3 } as const;
export type Instant = (typeof Instant)[keyof typeof Instant];

/** What is known of some values as they are written. */
export interface Noted {
  /** The kinds of their bytes together; 0 where all are empty. */
  readonly kinds: number;
  readonly instant: Instant;
  /** Whether one has no byte that numbers have not, or is quoted, so that nobody looked. */
  readonly hasFigures: boolean;
  /** Whether one is empty, and not quoted. */
  readonly hasGap: boolean;
}

const NOTHING: Noted = { kinds: 0, instant: Instant.Unknown, hasFigures: false, hasGap: false };

/** Notes the values of each column. */
export class ColumnNotes {
  readonly #columns: Noted[];

  constructor(width: number) {
    this.#columns = Array.from({ length: width }, () => NOTHING);
  }

  note(column: number, noted: Noted): void {
    const before = this.#columns[column];
    if (before) this.#columns[column] = joinNoted([before, noted]);
  }

  /** What is known of the values of a column, of which others were noted elsewhere. */
  read(column: number, elsewhere: Noted = NOTHING): Noted {
    return joinNoted([this.#columns[column] ?? NOTHING, elsewhere]);
  }
}

/** What is known of values that were noted in several places. */
export function joinNoted(all: readonly Noted[]): Noted {
  return {
    kinds: all.reduce((kinds, noted) => kinds | noted.kinds, 0),
    instant: all.reduce<Instant>((instant, noted) => joinInstants(instant, noted.instant), Instant.Unknown),
    hasFigures: all.some(({ hasFigures }) => hasFigures),
    hasGap: all.some(({ hasGap }) => hasGap),
  };
}

function joinInstants(one: Instant, other: Instant): Instant {
  if (one === Instant.Unknown) return other;
  return other === Instant.Unknown || one === other ? one : Instant.Neither;
}

/** The form that all values are of; empty ones, which are none, are of every form. Undefined where there is no such form. */
export function findForm({ kinds, instant }: Noted): Form | undefined {
  if (kinds === 0) return undefined;
  if (instant === Instant.Date) return 'date';
  if (instant === Instant.Timestamp) return 'timestamp';
  if ((kinds & ~WHOLE) === 0) return 'integer';
  return (kinds & ~NUMBER) === 0 ? 'number' : undefined;
}

const DATE = describeShape('2024-01-31');
const TIMESTAMP = describeShape('2024-01-31 23:59:59');

function describeShape(text: string): readonly number[] {
  return [...text].map((character) => KINDS[character] ?? OTHER);
}

/** A value that is read byte by byte, as far as its form depends on it. */
export class BegunValue {
  readonly #kindOf: Uint16Array;
  readonly #shape: number[] = [];
  #kinds = 0;

  /** `kindOf` are the kinds of all bytes. */
  constructor(kindOf: Uint16Array) {
    this.#kindOf = kindOf;
  }

  add(byte: number): void {
    const kind = this.#kindOf[byte] as number;
    if (this.#shape.length <= TIMESTAMP.length) this.#shape.push(kind);
    this.#kinds |= kind;
  }

  /** Adds the bytes from one place up to another. Returns the latter. */
  addAll(bytes: Uint8Array, from: number, to: number): number {
    for (let index = from; index < to; index += 1) this.add(bytes[index] as number);
    return to;
  }

  /** What is known of the whole value; the next one begins. */
  end(): Noted {
    // A quote is of the same kind as what ends a value.
    const isQuoted = this.#kinds >= STOP;
    const kinds = isQuoted ? OTHER : this.#kinds;
    const hasGap = kinds === 0;
    const hasFigures = isQuoted || (!hasGap && (kinds & OTHER) === 0);
    const noted = { kinds, instant: this.#findInstant(), hasFigures, hasGap };
    this.#shape.length = 0;
    this.#kinds = 0;
    return noted;
  }

  #findInstant(): Instant {
    if (this.#kinds === 0) return Instant.Unknown;
    const is = (shape: readonly number[]) =>
      shape.length === this.#shape.length && shape.every((kind, index) => kind === this.#shape[index]);
    if (is(DATE)) return Instant.Date;
    return is(TIMESTAMP) ? Instant.Timestamp : Instant.Neither;
  }
}
