import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { listMatches } from '../config/glob.ts';
import { trimPath } from '../config/paths.ts';
import type { Project } from '../config/project.ts';
import { type Problem, UserMistake } from '../errors.ts';
import type { FileDigest } from '../evidence/schema/envelope.ts';
import { digestFiles } from './files.ts';

/** What a run leaves behind is never its input, even where a pattern such as `**` covers it. */
const OURS = ['.git', '.modelgate'];

/**
 * The files that `train.inputs` names, by content, sorted by path, each once. An entry is a file, a folder or a glob.
 * Declared outputs and checkpoints are left out of globs. Throws UserMistake with every entry that matches nothing, is
 * an output, or leaves the repository, each at its line.
 */
export async function digestInputs(project: Project): Promise<FileDigest[]> {
  const problems: Problem[] = [];
  const files = new Map<string, FileDigest>();
  for (const [index, entry] of (project.config.train?.inputs ?? []).entries()) {
    const found = await digestEntry(project, entry);
    if (typeof found === 'string') {
      const fix = 'Name a file, a folder or a glob of the repository, relative to modelgate.yml.';
      problems.push({ ...project.locate(['train', 'inputs', index]), found, fix });
    } else for (const file of found) files.set(file.path, file);
  }
  if (problems.length > 0) throw new UserMistake(problems);
  return [...files.values()].sort((left, right) => (left.path < right.path ? -1 : 1));
}

/** The paths that a training writes, as far as they are declared. */
function listProducts(project: Project): string[] {
  const { outputs, checkpoints } = project.config.train ?? {};
  const predictions = project.config.evaluate?.predictions?.path;
  return [outputs?.model, outputs?.history, outputs?.metrics, checkpoints, predictions]
    .filter((path) => path !== undefined)
    .map(trimPath);
}

async function digestEntry(project: Project, entry: string): Promise<FileDigest[] | string> {
  const products = listProducts(project);
  const paths = (await isThere(project, entry))
    ? [entry]
    : (await listMatches(project, entry)).filter((path) => !isUnder(path, products));
  if (paths.length === 0) return `the input \`${entry}\` matches no file`;
  const files: FileDigest[] = [];
  for (const path of paths) {
    const digested = await digestFiles(project, path);
    if ('fault' in digested) return `the input \`${entry}\` cannot be used: ${digested.fault}`;
    files.push(...digested.files.filter((file) => !isUnder(file.path, OURS)));
  }
  const product = files.find((file) => isUnder(file.path, products));
  if (product) return `the input \`${entry}\` holds ${product.path}, which the run itself writes`;
  return files.length > 0 ? files : `the input \`${entry}\` holds no file`;
}

async function isThere(project: Project, path: string): Promise<boolean> {
  return lstat(join(project.folder, path)).then(
    () => true,
    () => false,
  );
}

function isUnder(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path === folder || path.startsWith(`${folder}/`));
}
