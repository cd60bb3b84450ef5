import { dirname, join } from 'node:path';
import { type Project, readProject } from '../../config/project.ts';
import { suggest } from '../../config/suggestion.ts';
import { UserMistake } from '../../errors.ts';
import { resolveConfigPaths } from '../../pipeline/pull-request/config-paths.ts';
import type { Shell } from '../shell.ts';

/**
 * Reads the modelgate.yml of a model in a checkout; of the only one where no model is named. Throws UserMistake where the
 * name is needed or not known.
 */
export async function findProject(shell: Shell, configs: readonly string[], model: string): Promise<Project> {
  const paths = resolveConfigPaths(configs);
  const projects = await Promise.all(paths.map((path) => readProject(join(shell.folder, path), shell.folder)));
  const [only, second] = projects;
  if (model === '' && only && !second) return only;
  const found = projects.filter(({ config }) => config.model === model);
  if (found[0] && !found[1]) return found[0];
  const names = projects.map(({ config }) => config.model);
  if (model === '') {
    throw new UserMistake({
      found: 'there are several models, and none is named',
      fix: `Name one: ${names.join(', ')}.`,
    });
  }
  const fault =
    found.length > 1 ? `several configurations are of the model ${model}` : `there is no model \`${model}\``;
  throw new UserMistake({ found: fault, fix: suggest(model, names) });
}

/** The folder of a modelgate.yml from the root of the repository; empty for the root. */
export function nameFolder({ file }: Pick<Project, 'file'>): string {
  const folder = dirname(file);
  return folder === '.' ? '' : folder;
}
