import { isUtf8 } from 'node:buffer';
import { createReadStream, statSync } from 'node:fs';
import { messageOf, UserMistake } from '../errors.ts';
import type { FaultList } from './fault-list.ts';
import type { Attendance } from './pace.ts';
import type { TableFile } from './table.ts';

const LINE_FEED = 0x0a;

/** The byte order mark in UTF-8. */
const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Reads a file in pieces of some megabytes. Throws UserMistake when it cannot be opened or read. */
export async function* readChunks(file: TableFile, { signal, pace }: Attendance = {}): AsyncGenerator<Buffer> {
  const size = statSync(file.path, { throwIfNoEntry: false })?.size ?? 0;
  let read = 0;
  const end = pace?.follow(() => (size > 0 ? read / size : undefined));
  try {
    for await (const chunk of createReadStream(file.path, { highWaterMark: 4 * 1024 * 1024 })) {
      signal?.throwIfAborted();
      read += chunk.length;
      yield chunk;
    }
  } catch (error) {
    if (signal?.aborted || (error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new UserMistake({ file: file.name, found: `this cannot be read: ${messageOf(error)}` }, { cause: error });
  } finally {
    end?.();
  }
}

/** The beginning of a file without its byte order mark. */
export function stripMark(bytes: Buffer): Buffer {
  return bytes.subarray(0, MARK.length).equals(MARK) ? bytes.subarray(MARK.length) : bytes;
}

/** The same pieces without a byte order mark at the start of the first; tells when there was one. */
export async function* withoutMark(chunks: AsyncIterable<Buffer>, onMark?: () => void): AsyncGenerator<Buffer> {
  let first = true;
  for await (const chunk of chunks) {
    const rest = first ? stripMark(chunk) : chunk;
    first = false;
    if (rest.length < chunk.length) onMark?.();
    yield rest;
  }
}

/** Finds the lines that are not UTF-8. Lines end with a line feed and count from 1. */
export class EncodingCheck {
  #line = 1;
  #reported = 0;
  #tail: Buffer = Buffer.alloc(0);
  readonly #faults: FaultList;

  constructor(faults: FaultList) {
    this.#faults = faults;
  }

  push(chunk: Buffer): void {
    const bytes = this.#tail.length > 0 ? Buffer.concat([this.#tail, chunk]) : chunk;
    const end = bytes.length - countUnfinished(bytes);
    this.#judge(bytes.subarray(0, end));
    this.#tail = bytes.subarray(end);
  }

  end(): void {
    this.#judge(this.#tail);
  }

  #judge(bytes: Buffer): void {
    const sound = isUtf8(bytes);
    for (let start = 0; start < bytes.length; ) {
      const feed = bytes.indexOf(LINE_FEED, start);
      const end = feed === -1 ? bytes.length : feed;
      if (!sound && !isUtf8(bytes.subarray(start, end))) this.#report();
      if (feed !== -1) this.#line += 1;
      start = end + 1;
    }
  }

  #report(): void {
    if (this.#reported === this.#line) return;
    this.#reported = this.#line;
    this.#faults.add({
      line: this.#line,
      found: 'this line is not UTF-8',
      fix: 'Save the file as UTF-8 (it may be Windows-1252 now), or add `csv: { encoding: latin-1 }` to a CSV data set.',
    });
  }
}

/** How many bytes at the end begin a character of UTF-8 that the next piece may finish: 0 to 3. */
function countUnfinished(bytes: Buffer): number {
  for (let count = 1; count <= Math.min(3, bytes.length); count += 1) {
    const byte = bytes[bytes.length - count] as number;
    if ((byte & 0b1100_0000) === 0b1000_0000) continue;
    const length = byte >= 0b1111_0000 ? 4 : byte >= 0b1110_0000 ? 3 : byte >= 0b1100_0000 ? 2 : 1;
    return length > count ? count : 0;
  }
  return 0;
}
