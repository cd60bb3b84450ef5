import { UserMistake } from '../errors.ts';
import { quoteLiteral } from './sql.ts';
import type { TableFile } from './table.ts';

/** What the engine takes for a part of a pattern, in the names of folders too. */
const PATTERN = /[*?[]/g;

/** A path as the engine's readers take it: as that file, where it could stand for others. */
export function escapePath(path: string): string {
  return path.replaceAll(PATTERN, '[$&]');
}

/** The same as SQL. */
export function quotePath(path: string): string {
  return quoteLiteral(escapePath(path));
}

/** The paths that the engine must be allowed to open for a file: it asks for the pattern, and then for what matches. */
export function listOpened(path: string): string[] {
  return [...new Set([path, escapePath(path)])];
}

/** A backslash before a pattern cannot be said: the engine drops it where the name of a file has it. */
export function refusePattern(file: TableFile): void {
  const pattern = file.path.match(PATTERN)?.[0];
  if (pattern === undefined || !file.path.includes('\\')) return;
  throw new UserMistake({
    file: file.name,
    found: `the path of this file (${file.path}) has a ${pattern} and a backslash in it, and so could stand for other files`,
    fix: 'Rename the file or the folder so that its path has no backslash, or none of * ? [ in it.',
  });
}
