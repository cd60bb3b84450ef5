import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** One commit of a repository, where workflows and actions come from. */
export interface Source {
  /** `owner/name`. */
  readonly repository: string;
  /** As `uses` names it, or the run's `github.ref`. */
  readonly ref: string;
  readonly sha: string;
  /** A text file by its path from the root; undefined when there is none. */
  readFile(path: string): string | undefined;
  /** A folder that holds the whole tree. */
  locate(): string;
}

/** A commit in a repository's git folder; `temporary` is where the tree goes when an action needs it. */
export function createCommitSource(
  commit: { readonly repository: string; readonly folder: string; readonly ref: string; readonly sha: string },
  temporary: string,
): Source {
  const { repository, folder, ref, sha } = commit;
  const git = (args: readonly string[]) => execFileSync('git', ['--git-dir', folder, ...args], GIT);
  return {
    repository,
    ref,
    sha,
    readFile(path) {
      // An empty answer is an empty listing: the commit is there, the file is not.
      const listed = git(['ls-tree', '--name-only', sha, '--', path]).toString().trim();
      return listed === '' ? undefined : git(['cat-file', 'blob', `${sha}:${path}`]).toString();
    },
    locate() {
      const tree = join(temporary, 'sources', `${repository.replace('/', '-')}-${sha}`);
      if (existsSync(tree)) return tree;
      mkdirSync(tree, { recursive: true });
      execFileSync('tar', ['-x', '-C', tree], { input: git(['archive', '--format=tar', sha]) });
      return tree;
    },
  };
}

const GIT = { maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'] };

/** A folder that stands for a repository at any ref; the commit's name is the ref when that is one, else made of it. */
export function createFolderSource(repository: string, ref: string, folder: string): Source {
  const sha = /^[0-9a-f]{40}$/.test(ref) ? ref : createHash('sha1').update(`${repository}@${ref}`).digest('hex');
  return {
    repository,
    ref,
    sha,
    readFile(path) {
      const file = join(folder, path);
      return existsSync(file) && statSync(file).isFile() ? readFileSync(file, 'utf8') : undefined;
    },
    locate: () => folder,
  };
}

/** A workflow that is given as text, in a repository that holds nothing else. */
export function createTextSource(source: Source | undefined, path: string, content: string): Source {
  return {
    repository: source?.repository ?? 'octo/example',
    ref: source?.ref ?? 'refs/heads/main',
    sha: source?.sha ?? '0'.repeat(40),
    readFile: (wanted) => (wanted === path ? content : source?.readFile(wanted)),
    locate() {
      if (!source) throw new Error('A workflow without a repository has no files beside it');
      return source.locate();
    },
  };
}
