import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { isInside } from '../config/paths.ts';
import type { Project } from '../config/project.ts';
import { type Problem, UserMistake } from '../errors.ts';
import type { FileDigest } from '../evidence/schema/envelope.ts';
import { digestFiles, followParents, isAbsent } from './files.ts';
import { listSources } from './sources.ts';

/** An output that modelgate.yml declares. */
export interface DeclaredOutput {
  readonly path: string;
  /** Where it is written in modelgate.yml. */
  readonly place: readonly (string | number)[];
  /** Whether a folder of files may stand for it. */
  readonly folder: boolean;
}

/** What stays where it is when outputs are cleared, by paths relative to modelgate.yml. */
export interface Kept {
  /** The folder of checkpoints; it may lie inside an output folder. */
  readonly checkpoints?: string | undefined;
  /** What else the run reads: the model, when predictions are made. */
  readonly needs?: readonly string[];
}

/**
 * Removes what an earlier run left of the declared outputs, and makes the folders that they go to, so that what lies
 * there afterwards is from this run. Throws UserMistake, and removes nothing, when an output lies outside the repository
 * or holds something that the run reads.
 */
export async function clearOutputs(
  project: Project,
  outputs: readonly DeclaredOutput[],
  kept: Kept = {},
): Promise<void> {
  const sources = [...(await listSources(project)), ...(kept.needs ?? [])];
  const checkpoints = kept.checkpoints && (await followParents(join(project.folder, kept.checkpoints)));
  const problems: Problem[] = [];
  for (const output of outputs) {
    const found = await findFault(project, output.path, { sources, checkpoints });
    if (found) problems.push({ ...project.locate(output.place), found, fix: 'Give the outputs a place of their own.' });
  }
  if (problems.length > 0) throw new UserMistake(problems);
  for (const { path } of outputs) {
    const absolute = await followParents(join(project.folder, path));
    await remove(absolute, checkpoints);
    await mkdir(dirname(absolute), { recursive: true });
  }
}

/** The outputs by content, checkpoints left out, and every reason why they do not count. One list of files an output. */
export async function digestOutputs(
  project: Project,
  outputs: readonly DeclaredOutput[],
  checkpoints?: string,
): Promise<{ readonly files: readonly FileDigest[][]; readonly faults: readonly string[] }> {
  const files: FileDigest[][] = [];
  const faults: string[] = [];
  for (const { path, folder } of outputs) {
    const digested = await digestFiles(project, path, checkpoints);
    const found = 'fault' in digested ? [] : digested.files;
    files.push(found);
    if ('fault' in digested) faults.push(digested.fault);
    else if (!folder && !(found.length === 1 && isSamePath(project, found[0]?.path ?? '', path))) {
      faults.push(`${path} is a folder, and a file is asked for`);
    } else if (found.every((file) => file.size === 0)) faults.push(`${path} is empty`);
  }
  return { files, faults };
}

function isSamePath(project: Project, left: string, right: string): boolean {
  return join(project.folder, left) === join(project.folder, right);
}

async function findFault(
  project: Project,
  path: string,
  others: { readonly sources: readonly string[]; readonly checkpoints: string | undefined },
): Promise<string | undefined> {
  const absolute = await followParents(join(project.folder, path));
  if (!isInside(project.root, absolute)) return `the output \`${path}\` leads out of the repository`;
  if (isInside(absolute, project.folder)) return `the output \`${path}\` holds modelgate.yml itself`;
  if (relative(project.root, absolute).split(sep).includes('.git')) return `the output \`${path}\` lies in .git`;
  if (absolute === others.checkpoints) return `the output \`${path}\` is also the folder of checkpoints`;
  for (const source of others.sources) {
    const needed = await followParents(join(project.folder, source));
    if (needed === absolute) return `the output \`${path}\` is also read by the run`;
    if (isInside(absolute, needed)) return `the output \`${path}\` holds ${source}, which the run reads`;
  }
  return undefined;
}

/** Removes a file, a link (not what it leads to) or a folder, but for a folder `kept` inside it. */
async function remove(absolute: string, kept: string | undefined): Promise<void> {
  if (absolute === kept) return;
  const entry = await lstat(absolute).catch((error: unknown) => {
    if (isAbsent(error)) return undefined;
    throw error;
  });
  if (entry?.isDirectory() && kept !== undefined && isInside(absolute, kept)) {
    for (const name of await readdir(absolute)) await remove(join(absolute, name), kept);
    return;
  }
  await rm(absolute, { recursive: true, force: true });
}
