import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
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
export async function scanSegment({ path, delimiter, width, from, to }: CsvSegment): Promise<SegmentFacts | undefined> {
  const faults = new FaultList();
  const scanner = new CsvScanner(faults, delimiter);
  if (from > 0) scanner.resume(width);
  const bytes = await readBytes(path, from, to);
  if (!bytes || !isUtf8(bytes)) return undefined;
  scanner.push(from > 0 ? bytes : stripMark(bytes));
  scanner.end();
  if (faults.total > 0) return undefined;
  const { records, longest, ending, isSteady, isEven, forms } = scanner;
  return { records, longest, ending, isSteady, isEven, forms };
}

/** Undefined where the file ends before them, or cannot be read. */
async function readBytes(path: string, from: number, to: number): Promise<Buffer | undefined> {
  const file = await open(path, 'r').catch(() => undefined);
  if (!file) return undefined;
  try {
    const bytes = Buffer.allocUnsafe(to - from);
    for (let at = 0; at < bytes.length; ) {
      const { bytesRead } = await file.read(bytes, at, bytes.length - at, from + at);
      if (bytesRead === 0) return undefined;
      at += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}
