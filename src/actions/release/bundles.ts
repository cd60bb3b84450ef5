import { readFile } from 'node:fs/promises';
import { describeFileFault, UserMistake } from '../../errors.ts';
import { hashFile } from '../../evidence/file-hash.ts';
import type { LocalFile } from '../../registry/model-store.ts';

/** The media type of a bundle of Sigstore's, version 0.3 (sigstore/protobuf-specs). */
const MEDIA_TYPE = 'application/vnd.dev.sigstore.bundle.v0.3+json';

/** A bundle that actions/attest wrote, and what it is about. */
export interface NamedBundle {
  readonly about: 'provenance' | 'verdict';
  readonly file: string;
}

/** Describes a bundle as the asset that it becomes. Throws UserMistake when it is not there, or is no JSON. */
export async function describeBundle({ about, file }: NamedBundle): Promise<LocalFile> {
  try {
    JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    const found = `the bundle of the ${about} cannot be read: ${describeFileFault(cause) ?? 'it is no JSON'}`;
    throw new UserMistake({ file, found, fix: 'Hand on the output bundle-path of actions/attest.' }, { cause });
  }
  return { path: `${about}.sigstore.json`, file, mediaType: MEDIA_TYPE, ...(await hashFile(file)) };
}
