import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hashFile } from '../../../src/evidence/file-hash.ts';
import { readManifest } from '../../../src/registry/manifest/manifest-file.ts';
import { composePackage } from '../../registry/publish/packages.ts';
import { Place } from '../../registry/publish/place.ts';
import { readStored } from '../../support/github/stored-file.ts';
import { type Child, order, startChild } from '../publish/children.ts';
import type { FetchOrder, FetchOutcome } from './fetching.ts';

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;
const SIZE = 6 * GIB;
/** The promise: whatever a model's size, publishing and fetching take less memory. */
const MEMORY = 300 * MIB;

test('a model of 6 GiB is published and fetched in parts with less than 300 MiB of memory, and its digest is kept', async () => {
  await using place = await Place.open();
  const file = join(place.folder, 'model.bin');
  await writeSparse(file);
  const { sha256 } = await hashFile(file);
  const { size } = await stat(file);
  const mediaType = 'application/octet-stream';
  const packaged = [{ path: 'model.bin', file, role: 'model', mediaType, size, sha256 }] as const;
  const told = await order(place, composePackage(place.commit, packaged, 'large', packaged));

  const published = await obey(await startChild(), told);
  expect(published).toMatchObject({ state: 'published', version: 'v1.0.0' });
  expect(published.sent).toBeGreaterThan(SIZE);
  expect(published.memory).toBeLessThan(MEMORY);
  const assets = place.releases.all[0]?.assets ?? [];
  const manifest = assets.find(({ name }) => name === 'manifest.json')?.content;
  if (manifest === undefined) throw new Error('there is no manifest');
  const [entry] = readManifest(readStored(manifest)).files;
  expect(entry).toMatchObject({ size: SIZE, sha256 });
  expect(entry?.assets.map((part) => assets.find(({ name }) => name === part.name)?.content?.sha256)).toEqual(
    entry?.assets.map((part) => part.sha256),
  );

  await rm(file);
  const { apiUrl, token, repository } = told;
  const wanted: FetchOrder = { apiUrl, token, repository, version: 'v1.0.0', folder: join(place.folder, 'fetched') };
  const child = await startChild<FetchOutcome>(new URL('../large/fetching.ts', import.meta.url));
  const fetched = await obey(child, wanted);
  expect(fetched.downloaded).toBeGreaterThanOrEqual(SIZE);
  expect(fetched.memory).toBeLessThan(MEMORY);
  expect(await hashFile(join(place.folder, 'fetched/model.bin'))).toEqual({ sha256, size: SIZE });
  const figures = [published, fetched].map(({ memory }) => `${Math.round(memory / MIB)} MiB`);
  console.log(`6 GiB: memory of publishing and of fetching: ${figures.join(', ')}`);
}, 1_800_000);

/** Something else than zeros at the ends, in the middle, and over the border of two parts. */
async function writeSparse(file: string): Promise<void> {
  const handle = await open(file, 'w');
  await handle.truncate(SIZE);
  for (const at of [0, 2 * GIB - 3, GIB * 3.5, SIZE - 8]) await handle.write('not zero', at);
  await handle.close();
}

async function obey<Outcome>(child: Child<Outcome>, told: object): Promise<Outcome> {
  child.process.send(told);
  return await child.outcome.finally(() => child.process.kill());
}
