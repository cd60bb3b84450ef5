import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** Streams a file through sha256. Throws what the file system throws. */
export async function hashFile(path: string): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  const source = createReadStream(path, { highWaterMark: 4 * 1024 * 1024 });
  source.on('data', (chunk) => {
    size += chunk.length;
  });
  await pipeline(source, hash);
  return { sha256: `sha256:${hash.digest('hex')}`, size };
}
