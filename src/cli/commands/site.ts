import { resolve } from 'node:path';
import { renderCanonical } from '../../evidence/canonical.ts';
import { EXIT } from '../../failure.ts';
import { formatAmount, formatSize } from '../../report/numbers.ts';
import type { Terminal } from '../command.ts';
import { openRegistry } from '../registry/opening.ts';
import { buildSite, writeSite } from '../registry/site-building.ts';
import { readStageOrders } from '../registry/stage-orders.ts';

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
  const stages = await readStageOrders(process.cwd(), flags.config);
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
