import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { UserMistake } from '../errors.ts';
import { readChunks } from './encoding.ts';
import type { Attendance } from './pace.ts';
import type { TableFile } from './table.ts';

/** What a text file may be written in besides UTF-8. */
export type ForeignEncoding = 'latin-1' | 'utf-16';

/**
 * Writes a text file again as UTF-8, without a byte order mark: the engine's own decoders stop at characters beyond U+FFFF
 * and read big-endian UTF-16 as nothing (1.5.5). Lines stay lines. Throws UserMistake with the line of the first bytes
 * that are no character.
 */
export async function recodeFile(
  file: TableFile,
  encoding: ForeignEncoding,
  target: string,
  attendance: Attendance = {},
): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const texts = encoding === 'latin-1' ? decodeLatin1(file, attendance) : decodeUtf16(file, attendance);
  await pipeline(texts, createWriteStream(target, { flags: 'wx', mode: 0o600 }));
}

/** ISO 8859-1. Its bytes from 80 to 9F are control characters that no text has: it is another encoding that uses them. */
async function* decodeLatin1(file: TableFile, attendance: Attendance): AsyncGenerator<Buffer> {
  let line = 1;
  let first = true;
  for await (const chunk of readChunks(file, attendance)) {
    const mark = first ? chunk.subarray(0, 3).toString('hex') : '';
    first = false;
    if (mark === 'efbbbf') refuse(file, 1, 'this file is UTF-8: it begins with its byte order mark', LEAVE_OUT);
    if (/^(fffe|feff)/.test(mark))
      refuse(file, 1, 'this file is UTF-16: it begins with its byte order mark', SAY_UTF16);
    const text = chunk.toString('latin1');
    const place = text.search(/[\x80-\x9f]/);
    if (place !== -1) {
      const byte = text.charCodeAt(place).toString(16).toUpperCase();
      const found = `the byte ${byte} in this line is no character of Latin-1`;
      refuse(
        file,
        line + countLines(text.slice(0, place)),
        found,
        'Save the file as UTF-8 (it may be Windows-1252 now).',
      );
    }
    line += countLines(text);
    yield Buffer.from(text, 'utf8');
  }
}

async function* decodeUtf16(file: TableFile, attendance: Attendance): AsyncGenerator<Buffer> {
  let line = 1;
  let rest: Buffer = Buffer.alloc(0);
  let swaps: boolean | undefined;
  for await (const chunk of readChunks(file, attendance)) {
    const bytes = Buffer.concat([rest, chunk]);
    let start = 0;
    if (swaps === undefined && bytes.length >= 2) {
      swaps = isBigEndian(bytes, file);
      if (/^(fffe|feff)/.test(bytes.subarray(0, 2).toString('hex'))) start = 2;
    }
    const end = bytes.length - countUnfinished(bytes, swaps ?? false);
    const text = decodeUnits(bytes.subarray(start, Math.max(start, end)), swaps ?? false);
    rest = bytes.subarray(Math.max(start, end));
    if (LONE.test(text)) refuseBroken(file, line, text);
    line += countLines(text);
    yield Buffer.from(text, 'utf8');
  }
  if (rest.length > 0) refuse(file, line, 'the file ends in the middle of a character', 'Save the file again.');
}

/** By the byte order mark; without one by where the zero byte of the first character stands, for headers are mostly ASCII. */
function isBigEndian(bytes: Buffer, file: TableFile): boolean {
  const [one = 0, two = 0] = bytes;
  if (one === 0xff && two === 0xfe) return false;
  if (one === 0xfe && two === 0xff) return true;
  if ((one === 0) !== (two === 0)) return one === 0;
  refuse(file, 1, 'this file is not UTF-16', 'Leave `csv.encoding` out where the file is UTF-8.');
}

/** An odd byte, and the first half of a pair, wait for the next piece. */
function countUnfinished(bytes: Buffer, swaps: boolean): number {
  const odd = bytes.length % 2;
  if (bytes.length - odd < 2) return odd;
  const high = bytes[bytes.length - odd - (swaps ? 2 : 1)] ?? 0;
  return (high & 0xfc) === 0xd8 ? odd + 2 : odd;
}

function decodeUnits(bytes: Buffer, swaps: boolean): string {
  return swaps ? Buffer.from(bytes).swap16().toString('utf16le') : bytes.toString('utf16le');
}

function refuseBroken(file: TableFile, line: number, text: string): never {
  const place = text.search(LONE);
  const fix = 'Save the file again.';
  refuse(file, line + countLines(text.slice(0, place)), 'half of a character (a lone surrogate) in this line', fix);
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

/** Half of a character of two units, without its other half. */
const LONE = /\p{Cs}/u;

const LEAVE_OUT = 'Leave `csv.encoding` out.';
const SAY_UTF16 = 'Set `csv.encoding` to utf-16.';

function refuse({ name }: TableFile, line: number, found: string, fix: string): never {
  throw new UserMistake({ file: name, line, found, fix });
}
