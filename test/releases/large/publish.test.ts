import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hashFile } from '../../../src/evidence/file-hash.ts';
import { readManifest } from '../../../src/registry/manifest/manifest-file.ts';
import { composePackage } from '../../registry/publish/packages.ts';
import { Place } from '../../registry/publish/place.ts';
import { readStored } from '../../support/github/stored-file.ts';
import { order, startChild } from '../publish/children.ts';

const GIB = 1024 ** 3;
const SIZE = 6 * GIB;
/** The promise: whatever a model's size, publishing it takes less memory. */
const MEMORY = 300 * 1024 ** 2;

test('a model of 6 GiB is published in parts with less than 300 MiB of memory, and its digest is kept', async () => {
  await using place = await Place.open();
  const file = join(place.folder, 'model.bin');
  const handle = await open(file, 'w');
  await handle.truncate(SIZE);
  // Something else than zeros at the ends, in the middle, and over the border of two parts.
  for (const at of [0, 2 * GIB - 3, GIB * 3.5, SIZE - 8]) await handle.write('not zero', at);
  await handle.close();
  const size = (await stat(file)).size;
  const { sha256 } = await hashFile(file);
  const packaged = [
    { path: 'model.bin', file, role: 'model', mediaType: 'application/octet-stream', size, sha256 },
  ] as const;
  const made = composePackage(place.commit, packaged, 'large', packaged);
  const child = await startChild();
  child.process.send(await order(place, made));
  const outcome = await child.outcome.finally(() => child.process.kill());
  expect(outcome).toMatchObject({ state: 'published', version: 'v1.0.0' });
  expect(outcome.sent).toBeGreaterThan(SIZE);
  console.log(`6 GiB published with ${Math.round(outcome.memory / 1024 ** 2)} MiB of memory`);
  expect(outcome.memory).toBeLessThan(MEMORY);
  const assets = place.releases.all[0]?.assets ?? [];
  const manifest = assets.find(({ name }) => name === 'manifest.json')?.content;
  if (manifest === undefined) throw new Error('there is no manifest');
  const [entry] = readManifest(readStored(manifest)).files;
  expect(entry).toMatchObject({ size: SIZE, sha256 });
  expect(entry?.assets.map((part) => assets.find(({ name }) => name === part.name)?.content?.sha256)).toEqual(
    entry?.assets.map((part) => part.sha256),
  );
}, 1_200_000);
