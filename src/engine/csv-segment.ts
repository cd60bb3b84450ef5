import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import type { CsvFacts } from './csv-facts.ts';
import { CsvScanner } from './csv-scanner.ts';
import { stripMark } from './encoding.ts';
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
export function scanSegment({ path, delimiter, width, from, to }: CsvSegment): SegmentFacts | undefined {
  const faults = new FaultList();
  const scanner = new CsvScanner(faults, delimiter);
  if (from > 0) scanner.resume(width);
  const bytes = readBytes(path, from, to);
  if (!bytes || !isUtf8(bytes)) return undefined;
  scanner.push(from > 0 ? bytes : stripMark(bytes));
  scanner.end();
  if (faults.total > 0) return undefined;
  const { records, longest, ending, isSteady, isEven, columns } = scanner;
  return { records, longest, ending, isSteady, isEven, columns };
}

/** Used again for part after part: to get new memory from the system takes as long as to walk over it. */
let kept = Buffer.alloc(0);

/**
 * The bytes, until others are read; undefined where the file ends before them, or cannot be read. Nothing else is done
 * meanwhile: a thread has nothing else to do.
 */
function readBytes(path: string, from: number, to: number): Buffer | undefined {
  const size = to - from;
  if (kept.length < size) kept = Buffer.allocUnsafeSlow(size);
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    for (let at = 0; at < size; ) {
      const read = readSync(file, kept, at, size - at, from + at);
      if (read === 0) return undefined;
      at += read;
    }
    return kept.subarray(0, size);
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
