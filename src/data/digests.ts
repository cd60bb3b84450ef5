import { computeSha256 } from '../evidence/digest.ts';
import type { FileHash } from '../evidence/file-hash.ts';
import { hashFiles } from '../evidence/parallel-hash.ts';
import type { DatasetSource } from './sources.ts';

/** The digest of a data set, and of its files where it is several. */
export interface DatasetDigest extends FileHash {
  readonly files?: readonly (FileHash & { readonly path: string })[];
}

/**
 * Digests a data set: the file, or the list of its files as `sha256sum` writes it. Large files in threads beside this one,
 * until the signal aborts. Throws what the file system throws.
 */
export async function digestDataset(
  { files, several }: Pick<DatasetSource, 'files' | 'several'>,
  signal?: AbortSignal,
): Promise<DatasetDigest> {
  const hashes = await hashFiles(
    files.map(({ path }) => path),
    { aside: true, ...(signal ? { signal } : {}) },
  );
  const hashed = files.map(({ shown }, index) => ({ path: shown, ...(hashes[index] as FileHash) }));
  const [only] = hashed;
  if (!several && only) return { sha256: only.sha256, size: only.size };
  const size = hashed.reduce((sum, file) => sum + file.size, 0);
  return { sha256: computeSha256(hashed.map(renderLine).join('')), size, files: hashed };
}

/** A line of `sha256sum` (GNU coreutils): where a name has a backslash or a line break, both are escaped and the line says so. */
function renderLine({ path, sha256 }: FileHash & { readonly path: string }): string {
  const escaped = path.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `${escaped === path ? '' : '\\'}${sha256.replace('sha256:', '')}  ${escaped}\n`;
}
