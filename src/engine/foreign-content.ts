import { type Problem, UserMistake } from '../errors.ts';
import type { TableFile } from './table.ts';

/** How files begin that are no text, whatever they are called, and what they are. */
const BEGINNINGS: readonly (readonly [bytes: readonly number[], what: string])[] = [
  [[0x1f, 0x8b], 'is compressed with gzip'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'is compressed with zstd'],
  [[0x42, 0x5a, 0x68, 0x39, 0x31, 0x41, 0x59], 'is compressed with bzip2'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], 'is compressed with xz'],
  [[0x50, 0x4b, 0x03, 0x04], 'is a zip archive'],
  [[0x50, 0x41, 0x52, 0x31, 0x15], 'is Parquet'],
];
const UTF_16 = [
  [0xff, 0xfe],
  [0xfe, 0xff],
];

/** Throws UserMistake where the first bytes of a text file say that it is something else. Nothing is unpacked here. */
export function refuseForeign(head: Buffer, file: TableFile): void {
  const fault = findForeign(head, file);
  if (fault) throw new UserMistake({ file: file.name, ...fault });
}

function findForeign(head: Buffer, { format }: TableFile): Problem | undefined {
  if (UTF_16.some((mark) => startsWith(head, mark))) {
    const option = format === 'csv' ? ', or add `csv: { encoding: utf-16 }` to the data set' : '';
    return { found: 'this file is UTF-16', fix: `Save it as UTF-8${option}.` };
  }
  const [, what] = BEGINNINGS.find(([bytes]) => startsWith(head, bytes)) ?? [];
  if (what === undefined) return undefined;
  if (what === 'is Parquet') {
    return { found: `this file ${what}, and not ${format}`, fix: 'Call it .parquet, or set `format: parquet`.' };
  }
  return { found: `this file ${what}, and is not unpacked here`, fix: 'Unpack it before, or use Parquet.' };
}

function startsWith(head: Buffer, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => head[index] === byte);
}
