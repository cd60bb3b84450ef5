import { createHash } from 'node:crypto';
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
