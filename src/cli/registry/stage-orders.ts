import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { findConfigFile, readProject } from '../../config/project.ts';
import { listStageNames } from '../../config/stages.ts';
import { UserMistake } from '../../errors.ts';

/**
 * The stages of each modelgate.yml, by model; of the one in the folder, if there is one, where none is named. Throws
 * UserMistake where two are of one model.
 */
export async function readStageOrders(folder: string, given?: readonly string[]): Promise<Map<string, string[]>> {
  const paths = given ?? ((await isFile(join(folder, 'modelgate.yml'))) ? ['modelgate.yml'] : []);
  const orders = new Map<string, string[]>();
  for (const path of paths) {
    const { config, file } = await readProject(resolve(folder, path));
    if (orders.has(config.model)) {
      const found = `a second modelgate.yml is of the model \`${config.model}\``;
      throw new UserMistake({ file, found, fix: 'Name each model once.' });
    }
    orders.set(config.model, listStageNames(config));
  }
  return orders;
}

async function isFile(path: string): Promise<boolean> {
  return stat(await findConfigFile(path)).then(
    (found) => found.isFile(),
    () => false,
  );
}
