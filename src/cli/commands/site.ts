import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { findConfigFile, readProject } from '../../config/project.ts';
import { listStageNames } from '../../config/stages.ts';
import { UserMistake } from '../../errors.ts';
import { renderCanonical } from '../../evidence/canonical.ts';
import { EXIT } from '../../failure.ts';
import { formatAmount, formatSize } from '../../report/numbers.ts';
import type { Terminal } from '../command.ts';
import { openRegistry } from '../registry/opening.ts';
import { buildSite, writeSite } from '../registry/site-building.ts';

/** The flags of `site`, as commander reads them. */
export interface SiteFlags {
  readonly to: string;
  readonly title?: string;
  readonly repository?: string;
  /** Each modelgate.yml whose stages are shown in their order. */
  readonly config?: readonly string[];
  readonly json?: boolean;
}

/** Writes the registry as a static site into a folder. */
export async function runSite(terminal: Terminal, flags: SiteFlags): Promise<number> {
  const stages = await readStageOrders(flags.config);
  const registry = await openRegistry(terminal, flags);
  const serverUrl = terminal.environment['GITHUB_SERVER_URL'] || 'https://github.com';
  const { facts, files } = await buildSite(registry, { serverUrl, stages, title: flags.title, built: new Date() });
  const folder = resolve(flags.to);
  await writeSite(folder, files);
  const bytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const versions = facts.models.reduce((sum, model) => sum + model.versions.length, 0);
  const { head, unread } = facts;
  if (unread > 0)
    terminal.progress.warn(`Events of a newer version of Modelgate are passed over (${unread}). Update it.`);
  if (flags.json) {
    const ledger = head ?? null;
    terminal.print(
      renderCanonical({ folder, files: files.size, bytes, models: facts.models.length, versions, ledger }),
    );
  } else {
    const shown = `${formatAmount(facts.models.length, 'model')}, ${formatAmount(versions, 'version')}`;
    terminal.print(`${folder}: ${shown}; ${formatAmount(files.size, 'file')}, ${formatSize(bytes)}.`);
  }
  return EXIT.pass;
}

/** The stages of each modelgate.yml, by model; of the one in the working folder, if there is one, where none is named. */
async function readStageOrders(given: readonly string[] | undefined): Promise<Map<string, string[]>> {
  const paths = given ?? ((await isFile('modelgate.yml')) ? ['modelgate.yml'] : []);
  const orders = new Map<string, string[]>();
  for (const path of paths) {
    const { config, file } = await readProject(path);
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
