/**
 * Ways to write values that leave the engine's lenient readers nothing to be lenient about: whole numbers of digits and
 * minus signs, numbers with points too, `2024-01-31`, `2024-01-31 23:59:59`.
 */
export type Form = 'integer' | 'number' | 'date' | 'timestamp';

const DIGIT = 1;
const SIGN = 2;
/** A point, or the letter before an exponent. */
const POINT = 4;
const COLON = 8;
const SPACE = 16;
const OTHER = 32;
/** The kind of bytes that end a value or begin a quoted one; greater than all others together. */
export const STOP = 64;

/** Bytes of `2024-01-31 23:59:59`. */
const LONGEST_INSTANT = 19;

/** The kind of every byte, as bits. */
export function createKinds(stops: readonly number[]): Uint8Array {
  const kinds = new Uint8Array(256).fill(OTHER);
  for (let byte = 0x30; byte <= 0x39; byte += 1) kinds[byte] = DIGIT;
  for (const byte of Buffer.from('+-')) kinds[byte] = SIGN;
  for (const byte of Buffer.from('.eE')) kinds[byte] = POINT;
  kinds[0x3a] = COLON;
  kinds[0x20] = SPACE;
  for (const stop of stops) kinds[stop] = STOP;
  return kinds;
}

const Instant = { Unknown: 0, Date: 1, Timestamp: 2, Neither: 3 } as const;

/** Finds the columns whose values are all of one form. Empty values, which are none, are of every form. */
export class FormWatch {
  /** By column: the kinds of which a value tells nothing new, so that it need not be noted. */
  readonly settled: Uint8Array;
  readonly #kinds: Uint8Array;
  readonly #instants: Uint8Array;

  constructor(width: number) {
    this.settled = new Uint8Array(width);
    this.#kinds = new Uint8Array(width);
    this.#instants = new Uint8Array(width);
  }

  /** Notes a value without quotes: the kinds of its bytes together, and where it stands. */
  note(column: number, kinds: number, bytes: DataView, start: number, end: number): void {
    if (start === end) return;
    const before = this.#instants[column] as number;
    const found = before === Instant.Neither ? before : findInstant(kinds, bytes, start, end);
    // One instant after another is the only thing that needs a look at every value.
    if (found === before && found !== Instant.Neither) return;
    const all = (this.#kinds[column] as number) | kinds;
    this.#kinds[column] = all;
    this.#instants[column] = before === Instant.Unknown ? found : Instant.Neither;
    if (this.#instants[column] === Instant.Neither) this.settled[column] = all >= COLON ? STOP - 1 : all;
  }

  /** Notes a value that is of no form. */
  noteOther(column: number): void {
    this.#kinds[column] = OTHER;
    this.#instants[column] = Instant.Neither;
    this.settled[column] = STOP - 1;
  }

  /** The form of a column; `empty` where it has no value at all, undefined where some value is of no form. */
  formOf(column: number): Form | 'empty' | undefined {
    const kinds = this.#kinds[column] ?? OTHER;
    if (kinds === 0) return 'empty';
    if (this.#instants[column] === Instant.Date) return 'date';
    if (this.#instants[column] === Instant.Timestamp) return 'timestamp';
    if ((kinds & ~(DIGIT | SIGN)) === 0) return 'integer';
    return (kinds & ~(DIGIT | SIGN | POINT)) === 0 ? 'number' : undefined;
  }
}

function findInstant(kinds: number, bytes: DataView, start: number, end: number): number {
  if (end - start === 10 && kinds === (DIGIT | SIGN) && isDay(bytes, start)) return Instant.Date;
  const ofTimestamp = DIGIT | SIGN | COLON | SPACE;
  const isTimestamp = end - start === LONGEST_INSTANT && kinds === ofTimestamp && isDay(bytes, start);
  return isTimestamp && isClock(bytes, start + 10) ? Instant.Timestamp : Instant.Neither;
}

/** Several bytes at once, because there are millions of them. */
function isDay(bytes: DataView, at: number): boolean {
  return (
    areDigits(bytes.getInt32(at)) &&
    (bytes.getInt32(at + 4) & 0xff0000ff) === 0x2d00002d &&
    areDigits((bytes.getInt16(at + 5) << 16) | bytes.getInt16(at + 8))
  );
}

function isClock(bytes: DataView, at: number): boolean {
  return (
    (bytes.getInt32(at) & 0xff0000ff) === 0x2000003a &&
    bytes.getInt8(at + 6) === 0x3a &&
    areDigits((bytes.getInt16(at + 1) << 16) | bytes.getInt16(at + 4)) &&
    areDigits((bytes.getInt16(at + 7) << 16) | 0x3030)
  );
}

/** Whether four bytes of ASCII are digits: they begin with the bits of 3, with 6 added too. */
function areDigits(bytes: number): boolean {
  return (bytes & 0xf0f0f0f0) === 0x30303030 && ((bytes + 0x06060606) & 0xf0f0f0f0) === 0x30303030;
}

/** The form that values of several files have together. */
export function joinForms(forms: readonly (Form | 'empty' | undefined)[]): Form | undefined {
  const [first, ...others] = [...new Set(forms.filter((form) => form !== 'empty'))];
  if (others.length === 0) return first;
  const areNumbers = [first, ...others].every((form) => form === 'integer' || form === 'number');
  return areNumbers ? 'number' : undefined;
}

/** A value that is read byte by byte, as far as its form depends on it. */
export class BegunValue {
  readonly #bytes = new DataView(new ArrayBuffer(LONGEST_INSTANT));
  readonly #kindOf: Uint8Array;
  #length = 0;
  #kinds = 0;

  /** `kindOf` are the kinds of all bytes. */
  constructor(kindOf: Uint8Array) {
    this.#kindOf = kindOf;
  }

  add(byte: number): void {
    if (this.#length < LONGEST_INSTANT) this.#bytes.setUint8(this.#length, byte);
    this.#length += 1;
    this.#kinds |= this.#kindOf[byte] as number;
  }

  /** Adds the bytes from one place up to another. Returns the latter. */
  addAll(bytes: Uint8Array, from: number, to: number): number {
    for (let index = from; index < to; index += 1) this.add(bytes[index] as number);
    return to;
  }

  /** Tells of the whole value, and begins the next. */
  end(forms: FormWatch, column: number): void {
    // A quote is of the same kind as what ends a value.
    if (this.#kinds >= STOP) forms.noteOther(column);
    else forms.note(column, this.#kinds, this.#bytes, 0, this.#length);
    this.#length = 0;
    this.#kinds = 0;
  }
}
