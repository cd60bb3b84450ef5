import { renderCanonical } from '../../evidence/canonical.ts';
import type { LocalFile } from '../model-store.ts';

/** The file that says where a copy came from, and which files are ours to replace. */
export const POINTER = 'modelgate.json';
/** A pointer of 10,000 files with long names stays below this. Bytes. */
export const POINTER_LIMIT = 16 * 1024 * 1024;

export interface PointerFacts {
  readonly model: string;
  readonly version: string;
  readonly contentDigest: string;
  readonly releaseUrl: string;
}

/** Renders the pointer of a version; the same facts give the same bytes. */
export function renderPointer(facts: PointerFacts, files: readonly LocalFile[]): string {
  const { model, version, contentDigest, releaseUrl } = facts;
  const listed = files.map(({ path, sha256, size }) => ({ path, sha256, size }));
  return renderCanonical({ model, version, contentDigest, release: releaseUrl, files: listed });
}

/** The paths of the files that the pointer of the version before names; none where it is not one of ours. */
export function readPointedFiles(text: string): string[] {
  try {
    const { files } = JSON.parse(text) as { files?: { path?: unknown }[] };
    return (Array.isArray(files) ? files : []).flatMap((file) => (typeof file?.path === 'string' ? [file.path] : []));
  } catch {
    return [];
  }
}
