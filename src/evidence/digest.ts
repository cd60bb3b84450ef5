import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { renderCanonical } from './canonical.ts';
import type { EvidenceDocument } from './document.ts';

/** The sha256 of bytes or of a text in UTF-8, as `sha256:…`. */
export function computeSha256(content: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/**
 * The digest by which other documents name this one: sha256 of its canonical text without `created` and `timing`.
 * So two runs on the same inputs agree on every digest, whatever the clock said.
 */
export function computeDigest(document: EvidenceDocument): string {
  const { created: _created, timing: _timing, ...content } = document;
  return computeSha256(renderCanonical(content));
}

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
