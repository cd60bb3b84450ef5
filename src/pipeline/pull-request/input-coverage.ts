import posix from 'node:path/posix';
import { listFileDatasets } from '../../config/project.ts';
import type { Config } from '../../config/schema/modelgate.ts';
import { fromRoot, type TreeEntry } from './commit-files.ts';

/** Whether the path of an entry is covered. */
type Covering = (path: string) => boolean;

/**
 * The entries of a commit that the training and the prediction may have read, sorted by path: what `train.inputs` names,
 * data sets and labels, files of reported numbers and of the rows that a threshold is chosen on, what the commands name, and
 * the scripts of the same kind beside and below a script that they name, which it may import. Where that cannot be told (no `train.inputs`, a command that names no file, a link), everything.
 */
export function coverInputs(entries: readonly TreeEntry[], file: string, config: Config): readonly TreeEntry[] {
  const sorted = [...entries].sort((one, other) => (one.path < other.path ? -1 : 1));
  const coverings = listCoverings(sorted, file, config);
  if (coverings === undefined) return sorted;
  const covered = sorted.filter(({ path }) => coverings.some((covers) => covers(path)));
  return covered.some(({ kind }) => kind !== 'file') ? sorted : covered;
}

/** Undefined where it cannot be told. */
function listCoverings(entries: readonly TreeEntry[], file: string, config: Config): Covering[] | undefined {
  const { train, evaluate } = config;
  const isDeclared = train === undefined ? evaluate?.run === undefined : train.inputs !== undefined;
  if (!isDeclared) return undefined;
  const point = evaluate?.['operating-point'];
  const named = [
    ...(train?.inputs ?? []),
    ...listFileDatasets(config).map(([, dataset]) => dataset.path),
    ...[evaluate?.labels?.path, evaluate?.predictions?.path].filter((path) => path !== undefined),
    ...(evaluate?.reported ?? []).map(({ path }) => path),
    ...(point ? [point.labels, point.predictions] : []),
  ];
  const commands = [train?.run, evaluate?.run].filter((run) => run !== undefined);
  const scripts = commands.map((run) => listNamed(entries, file, run));
  if (scripts.some((found) => found.length === 0)) return undefined;
  return [...named.map((path) => coverPattern(fromRoot(file, path))), ...scripts.flat()];
}

function coverPattern(pattern: string): Covering {
  return (path) => path === pattern || path.startsWith(`${pattern}/`) || posix.matchesGlob(path, pattern);
}

/** What the words of a command stand for: files, folders, and modules as in `python3 -m package.train`. */
function listNamed(entries: readonly TreeEntry[], file: string, run: string): Covering[] {
  const paths = new Set(entries.map(({ path }) => path));
  const words = new Set(run.split(/[\s'"=;&|<>()]+/).filter(Boolean));
  return [...words].flatMap((word) => {
    const path = fromRoot(file, word);
    const folder = coverFolder(path);
    return [
      ...(paths.has(path) ? [coverScript(path)] : []),
      ...(entries.some((entry) => folder(entry.path)) ? [folder] : []),
      ...coverModule(paths, file, word),
    ];
  });
}

/** A module is looked for from the folder of modelgate.yml, and so is what it imports. */
function coverModule(paths: ReadonlySet<string>, file: string, word: string): Covering[] {
  if (!/^\w+(\.\w+)*$/.test(word)) return [];
  const path = fromRoot(file, word.replaceAll('.', '/'));
  if (!paths.has(`${path}.py`) && !paths.has(`${path}/__main__.py`)) return [];
  return [coverScript(fromRoot(file, 'any.py'))];
}

function coverFolder(folder: string): Covering {
  return (path) => folder === '.' || path.startsWith(`${folder}/`);
}

/** A script, and what it may import: files with the same ending beside it and below. */
function coverScript(script: string): Covering {
  const ending = posix.extname(script);
  const isBelow = coverFolder(posix.dirname(script));
  return (path) => path === script || (ending !== '' && posix.extname(path) === ending && isBelow(path));
}
