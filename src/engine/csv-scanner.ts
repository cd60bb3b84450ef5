import { nameDelimiter } from './csv-delimiter.ts';
import type { FaultList } from './fault-list.ts';

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;

export type LineEnding = '\n' | '\r\n' | '\r';

const NAMES: Readonly<Record<LineEnding, string>> = { '\n': 'LF', '\r\n': 'CRLF', '\r': 'CR' };

/** Where in a value the scanner is. */
const State = { Start: 0, Spaces: 1, Plain: 2, Quoted: 3, Closed: 4, AfterReturn: 5 } as const;
type State = (typeof State)[keyof typeof State];

/** By byte: 1 where it means something in that state. */
const QUOTED_STOPS = createStops(QUOTE, LINE_FEED, RETURN);

function createStops(...stops: readonly number[]): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (stops.includes(byte) ? 1 : 0));
}

function skip(bytes: Uint8Array, from: number, stops: Uint8Array): number {
  let index = from;
  while (index < bytes.length && stops[bytes[index] as number] === 0) index += 1;
  return index;
}

/**
 * Walks over the bytes of a CSV file (RFC 4180, UTF-8) and judges its structure: that every record has as many
 * values as the first, that quotes are closed and stand alone, that all lines end alike. A file in which it finds no
 * fault can be read in one way only. It holds no values: it counts.
 */
export class CsvScanner {
  /** Values in the first record; 0 until it ended. */
  width = 0;
  /** Offset of the byte after the first record; 0 until it ended. */
  firstEnd = 0;
  /** Records after the first. An empty line is one only where the file has one column. */
  records = 0;
  /** Bytes of the longest record. */
  longest = 0;
  ending: LineEnding | undefined;

  #state: State = State.Start;
  #offset = 0;
  #line = 1;
  #values = 1;
  #recordStart = 0;
  #recordLine = 1;
  #quoteLine = 1;
  #returnOffset = -2;
  #mixed = false;
  #steady = true;
  readonly #faults: FaultList;
  readonly #delimiter: number;
  readonly #stops: Uint8Array;
  readonly #onRecord: ((record: number, line: number) => void) | undefined;

  /** `onRecord` is told of every record that `records` counts: its number, and the line on which it begins, both from 1. */
  constructor(faults: FaultList, delimiter = ',', onRecord?: (record: number, line: number) => void) {
    this.#faults = faults;
    this.#delimiter = delimiter.charCodeAt(0);
    this.#stops = createStops(this.#delimiter, LINE_FEED, RETURN);
    this.#onRecord = onRecord;
  }

  /** Bytes of the record that has begun, and the line of the quote that is open in it, else of the record itself. */
  get open(): { readonly length: number; readonly line: number } {
    const line = this.#state === State.Quoted ? this.#quoteLine : this.#recordLine;
    return { length: this.#offset - this.#recordStart, line };
  }

  /** Whether every record after the first begins on the line after its number, for all stand on one line. */
  get isSteady(): boolean {
    return this.#steady;
  }

  push(bytes: Uint8Array): void {
    const length = bytes.length;
    for (let index = 0; index < length; index += 1) {
      // Nearly all bytes of nearly all files are inside a value and mean nothing.
      if (this.#state === State.Plain) index = skip(bytes, index, this.#stops);
      else if (this.#state === State.Quoted) index = skip(bytes, index, QUOTED_STOPS);
      if (index < length) this.#take(bytes[index] as number, this.#offset + index);
    }
    this.#offset += length;
  }

  end(): void {
    if (this.#state === State.AfterReturn) this.#noteEnding('\r');
    if (this.#state === State.Quoted) {
      this.#faults.add({
        line: this.#quoteLine,
        found: 'a quote is opened here and never closed',
        fix: 'Close it, or write the quotes inside a quoted value twice.',
      });
    } else if (this.#offset > this.#recordStart) {
      this.#endRecord(this.#offset);
    }
  }

  #take(byte: number, offset: number): void {
    if (this.#state === State.Quoted) this.#takeQuoted(byte, offset);
    else if (byte === LINE_FEED) this.#takeLineFeed(offset);
    else this.#takeOpen(byte, offset);
  }

  #takeQuoted(byte: number, offset: number): void {
    if (byte === QUOTE) this.#state = State.Closed;
    else if (byte === RETURN) {
      this.#line += 1;
      this.#returnOffset = offset;
    } else if (byte === LINE_FEED && this.#returnOffset !== offset - 1) this.#line += 1;
  }

  #takeLineFeed(offset: number): void {
    if (this.#state === State.AfterReturn) {
      this.#noteEnding('\r\n');
      this.#state = State.Start;
      this.#recordStart = offset + 1;
      return;
    }
    this.#noteEnding('\n');
    this.#endRecord(offset);
  }

  #takeOpen(byte: number, offset: number): void {
    if (this.#state === State.AfterReturn) {
      this.#noteEnding('\r');
      this.#state = State.Start;
    }
    if (byte === RETURN) {
      this.#endRecord(offset);
      this.#state = State.AfterReturn;
    } else if (byte === this.#delimiter) {
      this.#values += 1;
      this.#state = State.Start;
    } else if (byte === QUOTE) this.#takeQuote();
    else this.#takeText(byte);
  }

  #takeQuote(): void {
    if (this.#state === State.Start) this.#quoteLine = this.#line;
    if (this.#state === State.Start || this.#state === State.Closed) this.#state = State.Quoted;
    else if (this.#state === State.Spaces) this.#refuse('a quote after spaces: it is unclear whether the spaces count');
  }

  #takeText(byte: number): void {
    if (this.#state === State.Closed) this.#refuse(`text between a closing quote and the next ${this.#name}`);
    else if (byte === SPACE && this.#state <= State.Spaces) this.#state = State.Spaces;
    else this.#state = State.Plain;
  }

  #refuse(found: string): void {
    this.#faults.add({
      line: this.#line,
      found,
      fix: 'Let quotes enclose the whole value, and write those inside twice.',
    });
    this.#state = State.Plain;
  }

  #endRecord(offset: number): void {
    const blank = this.#values === 1 && this.#state === State.Start;
    if (this.width === 0) {
      this.width = this.#values;
      this.firstEnd = offset;
    } else if (!blank || this.width === 1) {
      this.records += 1;
      if (this.#recordLine !== this.records + 1) this.#steady = false;
      this.#onRecord?.(this.records, this.#recordLine);
      if (this.#values !== this.width) this.#refuseWidth();
    }
    this.longest = Math.max(this.longest, offset - this.#recordStart);
    this.#state = State.Start;
    this.#values = 1;
    this.#line += 1;
    this.#recordStart = offset + 1;
    this.#recordLine = this.#line;
  }

  #refuseWidth(): void {
    const values = this.#values === 1 ? '1 value' : `${this.#values} values`;
    const columns = this.width === 1 ? '1 column' : `${this.width} columns`;
    this.#faults.add({
      line: this.#recordLine,
      found: `${values}, and the header has ${columns}`,
      fix: `Give the row a value for every column; enclose a value that has a ${this.#name} in it in quotes.`,
    });
  }

  get #name(): string {
    return nameDelimiter(String.fromCharCode(this.#delimiter));
  }

  #noteEnding(ending: LineEnding): void {
    this.ending ??= ending;
    if (this.ending === ending || this.#mixed) return;
    this.#mixed = true;
    // A line feed is noted before its record ends; a return after it.
    const line = ending === '\n' ? this.#line : this.#line - 1;
    this.#faults.add({
      line,
      found: `this line ends with ${NAMES[ending]}, the lines before it with ${NAMES[this.ending]}`,
      fix: 'Let all lines end alike.',
    });
  }
}
