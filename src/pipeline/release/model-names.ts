import { posix } from 'node:path';
import type { FileDigest } from '../../evidence/schema/envelope.ts';

/** The artifact of the files of a model, as the workflow of pull requests names it. */
export function nameModelArtifact(model: string): string {
  return `modelgate-model-${model}`;
}

/**
 * The names that files have in an artifact, by their paths: those below the deepest folder that all have in common
 * (actions/upload-artifact, README: "the least common ancestor of all the search paths").
 */
export function nameInArtifact(files: readonly Pick<FileDigest, 'path'>[]): Map<string, string> {
  const paths = files.map(({ path }) => posix.normalize(path));
  let folder = posix.dirname(paths[0] ?? '.');
  const holds = (path: string) => folder === '.' || path.startsWith(`${folder}/`);
  while (!paths.every(holds)) folder = posix.dirname(folder);
  return new Map(files.map(({ path }) => [path, posix.relative(folder, posix.normalize(path))]));
}
