import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../support/program.ts';

const FOLDER = 'examples/penguins';

/** The files of the penguins example by their path, as they are committed: a model that trains in a second. */
export async function listProjectFiles(): Promise<Record<string, string>> {
  const listed = execFileSync('git', ['ls-files', '-z', '--', FOLDER], { cwd: ROOT, encoding: 'utf8' });
  const paths = listed.split('\0').filter(Boolean);
  const read = paths.map(async (path) => [path.slice(FOLDER.length + 1), await readFile(join(ROOT, path), 'utf8')]);
  return Object.fromEntries(await Promise.all(read));
}
