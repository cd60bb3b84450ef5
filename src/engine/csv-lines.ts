import { CsvScanner } from './csv-scanner.ts';
import { readChunks, withoutMark } from './encoding.ts';
import { FaultList } from './fault-list.ts';
import type { Attendance } from './pace.ts';
import type { TableFile } from './table.ts';

/**
 * The lines on which some records of a sound CSV file begin, by the numbers of the records; both from 1, the header is
 * no record. Reads the file as far as the last of them.
 */
export async function findCsvLines(
  file: TableFile,
  records: readonly number[],
  attendance: Attendance = {},
): Promise<Map<number, number>> {
  const wanted = new Set(records);
  const lines = new Map<number, number>();
  const scanner = new CsvScanner(new FaultList(), file.csv?.delimiter, (record, line) => {
    if (wanted.has(record)) lines.set(record, line);
  });
  for await (const chunk of withoutMark(readChunks(file, attendance))) {
    scanner.push(chunk);
    if (lines.size === wanted.size) return lines;
  }
  scanner.end();
  return lines;
}
