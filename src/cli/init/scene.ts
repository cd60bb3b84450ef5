import { access, opendir, readFile, realpath } from 'node:fs/promises';
import { basename, join, posix, relative, resolve, sep } from 'node:path';
import { isInside } from '../../config/paths.ts';
import { detectFormat } from '../../engine/tables.ts';
import { describeFileFault, type Problem } from '../../errors.ts';
import { git, readGitState } from '../../github/git.ts';

/** The repository as it was found. */
export interface Scene {
  /** Absolute and real: the repository's, and the one where modelgate.yml goes. */
  readonly root: string;
  readonly folder: string;
  /** The way from the first to the second, with forward slashes; empty where they are one. */
  readonly way: string;
  readonly branch: string | undefined;
  /** Files that can be a test set, the likelier first, relative to `folder`. */
  readonly tables: readonly string[];
  /** Scripts that were found, relative to `folder`, with their text. */
  readonly train: Script | undefined;
  readonly predict: Script | undefined;
  /** What names the packages, by who installs them; relative to the repository, where a workflow installs. */
  readonly packages: Packages;
}

/** The surer ones first. */
export type Packages = Readonly<Record<'uv' | 'conda' | 'pip', string | undefined>>;

export interface Script {
  readonly path: string;
  readonly text: string;
}

/** Looks around. Where there is no repository to look at, adds why to `problems`, and answers with what there is. */
export async function readScene(given: string, problems: Problem[]): Promise<Scene> {
  let isThere = true;
  const folder = await realpath(resolve(given)).catch((error: unknown) => {
    const fault = describeFileFault(error);
    if (fault === undefined) throw error;
    isThere = false;
    problems.push({ found: `--folder ${given} cannot be used: ${fault}`, fix: 'Name a folder that is there.' });
    return resolve(given);
  });
  const { root: found, fault } = isThere ? await readGitState(folder) : { root: undefined };
  if (isThere && found === undefined) {
    const reason = fault === undefined ? 'is in no git repository' : `cannot be read by git: ${fault}`;
    const fix = 'Workflows run in a repository: `git init`, or name a folder of one with --folder.';
    problems.push({ found: `the folder ${given} ${reason}`, fix });
  }
  const root = found === undefined ? folder : await realpath(found);
  const way = isInside(root, folder) ? relative(root, folder).split(sep).join('/') : '';
  if (way.includes('${{')) {
    problems.push({ found: `the path ${way} would be evaluated in a workflow`, fix: 'Rename the folder.' });
  }
  return {
    root,
    folder,
    way,
    branch: found === undefined ? undefined : await findBranch(folder),
    tables: await findTables(folder),
    train: await readScript(folder, ['train.py', 'src/train.py', 'scripts/train.py']),
    predict: await readScript(folder, ['predict.py', 'src/predict.py', 'scripts/predict.py']),
    packages: await findPackages(root, way),
  };
}

/** The branch that pull requests go to: what origin says, what is usual, or else the one that is checked out. */
async function findBranch(folder: string): Promise<string | undefined> {
  const read = (...args: string[]) => git(folder, args).catch(() => '');
  const head = await read('symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD');
  if (head.startsWith('origin/')) return head.slice('origin/'.length);
  for (const name of ['main', 'master']) {
    for (const ref of [`refs/remotes/origin/${name}`, `refs/heads/${name}`]) {
      if (await read('rev-parse', '--verify', '--quiet', ref)) return name;
    }
  }
  return (await read('symbolic-ref', '--quiet', '--short', 'HEAD')) || undefined;
}

/** How deep and how far it is looked for files: data folders can hold millions. */
const MAX_DEPTH = 3;
const MAX_ENTRIES = 5000;

async function findTables(folder: string): Promise<string[]> {
  const found: string[] = [];
  let left = MAX_ENTRIES;
  const visit = async (path: string, depth: number): Promise<void> => {
    const entries = await opendir(join(folder, path)).catch(() => []);
    for await (const entry of entries) {
      left -= 1;
      if (left < 0) return;
      const way = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isFile() && detectFormat(entry.name)) found.push(way);
      else if (entry.isDirectory() && isData(entry.name, depth)) await visit(way, depth + 1);
    }
  };
  await visit('', 0);
  return found.filter((path) => rankTable(path) >= 0).sort((a, b) => rankTable(b) - rankTable(a) || (a < b ? -1 : 1));
}

function isData(name: string, depth: number): boolean {
  return depth === 0 ? /^(?:data|datasets?)$/i.test(name) : depth < MAX_DEPTH && !name.startsWith('.');
}

/** How likely a file is the test set, by its name; below 0 where it is something else. */
function rankTable(path: string): number {
  const name = basename(path).toLowerCase();
  if (/predict/.test(name)) return -1;
  const order = [/^test\./, /test/, /hold-?_?out/, /eval|labels?|truth/, /valid|\bdev\b/];
  const at = order.findIndex((pattern) => pattern.test(name));
  if (at >= 0) return order.length - at;
  return /train/.test(name) ? -1 : 0;
}

async function readScript(folder: string, paths: readonly string[]): Promise<Script | undefined> {
  const path = await findFirst(folder, paths);
  return path === undefined ? undefined : { path, text: await readFile(join(folder, path), 'utf8').catch(() => '') };
}

async function findPackages(root: string, way: string): Promise<Packages> {
  const near = (name: string) => [posix.join(way, name), name];
  return {
    // uv looks for it from the top of the repository, where the workflow calls it.
    uv: await findFirst(root, ['uv.lock']),
    conda: await findFirst(root, [...near('environment.yml'), ...near('environment.yaml')]),
    pip: await findFirst(root, near('requirements.txt')),
  };
}

async function findFirst(folder: string, paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const isThere = await access(join(folder, path)).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return undefined;
}
