import { git } from './git.ts';

/** Objects as they are: none replaced, none fetched when it is missing, paths taken by the letter. */
export const OBJECTS = { GIT_NO_REPLACE_OBJECTS: '1', GIT_NO_LAZY_FETCH: '1', GIT_LITERAL_PATHSPECS: '1' };

/** What stands at a path of a commit. */
export interface TreeEntry {
  /** From the root of the repository. */
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'link' | 'submodule';
  /** The id of the git object. */
  readonly oid: string;
  /** Bytes; 0 of anything but a file and a link. */
  readonly size: number;
}

/** The commit that a name stands for; undefined when there is none. */
export async function resolveCommit(folder: string, name: string): Promise<string | undefined> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
  return (await git(folder, args, { environment: OBJECTS }).catch(unlessFault(1, 128))) || undefined;
}

/** The nearest commit that both come from; undefined when the history that is here shows none. */
export async function findMergeBase(folder: string, a: string, b: string): Promise<string | undefined> {
  const args = ['merge-base', checkSha(a), checkSha(b)];
  return (await git(folder, args, { environment: OBJECTS }).catch(unlessFault(1))) || undefined;
}

/** A commit and its first parents, as far as the history is here: the place in the list is the distance. */
export async function listFirstParents(folder: string, commit: string, limit: number): Promise<string[]> {
  const args = ['rev-list', '--first-parent', `--max-count=${Math.trunc(limit)}`, checkSha(commit)];
  const listed = await git(folder, args, { environment: OBJECTS });
  return listed === '' ? [] : listed.split('\n');
}

/**
 * Looks paths up in a commit, relative to its root and taken by the letter. What is not there is not in the list; what
 * lies behind a link is not there.
 */
export async function readTree(folder: string, commit: string, paths: readonly string[]): Promise<TreeEntry[]> {
  for (const path of paths) {
    const parts = path.split('/');
    if (parts.some((part) => part === '' || part === '.' || part === '..')) throw new Error(`No plain path: ${path}`);
  }
  if (paths.length === 0) return [];
  // Without -t, a folder is left out where something in it is asked for, too.
  const listed = await listEntries(folder, ['-t', checkSha(commit), '--', ...paths]);
  return listed.filter(({ path }) => paths.includes(path));
}

/** Every entry of a commit but folders. */
export async function listTree(folder: string, commit: string): Promise<TreeEntry[]> {
  return await listEntries(folder, ['-r', checkSha(commit)]);
}

async function listEntries(folder: string, args: readonly string[]): Promise<TreeEntry[]> {
  const listed = await git(folder, ['ls-tree', '-z', '-l', '--full-tree', ...args], { environment: OBJECTS });
  return listed.split('\0').filter(Boolean).map(parseEntry);
}

const KINDS: Readonly<Record<string, TreeEntry['kind']>> = {
  '120000': 'link',
  '160000': 'submodule',
  '040000': 'folder',
};

function parseEntry(record: string): TreeEntry {
  const [, mode, oid, size, path] = /^(\d{6}) \w+ ([0-9a-f]+) +(-|\d+)\t([\s\S]*)$/.exec(record) ?? [];
  if (mode === undefined || oid === undefined || path === undefined) throw new Error(`No entry of a tree: ${record}`);
  return { path, kind: KINDS[mode] ?? 'file', oid, size: size === '-' ? 0 : Number(size) };
}

/** A path that two commits hold otherwise. A file that was renamed is one removed and one added. */
export interface ChangedPath {
  readonly path: string;
  readonly change: 'added' | 'removed' | 'changed';
}

/** Compares the trees of two commits. */
export async function diffNames(folder: string, before: string, after: string): Promise<ChangedPath[]> {
  const plain = ['-r', '-z', '--name-status', '--no-renames', '--no-ext-diff', '--no-textconv'];
  const listed = await git(folder, ['diff-tree', ...plain, checkSha(before), checkSha(after)], {
    environment: OBJECTS,
  });
  const words = listed.split('\0');
  return Array.from({ length: Math.floor(words.length / 2) }, (_, index) => {
    const [letter, path = ''] = words.slice(index * 2);
    return { path, change: letter === 'A' ? 'added' : letter === 'D' ? 'removed' : 'changed' };
  });
}

/** The full id of an object: nothing else may stand where git could take it for an option. Throws otherwise. */
export function checkSha(sha: string): string {
  if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(sha)) throw new Error(`Not the id of an object: ${sha}`);
  return sha;
}

/** An empty answer where git ended with one of these codes: it found nothing. Anything else is thrown on. */
function unlessFault(...codes: readonly number[]): (error: unknown) => string {
  return (error) => {
    if (codes.includes(Number((error as { code?: unknown }).code))) return '';
    throw error;
  };
}
