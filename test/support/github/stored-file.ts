import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Bytes that lie on the disk. Blocks of zeros take no room there, so a file may be larger than the disk. */
export interface StoredFile {
  readonly file: string;
  readonly size: number;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly sha256: string;
}

const ZEROS = Buffer.alloc(256 * 1024);

/** Writes what comes to a file, and computes its digest on the way. Throws when it ends too early. */
export async function storeStream(source: AsyncIterable<Buffer>, file: string): Promise<StoredFile> {
  mkdirSync(dirname(file), { recursive: true });
  const hash = createHash('sha256');
  const handle = await open(file, 'w');
  let size = 0;
  try {
    for await (const chunk of source) {
      hash.update(chunk);
      const empty = chunk.length <= ZEROS.length && chunk.equals(ZEROS.subarray(0, chunk.length));
      if (!empty) await handle.write(chunk, 0, chunk.length, size);
      size += chunk.length;
    }
    await handle.truncate(size);
  } finally {
    await handle.close();
  }
  return { file, size, sha256: `sha256:${hash.digest('hex')}` };
}

/** The bytes of a small one. */
export function readStored({ file }: StoredFile): Buffer {
  return readFileSync(file);
}
