import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UserMistake } from '../errors.ts';
import { streamGit } from './git.ts';
import { checkSha, OBJECTS } from './objects.ts';

export interface WrittenBlob {
  /** Bytes. */
  readonly size: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** Five minutes: a large file of a slow disk. */
const PATIENCE_MS = 5 * 60_000;

/**
 * Writes a blob, as it was committed, to a file that is not there yet: no filter of the repository and no program runs.
 * Throws a UserMistake when it is larger than the limit, in bytes; the file is gone then.
 */
export async function writeBlob(folder: string, oid: string, file: string, limit: number): Promise<WrittenBlob> {
  try {
    return await readStream(folder, oid, limit, createWriteStream(file, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') await rm(file, { force: true });
    throw error;
  }
}

/** The bytes of a blob. Throws a UserMistake when they are more than the limit. */
export async function readBlob(folder: string, oid: string, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const collect = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  await readStream(folder, oid, limit, collect);
  return Buffer.concat(chunks);
}

async function readStream(folder: string, oid: string, limit: number, target: Writable): Promise<WrittenBlob> {
  const args = ['cat-file', 'blob', checkSha(oid)];
  const child = streamGit(folder, args, { environment: OBJECTS, patience: PATIENCE_MS });
  const ended = new Promise<number | null>((resolve, reject) => child.on('close', resolve).on('error', reject));
  ended.catch(() => {});
  const hash = createHash('sha256');
  let size = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      hash.update(chunk);
      done(size > limit ? new UserMistake({ found: `the blob ${oid} has more than ${limit} bytes` }) : null, chunk);
    },
  });
  try {
    child.stderr?.resume();
    if (!child.stdout) throw new Error('git has no standard output');
    await pipeline(child.stdout, count, target);
    const code = await ended;
    if (code !== 0) throw new Error(`git cat-file ended with ${code} on the blob ${oid}`);
  } finally {
    child.kill();
  }
  return { size, sha256: hash.digest('hex') };
}

/** A file that Git LFS keeps elsewhere: what lies in git is a note of its digest and its size in bytes. */
export interface LfsPointer {
  readonly sha256: string;
  readonly size: number;
}

/** Reads such a note (git-lfs specification, version 1); undefined of anything else. A note has under 1,024 bytes. */
export function parseLfsPointer(text: string): LfsPointer | undefined {
  if (text.length >= 1024 || !text.startsWith('version https://git-lfs.github.com/spec/v1\n')) return undefined;
  const [, sha256] = /^oid sha256:([0-9a-f]{64})$/m.exec(text) ?? [];
  const [, size] = /^size (\d+)$/m.exec(text) ?? [];
  return sha256 !== undefined && size !== undefined ? { sha256, size: Number(size) } : undefined;
}
