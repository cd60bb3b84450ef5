import type { DatasetEvidence } from './schema/data.ts';
import type { FileDigest } from './schema/envelope.ts';

/** The files of a data set, each with its own digest: one, unless the data set is several; none of a table of a database. */
export function listDatasetFiles({ files, path, sha256, size }: DatasetEvidence): FileDigest[] {
  if (files) return files.map((file) => ({ path: file.path, sha256: file.sha256, size: file.size }));
  return path === null || sha256 === null || size === null ? [] : [{ path, sha256, size }];
}
