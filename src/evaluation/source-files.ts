import { realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute, relative, sep } from 'node:path';
import { isInside, resolveExisting } from '../config/paths.ts';
import type { Project } from '../config/project.ts';
import { detectFormat, type Format } from '../engine/tables.ts';
import { hashFile } from '../evidence/file-hash.ts';
import { describeError, type HashedSource, type Source, type Unmeasured } from './sources.ts';

/** Finds and hashes a file, for evidence that speaks of its content. */
export async function findSource(
  project: Project,
  path: string,
  role: string,
  place?: string,
): Promise<HashedSource | Unmeasured> {
  const source = await locateSource(project, path, role, undefined, place);
  if ('reason' in source) return source;
  return { ...source, digest: { path: source.shown, ...(await hashFile(source.path)) } };
}

/**
 * Finds a file: a path of modelgate.yml, or an absolute one, which may lie anywhere. `place` is where the file lies
 * instead. That it is missing, no file, or of no known format is an answer, not an exception.
 */
export async function locateSource(
  project: Project,
  path: string,
  role: string,
  given?: Format,
  place?: string,
): Promise<Source | Unmeasured> {
  try {
    const absolute = place ?? (isAbsolute(path) ? path : undefined);
    const real = absolute === undefined ? await resolveExisting(project, path) : await realpath(absolute);
    if (!(await stat(real)).isFile()) return { reason: `the ${role} file \`${path}\` is not a file` };
    const format = given ?? detectFormat(path) ?? detectFormat(real);
    if (!format) return { reason: `the ${role} file \`${path}\` is not named .csv, .parquet, .jsonl or .ndjson` };
    return { shown: nameFile(project, path, real), path: real, format };
  } catch (error) {
    return {
      reason: `the ${role} file \`${nameUnread(path)}\` cannot be read: ${describeError(error, place ?? path)}`,
    };
  }
}

/** Evidence names no place of this machine: an absolute path is cut to the repository, or to the file's name. */
function nameFile(project: Project, path: string, real: string): string {
  if (!isAbsolute(path)) return path;
  if (!isInside(project.folder, real)) return basename(real);
  return relative(project.folder, real).split(sep).join('/');
}

function nameUnread(path: string): string {
  return isAbsolute(path) ? basename(path) : path;
}
