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

/** What is known of some values: the kinds of their bytes together, and whether they are dates or timestamps. */
export interface Noted {
  readonly kinds: number;
  readonly instant: Instant;
}

const NOTHING: Noted = { kinds: 0, instant: Instant.Unknown };

/** Finds the columns whose values are all of one form. Empty values, which are none, are of every form. */
export class FormWatch {
  readonly #columns: Noted[];

  constructor(width: number) {
    this.#columns = Array.from({ length: width }, () => NOTHING);
  }

  note(column: number, noted: Noted): void {
    const before = this.#columns[column];
    if (before) this.#columns[column] = joinNoted(before, noted);
  }

  /** The form of a column, of whose values others were noted elsewhere. */
  formOf(column: number, elsewhere: Noted = NOTHING): Form | 'empty' | undefined {
    return findForm(joinNoted(this.#columns[column] ?? NOTHING, elsewhere));
  }
}

function joinNoted(one: Noted, other: Noted): Noted {
  if (one.kinds === 0) return other;
  if (other.kinds === 0) return one;
  return { kinds: one.kinds | other.kinds, instant: one.instant === other.instant ? one.instant : Instant.Neither };
}

/** `empty` where there is no value at all, undefined where some value is of no form. */
function findForm({ kinds, instant }: Noted): Form | 'empty' | undefined {
  if (kinds === 0) return 'empty';
  if (instant === Instant.Date) return 'date';
  if (instant === Instant.Timestamp) return 'timestamp';
  if ((kinds & ~WHOLE) === 0) return 'integer';
  return (kinds & ~NUMBER) === 0 ? 'number' : undefined;
}

/** The form that values of several files have together. */
export function joinForms(forms: readonly (Form | 'empty' | undefined)[]): Form | undefined {
  const [first, ...others] = [...new Set(forms.filter((form) => form !== 'empty'))];
  if (others.length === 0) return first;
  const areNumbers = [first, ...others].every((form) => form === 'integer' || form === 'number');
  return areNumbers ? 'number' : undefined;
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
    const kinds = this.#kinds >= STOP ? OTHER : this.#kinds;
    const noted = { kinds, instant: this.#findInstant() };
    this.#shape.length = 0;
    this.#kinds = 0;
    return noted;
  }

  #findInstant(): Instant {
    const is = (shape: readonly number[]) =>
      shape.length === this.#shape.length && shape.every((kind, index) => kind === this.#shape[index]);
    if (is(DATE)) return Instant.Date;
    return is(TIMESTAMP) ? Instant.Timestamp : Instant.Neither;
  }
}
