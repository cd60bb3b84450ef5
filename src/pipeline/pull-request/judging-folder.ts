import { mkdir, realpath } from 'node:fs/promises';
import posix from 'node:path/posix';
import { listMatches } from '../../config/glob.ts';
import type { Config } from '../../config/schema/modelgate.ts';
import { detectFormat } from '../../engine/tables.ts';
import type { FileDigest } from '../../evidence/schema/envelope.ts';
import type { Subject } from '../../github/subject.ts';
import { type CommitFiles, findEntries, fromRoot, listParents, type TreeEntry } from './commit-files.ts';
import type { JudgingConfig } from './judging-config.ts';
import { type JudgingPaths, listJudgingPaths } from './judging-paths.ts';
import { placeFromCheckout, placeFromCommit } from './placing.ts';
import { markTickFiles } from './tick-files.ts';

interface FolderInput {
  readonly files: CommitFiles;
  readonly subject: Subject;
  /** The working tree of the base, or of the head of a push. */
  readonly checkout: string;
  readonly judging: JudgingConfig;
  /** The modelgate.yml, from the root of the repository. */
  readonly file: string;
  /** A folder that is not there yet. */
  readonly target: string;
  /** What the training wrote, from the root of the repository. */
  readonly outputs: readonly string[];
}

/**
 * Lays out a folder of its own with everything that a model is judged by and on: contracts, labels, waivers and baselines
 * of the base; data sets, documents and checklists of the head, as git has them. What the head removed is not there.
 * Returns what may not be judged, each with its reason: links, submodules, LFS pointers, files out of measure.
 */
export async function layOutJudgingFolder(input: FolderInput): Promise<string[]> {
  const { files, subject, file, judging, target } = input;
  const paths = listJudgingPaths(judging.config, file);
  const { judging: judges, checklists } = paths;
  const judged = await expandPaths(input, paths);
  await mkdir(target, { recursive: true });
  const faults: string[] = [];
  const place = async (paths: readonly string[], choose: (path: string) => Promise<string | undefined>) => {
    for (const path of paths) {
      const fault = await choose(path);
      if (fault !== undefined) faults.push(fault);
    }
  };
  const fromCheckout = (path: string) => placeFromCheckout(input.checkout, path, target);
  const head = await findAll(files, subject.head.sha, [...judges, ...judged]);
  const fromHead = (path: string) => placeFromCommit(files, head, path, target);
  if (!subject.base) await place([...judges, ...judged], fromCheckout);
  else if (judging.side === 'head') await place([...judges, ...judged], fromHead);
  else {
    const base = await findAll(files, subject.base.sha, judged);
    await place(judges, fromCheckout);
    await place(judged, (path) => (isSameFile(base.get(path), head.get(path)) ? fromCheckout(path) : fromHead(path)));
  }
  await markTickFiles({ files, head: subject.head.sha, file, checklists, target, outputs: input.outputs });
  return faults;
}

/**
 * The files that patterns and folders of data sets stand for: those of the head, and of a checkout that is the head all
 * that lie there. What judges is not judged, even where a pattern covers it.
 */
async function expandPaths(input: FolderInput, { judging, judged, datasets }: JudgingPaths): Promise<string[]> {
  const { files, subject, checkout } = input;
  const found = await findEntries(files, subject.head.sha, datasets);
  const wide = datasets.filter((path) => found.get(path) === undefined || found.get(path)?.kind === 'folder');
  if (wide.length === 0) return [...judged];
  const kept = (await files.list(subject.head.sha)).map(({ path }) => path);
  const lying = subject.base ? [] : await listLying(checkout, wide);
  const parts = [...kept, ...lying].filter((file) => wide.some((path) => isPartOf(file, path)));
  const named = judged.filter((path) => !wide.includes(path) || found.get(path) === undefined);
  return [...new Set([...named, ...parts])].filter((path) => !judging.includes(path));
}

async function listLying(checkout: string, paths: readonly string[]): Promise<string[]> {
  const root = await realpath(checkout);
  const found = await Promise.all(
    paths.flatMap((path) => [path, `${path}/**`]).map((pattern) => listMatches({ folder: root, root }, pattern)),
  );
  return found.flat();
}

/** Whether a file lies below a folder that is a data set, or a pattern covers it. */
function isPartOf(file: string, path: string): boolean {
  if (path === '.' || file.startsWith(`${path}/`)) return detectFormat(file) !== undefined;
  return posix.matchesGlob(file, path);
}

/** The entries of some paths and of the folders around them. */
function findAll(
  files: CommitFiles,
  commit: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, TreeEntry>> {
  return findEntries(files, commit, [...paths, ...paths.flatMap(listParents)]);
}

/** What the checkout has already is not read from git: it may come from LFS. */
function isSameFile(one: TreeEntry | undefined, other: TreeEntry | undefined): boolean {
  return one?.kind === 'file' && other?.kind === 'file' && one.oid === other.oid;
}

/** Of the files that a candidate says it wrote, those that modelgate.yml declares, from the root of the repository. */
export function listOutputs({ train, evaluate }: Config, file: string, written: readonly FileDigest[]): string[] {
  const { model, history, metrics } = train?.outputs ?? {};
  const declared = [model, history, metrics, evaluate?.predictions?.path].flatMap((path) =>
    path === undefined ? [] : [fromRoot(file, path)],
  );
  const paths = written.map(({ path }) => fromRoot(file, path));
  return paths.filter((path) => declared.some((output) => path === output || path.startsWith(`${output}/`)));
}
