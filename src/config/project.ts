import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { describeFileFault, UserMistake } from '../errors.ts';
import { findConfigProblems } from './consistency.ts';
import type { Folders } from './paths.ts';
import type { Locate } from './place.ts';
import {
  type Config,
  type DatasetConfig,
  type FileDatasetConfig,
  Modelgate,
  type TableDatasetConfig,
} from './schema/modelgate.ts';
import { parseYaml } from './yaml-document.ts';

/** A `modelgate.yml` that was read and found right, and where it lies. */
export interface Project extends Folders {
  readonly config: Config;
  /** The file as messages and annotations name it: relative to the repository, with forward slashes. */
  readonly file: string;
  /** The text as it was read; evidence names it by its digest. */
  readonly text: string;
  readonly locate: Locate;
}

/**
 * Reads and checks a `modelgate.yml`. Throws UserMistake with everything that is wrong in it.
 * `root` is the repository's folder, or undefined outside git: then the folder of the file stands for it.
 */
export async function readProject(path: string, root?: string): Promise<Project> {
  const absolute = await findConfigFile(path);
  const text = await readConfigText(absolute, path);
  const folder = await realpath(dirname(absolute));
  const top = root === undefined ? folder : await realpath(root);
  const file = relative(top, resolve(folder, basename(absolute)))
    .split(sep)
    .join('/');
  return { ...parseConfig(text, file), file, text, folder, root: top };
}

/**
 * Parses and checks the text of a `modelgate.yml`. `file` is its path in the repository, with forward slashes: messages
 * name it, and it says how far up its paths may lead. Throws UserMistake with everything that is wrong in it.
 */
export function parseConfig(text: string, file: string): { config: Config; locate: Locate } {
  const depth = file.split('/').length - 1;
  const beginning = 'Start with `version: 1` and `model: NAME`.';
  const rules = { schema: Modelgate, findProblems: findConfigProblems };
  const source = parseYaml<Config>(text, { file, depth, beginning, ...rules });
  return { config: source.value, locate: source.locate };
}

/** The data sets of a config, by name. */
export function listDatasets(config: Config): [name: string, dataset: DatasetConfig][] {
  const { checks: _checks, ...datasets } = config.data ?? {};
  return Object.entries(datasets as Record<string, DatasetConfig>);
}

/** The data sets that are files, by name. */
export function listFileDatasets(config: Config): [name: string, dataset: FileDatasetConfig][] {
  return listDatasets(config).filter((entry): entry is [string, FileDatasetConfig] => entry[1].path !== undefined);
}

/** The data sets that are tables of a database, by name. */
export function listTableDatasets(config: Config): [name: string, dataset: TableDatasetConfig][] {
  return listDatasets(config).filter(
    (entry): entry is [string, TableDatasetConfig] => entry[1].engine !== undefined && entry[1].table !== undefined,
  );
}

/** The absolute path of the file that a path means: a folder stands for the `modelgate.yml` in it. */
export async function findConfigFile(path: string): Promise<string> {
  const given = resolve(path);
  return (await isFolder(given)) ? resolve(given, 'modelgate.yml') : given;
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}

const START = 'Name the file with --config (the input `config`), or write a first one with `modelgate init`.';

async function readConfigText(absolute: string, asked: string): Promise<string> {
  const isNamed = resolve(asked) === absolute;
  const file = isNamed ? asked : join(asked, basename(absolute));
  let bytes: Uint8Array;
  try {
    // Reading a pipe would wait for ever.
    const entry = await stat(absolute);
    if (!entry.isFile() && !entry.isDirectory()) {
      throw new UserMistake({ file, found: 'this is neither a file nor a folder', fix: START });
    }
    bytes = await readFile(absolute);
  } catch (error) {
    if (error instanceof UserMistake) throw error;
    const fault = describeFileFault(error);
    if (fault === undefined) throw error;
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw new UserMistake({ file, found: `this file cannot be read: ${fault}`, fix: START }, { cause: error });
    }
    const problem = isNamed
      ? { file, found: 'there is no such file', fix: START }
      : { found: `there is no modelgate.yml in ${asked}`, fix: START };
    throw new UserMistake(problem, { cause: error });
  }
  return decodeConfig(bytes, file);
}

/** The text of a `modelgate.yml`. Throws UserMistake on what is not UTF-8. */
export function decodeConfig(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new UserMistake({ file, found: 'this is not UTF-8 text', fix: 'Save the file as UTF-8.' }, { cause: error });
  }
}
