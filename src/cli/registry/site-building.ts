import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../../evidence/files.ts';
import { listReleases } from '../../github/releases.ts';
import { listTagNames } from '../../github/tags.ts';
import type { SiteFacts } from '../../report/site/facts.ts';
import { renderSite } from '../../report/site/site.ts';
import type { OpenedRegistry } from './opening.ts';
import { gatherSiteFacts, type SiteSources } from './site-facts.ts';

/** What the pages of a registry say, and their files by name. */
export interface BuiltSite {
  readonly facts: SiteFacts;
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Reads the ledger, the names of all tags and the releases, and makes the site of them. Beside what the ledger takes, that is
 * one request for the tags and one for each hundred releases.
 */
export async function buildSite(
  { client, repository, ledger }: Pick<OpenedRegistry, 'client' | 'repository' | 'ledger'>,
  sources: Pick<SiteSources, 'serverUrl' | 'built' | 'stages' | 'title'>,
): Promise<BuiltSite> {
  const [read, tags, releases] = await Promise.all([
    ledger.read(),
    listTagNames(client, repository, ''),
    listReleases(client, repository),
  ]);
  const facts = gatherSiteFacts({
    ...sources,
    ledger: read,
    repository: repository.fullName,
    tags: new Set(tags.map(({ name }) => name)),
    published: new Set(releases.filter(({ draft }) => !draft).map(({ tagName }) => tagName)),
  });
  return { facts, files: renderSite(facts) };
}

/** Pages that an earlier build may have left. */
const OURS = /^model-[A-Za-z0-9_-]+(\.[0-9]+)?(\.stages|\.versions-[0-9]+)?\.html$/;

/**
 * Writes a site into a folder, and removes pages of an earlier build that it no longer has. Other files stay. Throws
 * UserMistake when the folder or the disk does not allow it.
 */
export async function writeSite(folder: string, files: BuiltSite['files']): Promise<void> {
  for (const [name, text] of files) await writeAtomically(join(folder, name), text);
  const old = (await readdir(folder)).filter((name) => OURS.test(name) && !files.has(name));
  for (const name of old) await rm(join(folder, name), { force: true });
}
