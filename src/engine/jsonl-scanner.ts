import type { FaultList } from './fault-list.ts';

const SEPARATOR = 0x01;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;

/**
 * Walks over the bytes of a JSONL file and judges its lines, not what is in them: all end alike, none is empty but at the
 * end of the file, none has the control character by which the engine would split it.
 */
export class JsonlScanner {
  /** Lines that are not empty. */
  records = 0;
  /** Bytes of the longest line. */
  longest = 0;

  #line = 1;
  #lineStart = 0;
  #offset = 0;
  #returnOffset = -2;
  #firstEmpty = 0;
  #withReturn: boolean | undefined;
  #mixed = false;
  readonly #faults: FaultList;

  constructor(faults: FaultList) {
    this.#faults = faults;
  }

  /** Bytes of the line that has begun, and its number. */
  get open(): { readonly length: number; readonly line: number } {
    return { length: this.#offset - this.#lineStart, line: this.#line };
  }

  push(bytes: Uint8Array): void {
    const length = bytes.length;
    for (let index = 0; index < length; index += 1) {
      const byte = bytes[index] as number;
      if (byte > RETURN) continue;
      const offset = this.#offset + index;
      if (byte === LINE_FEED) this.#endLine(offset);
      else if (byte === RETURN) this.#takeReturn(offset);
      else if (byte === SEPARATOR) this.#refuse('a control character (U+0001) in this line');
    }
    this.#offset += length;
  }

  end(): void {
    if (this.#offset > this.#lineStart) this.#endContent(this.#offset);
  }

  #takeReturn(offset: number): void {
    if (this.#returnOffset >= this.#lineStart) this.#refuse('a carriage return inside this line');
    this.#returnOffset = offset;
  }

  #endLine(offset: number): void {
    const withReturn = this.#returnOffset === offset - 1;
    this.#withReturn ??= withReturn;
    if (this.#withReturn !== withReturn && !this.#mixed) {
      this.#mixed = true;
      const [now, before] = withReturn ? ['CRLF', 'LF'] : ['LF', 'CRLF'];
      this.#refuse(`this line ends with ${now}, the lines before it with ${before}`, 'Let all lines end alike.');
    }
    this.#endContent(withReturn ? offset - 1 : offset);
    this.#line += 1;
    this.#lineStart = offset + 1;
  }

  #endContent(end: number): void {
    const length = end - this.#lineStart;
    if (length === 0) {
      this.#firstEmpty ||= this.#line;
      return;
    }
    if (this.#firstEmpty > 0) {
      this.#faults.add({ line: this.#firstEmpty, found: 'this line is empty, and others follow', fix: 'Remove it.' });
      this.#firstEmpty = 0;
    }
    // One at the very end of the line was taken off before.
    if (this.#returnOffset >= this.#lineStart && this.#returnOffset < end) {
      this.#refuse('a carriage return inside this line');
    }
    this.records += 1;
    this.longest = Math.max(this.longest, length);
  }

  #refuse(found: string, fix = 'Write one JSON object on each line, with control characters escaped.'): void {
    this.#faults.add({ line: this.#line, found, fix });
  }
}
