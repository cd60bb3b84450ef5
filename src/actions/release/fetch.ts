import { resolve } from 'node:path';
import { UserMistake } from '../../errors.ts';
import { FILE_ROLES, type FileRole } from '../../evidence/schema/manifest.ts';
import { listReleases } from '../../github/releases.ts';
import { locateFileCache } from '../../registry/fetch/cache.ts';
import { fetchVersion } from '../../registry/fetch/fetch.ts';
import { parseReference, resolveReference } from '../../registry/reference.ts';
import type { Shell } from '../shell.ts';
import { readFetchInputs } from './inputs.ts';
import { openRegistry } from './opening.ts';
import { openStorage } from './storage.ts';

/** Fetches a version into a folder, verified from the ledger down to every byte. */
export async function runFetch(shell: Shell): Promise<void> {
  const { reference, folder, roles, repository: named, force, token } = readFetchInputs(shell.getInput);
  const wanted = parseReference(reference);
  const chosen = roles.length > 0 ? roles.map(readRole) : undefined;
  const { client, repository, ledger, now } = await openRegistry(token, shell, named);
  const releases = await listReleases(client, repository);
  const event = resolveReference(wanted, await ledger.read(), releases);
  const target = resolve(shell.folder, folder);
  const store = await openStorage(shell, event, token);
  const { files, downloaded } = await fetchVersion({
    ...{ client, repository, event, folder: target, roles: chosen, store, force, now },
    cache: locateFileCache(shell.environment),
    progress: shell.progress,
    signal: shell.signal,
  });
  shell.print(`${event.tag}: ${files.length} files in ${target}, ${downloaded} bytes downloaded.\n`);
  const { version, tag, manifest } = event;
  shell.setOutputs({ path: target, version, tag, 'manifest-digest': manifest });
}

function readRole(name: string): FileRole {
  const role = FILE_ROLES.find((one) => one === name);
  if (role !== undefined) return role;
  throw new UserMistake({ found: `the input \`only\` names \`${name}\``, fix: `Allowed: ${FILE_ROLES.join(', ')}.` });
}
