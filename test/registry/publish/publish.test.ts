import { expect, test } from 'vitest';
import { parseAnchor } from '../../../src/registry/ledger/anchor.ts';
import { computeEventDigest } from '../../../src/registry/ledger/chain.ts';
import { readManifest } from '../../../src/registry/manifest/manifest-file.ts';
import { publishVersion } from '../../../src/registry/publish/publish.ts';
import { readGit } from '../../support/github/git/commands.ts';
import { readStored } from '../../support/github/stored-file.ts';
import { Place } from './place.ts';

const FILES = { 'model/model.bin': 'weights', 'evidence/verdict.json': '{}' };

test.each([true, false])(
  'a package becomes a version that anybody can check (immutable releases: %s)',
  async (immutable) => {
    await using place = await Place.open();
    place.releases.immutable = immutable;
    const published = await publishVersion(place.options(await place.pack(FILES)));
    expect(published).toMatchObject({ state: 'published', version: 'v1.0.0', tag: 'churn@v1.0.0' });
    const [event, ...others] = await place.readEvents();
    expect(others).toEqual([]);
    expect(event).toMatchObject({ kind: 'release', version: 'v1.0.0', commit: place.commit, actor: 'ada' });
    const [release] = place.releases.all;
    expect(place.releases.all).toHaveLength(1);
    expect(release).toMatchObject({
      draft: false,
      tag: 'churn@v1.0.0',
      latest: 'false',
      immutable,
      target: place.commit,
    });
    const names = release?.assets.map(({ name }) => name) ?? [];
    expect(names.toSorted()).toEqual(['checksums.txt', 'manifest.json', 'model.bin', 'verdict.json']);
    expect(names.slice(2).toSorted()).toEqual(['checksums.txt', 'manifest.json']);
    const asset = release?.assets.find(({ name }) => name === 'manifest.json');
    if (event?.kind !== 'release' || asset?.content === undefined) throw new Error('nothing was published');
    expect(asset.content.sha256).toBe(event.manifest);
    expect(readManifest(readStored(asset.content)).files.map(({ path }) => path)).toEqual(Object.keys(FILES));
    const head = { sequence: 1, digest: computeEventDigest(event) };
    const tag = await readGit(place.repository.folder, ['cat-file', '-p', 'refs/tags/churn@v1.0.0']);
    expect(tag).toContain('type commit');
    expect(parseAnchor(tag)).toEqual(head);
    expect(parseAnchor(release?.body ?? '')).toEqual(head);
    expect(release?.body).toMatch(/^Notes of v1\.0\.0\n\n<!-- Modelgate-Ledger: [^\n]+ -->\n$/);
  },
);

test('the same content is published once: a second run says so and writes nothing', async () => {
  await using place = await Place.open();
  const made = await place.pack(FILES);
  await publishVersion(place.options(made));
  const before = place.github.requests.length;
  const again = await publishVersion(place.options(made));
  expect(again).toMatchObject({
    state: 'identical',
    version: 'v1.0.0',
    url: expect.stringContaining('/releases/tag/'),
  });
  expect(place.github.requests.slice(before).filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('a version that replaces another has the next number, and GitHub shows neither as the latest', async () => {
  await using place = await Place.open();
  await publishVersion(place.options(await place.pack(FILES)));
  await place.moveOn();
  const next = await publishVersion(place.options(await place.pack({ ...FILES, 'model/model.bin': 'better' })));
  expect(next).toMatchObject({ state: 'published', version: 'v1.1.0' });
  await place.moveOn();
  const third = place.options(await place.pack({ ...FILES, 'model/model.bin': 'best' }), { bump: 'major' });
  expect(await publishVersion(third)).toMatchObject({ version: 'v2.0.0' });
  expect((await place.readEvents()).map((event) => event.sequence)).toEqual([1, 2, 3]);
  expect(place.releases.all.map(({ latest }) => latest)).toEqual(['false', 'false', 'false']);
});

test('a dry run tells the version and writes nothing', async () => {
  await using place = await Place.open();
  const planned = await publishVersion(place.options(await place.pack(FILES), { dryRun: true }));
  expect(planned).toMatchObject({
    state: 'planned',
    version: 'v1.0.0',
    bump: 'first',
    manifest: { version: 'v1.0.0' },
  });
  expect(place.github.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('a pre-release has its own number, and GitHub knows it as one', async () => {
  await using place = await Place.open();
  const published = await publishVersion(place.options(await place.pack(FILES), { prerelease: 'feature/x' }));
  expect(published).toMatchObject({ version: 'v1.0.0-feature-x.1' });
  expect(place.releases.all[0]).toMatchObject({ prerelease: true, draft: false });
});

test('names that GitHub would change, and names that meet, are mapped by the manifest', async () => {
  await using place = await Place.open();
  const files = { 'a/Modèle (v1).bin': '1', 'b/Modèle (v1).bin': '2', 'c/weights.bin': '3', 'd/Weights.bin': '4' };
  await publishVersion(place.options(await place.pack({ ...files, 'e/manifest.json': '5', '.env': '6' })));
  const assets = place.releases.all[0]?.assets ?? [];
  const read = (name: string) => {
    const content = assets.find((asset) => asset.name === name)?.content;
    if (content === undefined) throw new Error(`${name} is not there`);
    return readStored(content).toString();
  };
  const manifest = readManifest(read('manifest.json'));
  const mapped = manifest.files.map(({ path, assets: [asset] }) => [path, read(asset?.name ?? '')]);
  expect(Object.fromEntries(mapped)).toEqual({ ...files, 'e/manifest.json': '5', '.env': '6' });
  expect(assets).toHaveLength(8);
});

test('a file over the limit goes up in parts that together are the file, and an empty one in none', async () => {
  await using place = await Place.open();
  place.releases.assetLimit = 5000;
  const bytes = Buffer.from(Array.from({ length: 10_000 }, (_, index) => index % 251));
  const made = await place.pack({ 'model.bin': bytes, 'empty.txt': '' });
  await publishVersion(place.options(made, { partBytes: 4000 }));
  const assets = place.releases.all[0]?.assets ?? [];
  const manifest = assets.find(({ name }) => name === 'manifest.json')?.content;
  if (manifest === undefined) throw new Error('there is no manifest');
  const [model, empty] = readManifest(readStored(manifest)).files;
  expect(empty).toMatchObject({ size: 0, assets: [] });
  expect(model?.assets.map(({ size }) => size)).toEqual([4000, 4000, 2000]);
  const parts = (model?.assets ?? []).map((part) => assets.find(({ name }) => name === part.name)?.content);
  expect(Buffer.concat(parts.map((part) => (part ? readStored(part) : Buffer.alloc(0))))).toEqual(bytes);
});
