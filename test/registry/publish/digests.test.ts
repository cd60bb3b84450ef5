import { expect, test } from 'vitest';
import { publishVersion } from '../../../src/registry/publish/publish.ts';
import { storeStream } from '../../support/github/stored-file.ts';
import { Place } from './place.ts';

const FILES = { 'a.bin': 'aaaa', 'evidence/verdict.json': '{}' };

/** What a server holds that computed no digests when it came. */
async function prepareUndigested(place: Place) {
  const made = await place.pack(FILES);
  await publishVersion(place.options(made, { phase: 'prepare' }));
  const assets = place.releases.all[0]?.assets ?? [];
  for (const asset of assets) asset.undigested = true;
  return { made, assets };
}

test('assets that GitHub tells no digest of are read before they are published', async () => {
  await using place = await Place.open();
  const { made, assets } = await prepareUndigested(place);
  expect(await publishVersion(place.options(made))).toMatchObject({ state: 'published', sent: { assets: 0 } });
  expect(assets.map(({ name, downloads }) => [name, downloads]).toSorted()).toEqual([
    ['a.bin', 1],
    ['checksums.txt', 1],
    ['manifest.json', 1],
    ['verdict.json', 1],
  ]);
});

test('other bytes of the same length are never published for want of a digest', async () => {
  await using place = await Place.open();
  const { made, assets } = await prepareUndigested(place);
  const model = assets.find(({ name }) => name === 'a.bin');
  if (model?.content === undefined) throw new Error('nothing was prepared');
  async function* write() {
    yield Buffer.from('evil');
  }
  model.content = await storeStream(write(), `${model.content.file}-evil`);
  await expect(publishVersion(place.options(made, { phase: 'finish' }))).rejects.toThrow(
    'a.bin has other bytes than it should have',
  );
  expect(await place.readEvents()).toEqual([]);
  expect(await publishVersion(place.options(made))).toMatchObject({ state: 'published', sent: { assets: 1 } });
});
