import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import { messageOf, UserMistake } from '../../errors.ts';

/** A trusted root is some 10 kB; GitHub's command line writes two of them. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Reads the keys and authorities that signatures are believed by: one trusted root of Sigstore's as JSON, or several, one a
 * line, as `gh attestation trusted-root` writes them. Throws UserMistake of anything else.
 */
export async function readTrustRoots(path: string): Promise<TrustedRoot[]> {
  const refuse = (found: string) =>
    new UserMistake({ file: path, found, fix: 'Write it with: gh attestation trusted-root > trusted-root.jsonl' });
  const text = await readFile(path, 'utf8');
  if (text.length > MAX_BYTES) throw refuse('this is too large for a trusted root');
  try {
    const roots = parseDocuments(text).map((value) => TrustedRoot.fromJSON(value));
    if (roots.some((root) => root.certificateAuthorities.length === 0)) throw new Error('it names no authority');
    return roots;
  } catch (error) {
    throw refuse(`this is no trusted root of Sigstore's: ${messageOf(error)}`);
  }
}

function parseDocuments(text: string): unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line) as unknown);
  }
}

/**
 * Fetches the trusted root of Sigstore's public instance from its own repository (TUF): the only host beside GitHub's that
 * verifying ever asks. `cache` is a folder for what was fetched. Throws UserMistake when it cannot be had.
 */
export async function fetchTrustRoot(cache: string, mirror?: string): Promise<TrustedRoot[]> {
  const { getTrustedRoot } = await import('@sigstore/tuf');
  const options = { cachePath: join(cache, 'sigstore'), ...(mirror !== undefined && { mirrorURL: mirror }) };
  try {
    return [await getTrustedRoot(options)];
  } catch (error) {
    const found = `the trusted root of Sigstore's could not be fetched: ${messageOf(error)}`;
    throw new UserMistake({ found, fix: 'Check the network, or name a file with --trusted-root.' }, { cause: error });
  }
}
