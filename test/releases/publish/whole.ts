import { readManifest } from '../../../src/registry/manifest/manifest-file.ts';
import type { Place } from '../../registry/publish/place.ts';
import { readGit } from '../../support/github/git/commands.ts';
import type { ReleaseRecord } from '../../support/github/records/releases.ts';
import { readStored } from '../../support/github/stored-file.ts';

/** What is not as it should be of a place that may be on its way: nothing is ever seen as a version that is none. */
export async function findHalves(place: Place): Promise<string[]> {
  const published = place.releases.all.filter(({ draft }) => !draft);
  const faults = published.flatMap((release) => findAssetFaults(release).map((fault) => `${release.tag}: ${fault}`));
  for (const { tag } of published) {
    if ((await readTagType(place, tag)) !== 'tag') faults.push(`${tag} is published without an annotated tag`);
  }
  const refs = (await readGit(place.repository.folder, ['tag', '--list'])).split('\n').filter(Boolean);
  for (const tag of refs) {
    // A tag promises a release that can still come: everything of it is there.
    const complete = place.releases.all.some((release) => release.tag === tag && findAssetFaults(release).length === 0);
    if (!complete) faults.push(`the tag ${tag} has no release that is complete`);
  }
  return faults;
}

/** What is not as it should be of a place where one version was published. */
export async function findDifference(place: Place, version: string): Promise<string[]> {
  const faults = await findHalves(place);
  const tags = (await readGit(place.repository.folder, ['tag', '--list'])).split('\n').filter(Boolean);
  const events = await place.readEvents();
  if (String(tags) !== `churn@${version}`) faults.push(`tags: ${tags}`);
  if (events.length !== 1) faults.push(`${events.length} events`);
  const shown = place.releases.all.map(({ tag, draft }) => `${tag}${draft ? ' (draft)' : ''}`);
  if (String(shown) !== `churn@${version}`) faults.push(`releases: ${shown}`);
  const [event] = events;
  const manifest = place.releases.all[0]?.assets.find(({ name }) => name === 'manifest.json')?.content?.sha256;
  if (event?.kind !== 'release' || event.manifest !== manifest) faults.push('the event names another manifest');
  return faults;
}

function findAssetFaults({ assets }: ReleaseRecord): string[] {
  const content = assets.find(({ name }) => name === 'manifest.json')?.content;
  if (content === undefined) return ['there is no manifest'];
  const wanted = readManifest(readStored(content)).files.flatMap((file) => file.assets);
  const missing = wanted.filter(
    ({ name, sha256 }) => !assets.some((asset) => asset.name === name && asset.content?.sha256 === sha256),
  );
  const names = new Set([...wanted.map(({ name }) => name), 'manifest.json', 'checksums.txt']);
  const extra = assets.filter(({ name, state }) => !names.has(name) || state !== 'uploaded');
  return [
    ...missing.map(({ name }) => `${name} is missing`),
    ...extra.map(({ name }) => `${name} is too much`),
    ...(assets.length < names.size ? ['an asset of ours is missing'] : []),
  ];
}

async function readTagType(place: Place, tag: string): Promise<string> {
  return (await readGit(place.repository.folder, ['cat-file', '-t', `refs/tags/${tag}`]).catch(() => 'none')).trim();
}

/** Takes everything back that was published, as if nobody ever had. */
export async function reset(place: Place): Promise<void> {
  const { folder } = place.repository;
  place.releases.all.splice(0);
  place.github.faults.clear();
  place.github.forget();
  const refs = await readGit(folder, ['for-each-ref', '--format=%(refname)', 'refs/tags', 'refs/heads/modelgate']);
  for (const ref of refs.split('\n').filter(Boolean)) await readGit(folder, ['update-ref', '-d', ref]);
}
