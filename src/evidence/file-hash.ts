import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';

/** Bytes that are read at a time; two such blocks are held, so that the next is read while one is hashed. */
const BLOCK = 2 * 1024 * 1024;

/** What hashing a file gives. `sha256` as `sha256:…`, `size` in bytes. */
export interface FileHash {
  readonly sha256: string;
  readonly size: number;
}

/** Bytes of a file from `start` on. */
export interface HashedPart {
  readonly start: number;
  readonly length: number;
}

/** Streams a file through sha256. Throws what the file system throws. */
export async function hashFile(path: string): Promise<FileHash> {
  const hash = createHash('sha256');
  const size = await readBlocks(path, (block) => hash.update(block));
  return { sha256: finish(hash), size };
}

/**
 * Reads a file once, for its own digest and for those of its parts, which follow one another from its beginning. Throws
 * an Error where they end elsewhere than the file.
 */
export async function hashParts(
  path: string,
  parts: readonly HashedPart[],
): Promise<FileHash & { readonly parts: readonly string[] }> {
  const whole = createHash('sha256');
  const digests: string[] = [];
  let part = createHash('sha256');
  let missing = parts[0]?.length ?? 0;
  const take = (block: Buffer) => {
    for (let from = 0; from < block.length; ) {
      const bytes = block.subarray(from, from + missing);
      if (bytes.length === 0) throw new Error(`${path} is longer than its parts`);
      part.update(bytes);
      from += bytes.length;
      missing -= bytes.length;
      if (missing > 0) continue;
      digests.push(finish(part));
      part = createHash('sha256');
      missing = parts[digests.length]?.length ?? 0;
    }
  };
  const size = await readBlocks(path, (block) => {
    whole.update(block);
    take(block);
  });
  if (digests.length !== parts.length) throw new Error(`${path} is shorter than its parts`);
  return { sha256: finish(whole), size, parts: digests };
}

function finish(hash: Hash): string {
  return `sha256:${hash.digest('hex')}`;
}

/** Hands over a file block by block; answers with its size in bytes. A block is valid only until `take` returns. */
async function readBlocks(path: string, take: (block: Buffer) => void): Promise<number> {
  const file = await open(path, 'r');
  // A small file needs no large blocks.
  const length = Math.min(BLOCK, Math.max((await file.stat()).size + 1, 4096));
  const blocks = [Buffer.allocUnsafe(length), Buffer.allocUnsafe(length)] as const;
  try {
    let size = 0;
    let next = read(file, blocks[0]);
    for (let turn = 1; ; turn++) {
      const block = await next;
      if (block.length === 0) return size;
      size += block.length;
      next = read(file, blocks[turn % 2] as Buffer);
      next.catch(() => {});
      take(block);
    }
  } finally {
    await file.close();
  }
}

async function read(file: FileHandle, block: Buffer): Promise<Buffer> {
  const { bytesRead } = await file.read(block, 0, block.length, null);
  return block.subarray(0, bytesRead);
}
