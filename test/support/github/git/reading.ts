import { GitFault, readGit, runGit } from './commands.ts';
import { remember } from './remembered.ts';

/** A commit as git has it. */
export interface CommitRecord {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: { readonly name: string; readonly email: string; readonly date: string };
  readonly committer: { readonly name: string; readonly email: string; readonly date: string };
  readonly message: string;
}

/** One file that differs between two commits. */
export interface FileChange {
  readonly path: string;
  readonly previous: string | undefined;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed';
  readonly additions: number;
  readonly deletions: number;
  /** The blob after the change, or before it for a file that is gone. */
  readonly blob: string;
  /** The hunks; undefined for binary files. */
  readonly patch: string | undefined;
}

const FORMAT = '%H%x00%T%x00%P%x00%an%x00%ae%x00%aI%x00%cn%x00%ce%x00%cI%x00%B%x01';
const NO_BLOB = /^0+$/;

/** Commits that a range names, newest first, those that touch `path` alone where it is given (`base..head`, or one name for everything that leads to it). */
export const listCommits: (folder: string, range: string, path?: string) => Promise<readonly CommitRecord[]> =
  remember(readCommits);

async function readCommits(folder: string, range: string, path?: string): Promise<readonly CommitRecord[]> {
  const paths = path === undefined ? [] : [path];
  const text = await readGit(folder, ['log', '--topo-order', `--format=${FORMAT}`, range, '--', ...paths]);
  return text
    .split('\x01')
    .map((entry) => entry.replace(/^\n/, ''))
    .filter((entry) => entry !== '')
    .map(parseCommit);
}

/** One commit. */
export const readCommit: (folder: string, sha: string) => Promise<CommitRecord> = remember(
  async (folder: string, sha: string) =>
    parseCommit((await readGit(folder, ['show', '--no-patch', `--format=${FORMAT}`, sha])).split('\x01')[0] ?? ''),
);

/** The nearest commit that both lead to; undefined without one. */
export const findMergeBase: (folder: string, one: string, other: string) => Promise<string | undefined> = remember(
  (folder: string, one: string, other: string) =>
    readGit(folder, ['merge-base', one, other]).catch((error: unknown) => {
      if (error instanceof GitFault && error.code === 1) return undefined;
      throw error;
    }),
);

/** The files that differ between two commits, by path. */
export const listChanges: (folder: string, before: string, after: string) => Promise<readonly FileChange[]> =
  remember(readChanges);

async function readChanges(folder: string, before: string, after: string): Promise<readonly FileChange[]> {
  const names = (await readGit(folder, ['diff', '--raw', '--numstat', '-M', '-z', '--abbrev=40', before, after])).split(
    '\0',
  );
  const changes: FileChange[] = [];
  const counts = new Map<string, [string, string]>();
  const raw: { status: string; path: string; previous: string | undefined; blob: string }[] = [];
  for (let index = 0; index < names.length; index += 1) {
    const entry = names[index] ?? '';
    if (entry.startsWith(':')) {
      const [, , old = '', now = '', status = ''] = entry.split(' ');
      const renamed = status.startsWith('R');
      const previous = renamed ? names[index + 1] : undefined;
      index += renamed ? 2 : 1;
      raw.push({ status: status.slice(0, 1), path: names[index] ?? '', previous, blob: NO_BLOB.test(now) ? old : now });
    } else if (entry !== '') {
      const [added = '-', removed = '-', path = ''] = entry.split('\t');
      if (path === '') index += 2;
      counts.set(path || (names[index] ?? ''), [added, removed]);
    }
  }
  for (const { status, path, previous, blob } of raw) {
    const [added, removed] = counts.get(path) ?? ['-', '-'];
    const binary = added === '-';
    const paths = previous === undefined ? [path] : [previous, path];
    const patch = binary ? '' : await readGit(folder, ['diff', '-M', before, after, '--', ...paths]);
    const start = patch.indexOf('\n@@');
    changes.push({
      path,
      previous,
      status: ({ A: 'added', D: 'removed', R: 'renamed' } as const)[status] ?? 'modified',
      additions: Number(binary ? 0 : added),
      deletions: Number(binary ? 0 : removed),
      blob,
      patch: start < 0 ? undefined : patch.slice(start + 1),
    });
  }
  return changes;
}

/** The bytes of a blob, a tree or a commit. */
export function readObject(folder: string, type: string, name: string): Promise<Buffer> {
  return runGit(folder, ['cat-file', type, name]);
}

/** An entry of a tree. */
export interface TreeEntry {
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly sha: string;
  /** In bytes; undefined for anything but files. */
  readonly size: number | undefined;
  readonly path: string;
}

/** The entries of a tree, of everything below it where `recursive`; `paths` narrows them. */
export async function listTree(
  folder: string,
  tree: string,
  options: { recursive?: boolean; path?: string } = {},
): Promise<TreeEntry[]> {
  const args = [
    'ls-tree',
    '-z',
    '-l',
    ...(options.recursive ? ['-r', '-t'] : []),
    tree,
    '--',
    ...(options.path ? [options.path] : []),
  ];
  return (await readGit(folder, args))
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const [head = '', path = ''] = [line.slice(0, line.indexOf('\t')), line.slice(line.indexOf('\t') + 1)];
      const [mode = '', type = 'blob', sha = '', size = '-'] = head.split(/ +/);
      return { mode, type: type as TreeEntry['type'], sha, size: size === '-' ? undefined : Number(size), path };
    });
}

function parseCommit(entry: string): CommitRecord {
  const [sha = '', tree = '', parents = '', an = '', ae = '', ad = '', cn = '', ce = '', cd = '', message = ''] =
    entry.split('\0');
  return {
    sha,
    tree,
    parents: parents === '' ? [] : parents.split(' '),
    author: { name: an, email: ae, date: toUtc(ad) },
    committer: { name: cn, email: ce, date: toUtc(cd) },
    message: message.replace(/\n$/, ''),
  };
}

function toUtc(date: string): string {
  return `${new Date(date).toISOString().slice(0, 19)}Z`;
}
