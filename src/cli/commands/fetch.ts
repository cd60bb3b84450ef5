import { resolve } from 'node:path';
import { EXIT } from '../../failure.ts';
import { locateFileCache } from '../../registry/fetch/cache.ts';
import { fetchVersion } from '../../registry/fetch/fetch.ts';
import { findVersion } from '../../registry/lookup.ts';
import { parseReference } from '../../registry/reference.ts';
import type { Terminal } from '../command.ts';
import { openRegistry } from '../registry/opening.ts';
import { openStorage } from '../registry/storage.ts';

export interface FetchFlags {
  /** `churn@production` */
  readonly reference: string;
  readonly config: string;
  readonly to?: string;
  readonly only?: 'model' | 'all';
  readonly repository?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** `modelgate fetch`: brings a version into a folder, verified from the ledger down to every byte. */
export async function runFetch(terminal: Terminal, flags: FetchFlags): Promise<number> {
  const { environment, progress, signal } = terminal;
  const reference = parseReference(flags.reference);
  const registry = await openRegistry(terminal, flags);
  const { client, repository } = registry;
  const { event, withdrawn } = await findVersion(registry, reference);
  if (withdrawn) progress.warn(`${event.tag} was withdrawn: the tag ${event.tag}! says so`);
  const folder = resolve(flags.to ?? reference.model);
  const { files, kept, downloaded } = await fetchVersion({
    ...{ client, repository, event, folder, progress, signal, force: flags.force },
    roles: flags.only === 'model' ? ['model'] : undefined,
    signed: true,
    cache: locateFileCache(environment),
    store: await openStorage(terminal, flags.config, event),
    now: () => new Date(),
  });
  const { version, tag, manifest } = event;
  if (flags.json) {
    terminal.print(JSON.stringify({ model: event.model, version, tag, folder, manifest, files, downloaded }, null, 2));
  } else {
    const there = kept > 0 ? `, ${kept} of them there already` : '';
    terminal.print(`${tag}: ${files.length} files in ${folder}${there}`);
  }
  return EXIT.pass;
}
