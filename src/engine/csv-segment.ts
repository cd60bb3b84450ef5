import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import type { CsvFacts } from './csv-facts.ts';
import { CsvScanner } from './csv-scanner.ts';
import { CharacterPieces, withoutMark } from './encoding.ts';
import { FaultList } from './fault-list.ts';

/** Whole lines of a CSV file: the bytes from `from` on, up to `to` and without it. */
export interface CsvSegment {
  readonly path: string;
  readonly delimiter: string;
  /** Values in every record. */
  readonly width: number;
  readonly from: number;
  readonly to: number;
}

export interface SegmentFacts extends CsvFacts {
  /** Whether a record that came next would begin on the line after its number. */
  readonly isEven: boolean;
}

/**
 * Judges a part of a CSV file as if its first byte began a record. Undefined where it is not sound by itself: then the
 * fault, or that a quote is open where it begins, is only seen from the beginning of the file.
 */
export async function scanSegment({ path, delimiter, width, from, to }: CsvSegment): Promise<SegmentFacts | undefined> {
  const faults = new FaultList();
  const scanner = new CsvScanner(faults, delimiter);
  if (from > 0) scanner.resume(width);
  const pieces = new CharacterPieces();
  const bytes = createReadStream(path, { start: from, end: to - 1, highWaterMark: 1024 * 1024 });
  for await (const chunk of from > 0 ? bytes : withoutMark(bytes)) {
    if (!isUtf8(pieces.take(chunk))) return undefined;
    scanner.push(chunk);
  }
  scanner.end();
  if (faults.total > 0 || pieces.rest.length > 0) return undefined;
  const { records, longest, ending, isSteady, isEven, forms } = scanner;
  return { records, longest, ending, isSteady, isEven, forms };
}
