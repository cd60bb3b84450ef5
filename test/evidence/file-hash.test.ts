import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashFile, hashParts } from '../../src/evidence/file-hash.ts';
import { hashFiles } from '../../src/evidence/parallel-hash.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hash-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const MIB = 1024 * 1024;

/** Bytes that repeat with a prime number, so that no two blocks or parts are alike. */
const PATTERN = Buffer.from(Uint8Array.from({ length: 65_537 }, (_, index) => (index * 31 + (index >>> 9)) & 255));

function fill(length: number): Buffer {
  return length === 0 ? Buffer.alloc(0) : Buffer.alloc(length, PATTERN);
}

/** sha256 of bytes in memory, by Node's own. */
function digest(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

async function write(name: string, bytes: Buffer): Promise<string> {
  await writeFile(join(folder, name), bytes);
  return join(folder, name);
}

test.each([0, 1, 2 * MIB - 1, 2 * MIB, 2 * MIB + 1, 5 * MIB + 7])('the digest of %i bytes', async (length) => {
  const bytes = fill(length);
  expect(await hashFile(await write(`one-${length}`, bytes))).toEqual({ sha256: digest(bytes), size: length });
});

test.each([
  [10, [4, 4, 2]],
  [5 * MIB, [2 * MIB, 2 * MIB, MIB]],
  [5 * MIB, [3 * MIB + 5, 2 * MIB - 5]],
  [6, [6]],
  [0, []],
])('a file of %i bytes and its parts, read once', async (length, lengths) => {
  const bytes = fill(length);
  let start = 0;
  const parts = lengths.map((one) => {
    start += one;
    return { start: start - one, length: one };
  });
  const hashed = await hashParts(await write(`parts-${length}`, bytes), parts);
  expect(hashed).toMatchObject({ sha256: digest(bytes), size: length });
  expect(hashed.parts).toEqual(parts.map((part) => digest(bytes.subarray(part.start, part.start + part.length))));
});

test('parts that are not the file are refused', async () => {
  const file = await write('short', fill(10));
  await expect(hashParts(file, [{ start: 0, length: 9 }])).rejects.toThrow('longer than its parts');
  await expect(hashParts(file, [{ start: 0, length: 11 }])).rejects.toThrow('shorter than its parts');
});

test('several files are hashed in threads, in the order of their paths', async () => {
  const contents = [40, 30, 3].map((size) => fill(size * MIB));
  const paths = await Promise.all(contents.map((bytes, index) => write(`many-${index}`, bytes)));
  const hashes = await hashFiles(paths, { workers: 2 });
  expect(hashes).toEqual(contents.map((bytes) => ({ sha256: digest(bytes), size: bytes.length })));
});

test('a file that is not there is told, from a thread too', async () => {
  const large = await write('large', fill(70 * MIB));
  await expect(hashFiles([large, join(folder, 'gone')], { workers: 2 })).rejects.toThrow(/ENOENT.*gone/);
  await expect(hashFiles([join(folder, 'gone')])).rejects.toThrow(/ENOENT.*gone/);
});
