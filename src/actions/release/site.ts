import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSite, writeSite } from '../../cli/registry/site-building.ts';
import { readStageOrders } from '../../cli/registry/stage-orders.ts';
import { resolveConfigPaths } from '../../pipeline/pull-request/config-paths.ts';
import type { Shell } from '../shell.ts';
import { readSiteInputs } from './inputs.ts';
import { openRegistry } from './opening.ts';

/** Builds the registry page of this repository into a folder. */
export async function runSite(shell: Shell): Promise<void> {
  const { configs, folder, title, token } = readSiteInputs(shell.getInput);
  const stages = await readStageOrders(shell.folder, configs && resolveConfigPaths(configs));
  const registry = await openRegistry(token, shell);
  const { serverUrl } = registry.context;
  const { facts, files } = await buildSite(registry, { serverUrl, stages, title, built: registry.now() });
  const path = folder === undefined ? await makeFolder(shell) : resolve(shell.folder, folder);
  await writeSite(path, files);
  const versions = facts.models.reduce((sum, model) => sum + model.versions.length, 0);
  const { head, models, unread } = facts;
  if (unread > 0) shell.progress.warn(`Events of a newer version of Modelgate are passed over (${unread}). Update it.`);
  shell.print(`${files.size} files for ${models.length} models, up to event ${head?.sequence ?? 0}: ${path}\n`);
  shell.setOutputs({ path, models: String(models.length), versions: String(versions) });
}

async function makeFolder({ environment }: Shell): Promise<string> {
  return await mkdtemp(join(environment['RUNNER_TEMP'] || tmpdir(), 'modelgate-site-'));
}
