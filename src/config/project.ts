import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import { UserMistake } from '../errors.ts';
import { findConfigProblems } from './consistency.ts';
import type { Folders } from './paths.ts';
import type { Locate } from './place.ts';
import { type Config, type DatasetConfig, Modelgate } from './schema/modelgate.ts';
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
  const depth = file.split('/').length - 1;
  const source = parseYaml<Config>(text, { file, schema: Modelgate, depth, findProblems: findConfigProblems });
  return { config: source.value, file, text, folder, root: top, locate: source.locate };
}

/** The data sets of a config, by name. */
export function listDatasets(config: Config): [name: string, dataset: DatasetConfig][] {
  const { checks: _checks, ...datasets } = config.data ?? {};
  return Object.entries(datasets as Record<string, DatasetConfig>);
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

async function readConfigText(absolute: string, asked: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(absolute));
  } catch (error) {
    if (error instanceof TypeError) {
      throw new UserMistake({ file: asked, found: 'this is not UTF-8 text', fix: 'Save the file as UTF-8.' });
    }
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new UserMistake(
      {
        file: asked,
        found: 'there is no such file',
        fix: 'Name the file with --config, or copy examples/penguins/modelgate.yml as a start.',
      },
      { cause: error },
    );
  }
}
