import { createStops, LINE_FEED, QUOTE, RETURN, SPACE, skip } from './csv-bytes.ts';
import { nameDelimiter } from './csv-delimiter.ts';
import { EndingWatch } from './csv-endings.ts';
import * as faults from './csv-faults.ts';
import { BegunValue, ColumnNotes, createKinds, type Noted } from './csv-forms.ts';
import { CsvWalk, SLICE } from './csv-walk.ts';
import type { FaultList } from './fault-list.ts';

/** Where in a value the scanner is. */
const State = { Start: 0, Spaces: 1, Plain: 2, Quoted: 3, Closed: 4, AfterReturn: 5 } as const;
type State = (typeof State)[keyof typeof State];

/** By byte: 1 where it means something in that state. */
const QUOTED_STOPS = createStops(QUOTE, LINE_FEED, RETURN);

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

  #state: State = State.Start;
  #offset = 0;
  #line = 1;
  #values = 1;
  #recordStart = 0;
  #recordLine = 1;
  #quoteLine = 1;
  #returnOffset = -2;
  #steady = true;
  readonly #faults: FaultList;
  readonly #endings: EndingWatch;
  readonly #delimiter: number;
  readonly #stops: Uint8Array;
  #walk: CsvWalk | undefined;
  #notes = new ColumnNotes(0);
  readonly #begun: BegunValue;
  readonly #onRecord: ((record: number, line: number) => void) | undefined;

  /** `onRecord` is told of every record that `records` counts: its number, and the line on which it begins, both from 1. */
  constructor(list: FaultList, delimiter = ',', onRecord?: (record: number, line: number) => void) {
    this.#faults = list;
    this.#endings = new EndingWatch(list);
    this.#delimiter = delimiter.charCodeAt(0);
    this.#stops = createStops(this.#delimiter, LINE_FEED, RETURN);
    this.#begun = new BegunValue(createKinds([this.#delimiter, LINE_FEED, RETURN, QUOTE]));
    this.#onRecord = onRecord;
  }

  /** Goes on in the middle of a file, where a record begins, after a first one of so many values that stood on one line. */
  resume(width: number): void {
    this.#setWidth(width);
    this.#line = 2;
    this.#recordLine = 2;
  }

  /** Bytes of the record that has begun, and the line of the quote that is open in it, else of the record itself. */
  get open(): { readonly length: number; readonly line: number } {
    const line = this.#state === State.Quoted ? this.#quoteLine : this.#recordLine;
    return { length: this.#offset - this.#recordStart, line };
  }

  get ending(): faults.LineEnding | undefined {
    return this.#endings.ending;
  }

  /** Whether every record after the first begins on the line after its number, for all stand on one line. */
  get isSteady(): boolean {
    return this.#steady;
  }

  /** Whether a record that came next would begin on the line after its number. */
  get isEven(): boolean {
    return this.#recordLine === this.records + 2;
  }

  /** What is known of all values of each column, without the header. */
  get columns(): readonly Noted[] {
    return Array.from({ length: this.width }, (_, column) => this.#notes.read(column, this.#walk?.noted(column)));
  }

  push(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; from += SLICE) this.#pushSlice(bytes.subarray(from, from + SLICE));
  }

  #pushSlice(bytes: Uint8Array): void {
    const { length } = bytes;
    let loaded: CsvWalk | undefined;
    for (let index = 0; index < length; ) {
      if (this.#state === State.Start) {
        const walk = this.#walk;
        if (walk && loaded !== walk) walk.load(bytes);
        loaded = walk;
        index = this.#walkOn(index, length);
      } else if (this.#state === State.Plain) index = this.#begun.addAll(bytes, index, skip(bytes, index, this.#stops));
      else if (this.#state === State.Quoted) index = skip(bytes, index, QUOTED_STOPS);
      if (index < length) this.#take(bytes[index] as number, this.#offset + index);
      index += 1;
    }
    this.#offset += length;
  }

  /** Takes whole values without quotes. Returns where the next value begins. */
  #walkOn(from: number, to: number): number {
    const ending = this.#endings.usual;
    if (!this.#walk || ending === undefined) return from;
    const place = { column: this.#values - 1, record: this.#recordStart - this.#offset };
    const { next, column, record, records, longest } = this.#walk.run(from, to, place, ending);
    this.#values = column + 1;
    if (records === 0) return next;
    this.longest = Math.max(this.longest, longest);
    this.#recordStart = this.#offset + record;
    // Values before may have stood on several lines in the first of the records, and in no other.
    this.#countRecords(1);
    this.#passLines(1);
    if (records === 1) return next;
    this.#countRecords(records - 1);
    this.#passLines(records - 1);
    return next;
  }

  /** Counts records, the first of which begins on the line of the record. */
  #countRecords(count: number): void {
    if (!this.isEven) this.#steady = false;
    this.records += count;
    this.#onRecord?.(this.records, this.#recordLine);
  }

  /** Goes on to a line on which a record may begin. */
  #passLines(count: number): void {
    this.#line += count;
    this.#recordLine = this.#line;
  }

  end(): void {
    // A return is noted after its record ended.
    if (this.#state === State.AfterReturn) this.#endings.note('\r', this.#line - 1);
    if (this.#state === State.Quoted) {
      this.#faults.add(faults.describeOpenQuote(this.#quoteLine));
    } else if (this.#offset > this.#recordStart) {
      this.#endValue();
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
      this.#endings.note('\r\n', this.#line - 1);
      this.#state = State.Start;
      this.#recordStart = offset + 1;
      return;
    }
    this.#endings.note('\n', this.#line);
    this.#endValue();
    this.#endRecord(offset);
  }

  #takeOpen(byte: number, offset: number): void {
    if (this.#state === State.AfterReturn) {
      this.#endings.note('\r', this.#line - 1);
      this.#state = State.Start;
    }
    if (byte === RETURN) {
      this.#endValue();
      this.#endRecord(offset);
      this.#state = State.AfterReturn;
    } else if (byte === this.#delimiter) {
      this.#endValue();
      this.#values += 1;
      this.#state = State.Start;
    } else if (byte === QUOTE) this.#takeQuote();
    else this.#takeText(byte);
  }

  #takeQuote(): void {
    this.#begun.add(QUOTE);
    if (this.#state === State.Start) this.#quoteLine = this.#line;
    if (this.#state === State.Start || this.#state === State.Closed) this.#state = State.Quoted;
    else if (this.#state === State.Spaces) this.#refuse('a quote after spaces: it is unclear whether the spaces count');
  }

  #takeText(byte: number): void {
    this.#begun.add(byte);
    if (this.#state === State.Closed)
      this.#refuse(`text between a closing quote and the next ${nameDelimiter(this.#character)}`);
    else if (byte === SPACE && this.#state <= State.Spaces) this.#state = State.Spaces;
    else this.#state = State.Plain;
  }

  #refuse(found: string): void {
    this.#faults.add(faults.describeStrayQuote(this.#line, found));
    this.#state = State.Plain;
  }

  #endValue(): void {
    this.#notes.note(this.#values - 1, this.#begun.end());
  }

  #setWidth(width: number): void {
    this.width = width;
    this.#notes = new ColumnNotes(width);
    this.#walk = new CsvWalk(width, this.#delimiter, this.#onRecord ? 1 : 0);
  }

  #endRecord(offset: number): void {
    const blank = this.#values === 1 && this.#state === State.Start;
    if (this.width === 0) {
      this.#setWidth(this.#values);
      this.firstEnd = offset;
    } else if (!blank || this.width === 1) {
      this.#countRecords(1);
      if (this.#values !== this.width) {
        this.#faults.add(faults.describeWidth(this.#recordLine, this.#values, this.width, this.#character));
      }
    }
    this.longest = Math.max(this.longest, offset - this.#recordStart);
    this.#state = State.Start;
    this.#values = 1;
    this.#recordStart = offset + 1;
    this.#passLines(1);
  }

  get #character(): string {
    return String.fromCharCode(this.#delimiter);
  }
}
