import { resolve } from 'node:path';
import { locateFileCache } from '../../registry/fetch/cache.ts';
import { fetchVersion } from '../../registry/fetch/fetch.ts';
import { findVersion } from '../../registry/lookup.ts';
import { parseReference } from '../../registry/reference.ts';
import type { Shell } from '../shell.ts';
import { readFetchInputs } from './inputs.ts';
import { openRegistry } from './opening.ts';
import { openLoggedInStorage } from './storage.ts';

/** Fetches a version into a folder, verified from the ledger down to every byte. */
export async function runFetch(shell: Shell): Promise<void> {
  const { reference, config, folder, only, repository: named, force, token } = readFetchInputs(shell.getInput);
  const wanted = parseReference(reference);
  const roles = only === 'model' ? (['model'] as const) : undefined;
  const registry = await openRegistry(token, shell, named);
  const { client, repository, now } = registry;
  const { event, withdrawn } = await findVersion(registry, wanted);
  if (withdrawn) shell.progress.warn(`${event.tag} was withdrawn: the tag ${event.tag}! says so`);
  const target = resolve(shell.folder, folder);
  const store = await openLoggedInStorage(shell, config, event, { token });
  const { files, downloaded } = await fetchVersion({
    ...{ client, repository, event, folder: target, roles, signed: true, store, force, now },
    cache: locateFileCache(shell.environment),
    progress: shell.progress,
    signal: shell.signal,
  });
  shell.print(`${event.tag}: ${files.length} files in ${target}, ${downloaded} bytes downloaded.\n`);
  const { version, tag, manifest } = event;
  shell.setOutputs({ path: target, version, tag, 'manifest-digest': manifest });
}
