import { mkdir, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readStored } from '../../support/github/stored-file.ts';
import { Room } from './room.ts';

const EVIDENCE = ['data', 'evaluation', 'prediction', 'training', 'verdict'].map((kind) => `evidence/${kind}.json`);

test('a version comes whole, under its own paths, with its manifest and its event', async () => {
  await using room = await Room.open();
  const { files, manifest, kept } = await room.fetch();
  expect(await room.list()).toEqual([
    ...EVIDENCE,
    'ledger-event.json',
    'manifest.json',
    'out/labels.txt',
    'out/model.bin',
  ]);
  expect(await room.holdsModel()).toBe(true);
  expect(manifest.version).toBe('v1.0.0');
  expect(files).toContain(join(room.folder, 'out/model.bin'));
  expect(kept).toBe(0);
  expect(await readdir(room.folder)).not.toContain('.modelgate-fetch');
});

test('only the model comes where only that is asked for', async () => {
  await using room = await Room.open();
  await room.fetch({ roles: ['model'] });
  expect(await room.list()).toEqual(['ledger-event.json', 'manifest.json', 'out/labels.txt', 'out/model.bin']);
});

test('what is there already is verified and left alone', async () => {
  await using room = await Room.open();
  await room.fetch();
  const before = await stat(join(room.folder, 'out/model.bin'));
  const { downloaded } = await room.fetch();
  expect(downloaded).toBe(0);
  expect((await stat(join(room.folder, 'out/model.bin'))).ctimeMs).toBe(before.ctimeMs);
});

test('another file under a name of the model’s is not overwritten, unless that is asked for', async () => {
  await using room = await Room.open();
  await mkdir(join(room.folder, 'out'), { recursive: true });
  await writeFile(join(room.folder, 'out/labels.txt'), 'mine');
  expect(await room.refuse()).toContain('out/labels.txt: this file is there already, and is another one');
  expect(await room.list()).toEqual(['out/labels.txt']);
  await room.fetch({ force: true });
  expect(await room.holdsModel()).toBe(true);
});

test('a changed part is named before a byte is downloaded', async () => {
  await using room = await Room.open();
  const bytes = readStored(room.released.asset('model.bin.part0002').content ?? { file: '', size: 0, sha256: '' });
  await room.released.replace('model.bin.part0002', bytes.reverse());
  const before = room.released.asset('model.bin.part0001').downloads;
  expect(await room.refuse()).toContain('model.bin.part0002, which is part 2 of 3 of out/model.bin, has the digest');
  expect(room.released.asset('model.bin.part0001').downloads).toBe(before);
  expect(await room.list()).toEqual([]);
});

test('a missing part is named', async () => {
  await using room = await Room.open();
  const [release] = room.released.place.releases.all;
  if (release) release.assets = release.assets.filter(({ name }) => name !== 'model.bin.part0003');
  expect(await room.refuse()).toContain('part 3 of 3 of out/model.bin, is missing from the release');
});

test('a part that rotted in storage is named, and nothing gets its name', async () => {
  await using room = await Room.open();
  const bytes = readStored(room.released.asset('model.bin.part0002').content ?? { file: '', size: 0, sha256: '' });
  await room.released.replace('model.bin.part0002', bytes.reverse(), true);
  expect(await room.refuse()).toContain('part 2 of 3 of out/model.bin, came with other bytes');
  expect(await room.list()).toEqual([]);
});

test('a manifest that the ledger has another digest of is not believed', async () => {
  await using room = await Room.open();
  const bytes = readStored(room.released.asset('manifest.json').content ?? { file: '', size: 0, sha256: '' });
  await room.released.replace('manifest.json', Buffer.concat([bytes, Buffer.from(' ')]), false);
  expect(await room.refuse()).toContain('manifest.json of churn@v1.0.0 has the digest');
  expect(await room.list()).toEqual([]);
});

test('a link in the folder is never followed', async () => {
  await using room = await Room.open();
  await mkdir(room.folder);
  await mkdir(join(room.root, 'elsewhere'));
  await symlink(join(room.root, 'elsewhere'), join(room.folder, 'out'));
  expect(await room.refuse({ force: true })).toContain('a link stands where a file of the release goes');
  expect(await readdir(join(room.root, 'elsewhere'))).toEqual([]);
  await symlink(join(room.root, 'elsewhere'), join(room.folder, '.modelgate-fetch'));
});

test('the model comes from the cache the second time, verified again', async () => {
  await using room = await Room.open();
  const { cache } = room;
  await room.fetch({ cache });
  const second = await room.fetch({ cache, folder: join(room.root, 'again'), roles: ['model'] });
  expect(second).toMatchObject({ downloaded: 0, kept: 2 });
  const [entry = ''] = await readdir(cache);
  const { size } = await stat(join(cache, entry));
  await writeFile(join(cache, entry), Buffer.alloc(size));
  const third = await room.fetch({ cache, folder: join(room.root, 'third'), roles: ['model'] });
  expect(third).toMatchObject({ downloaded: size, kept: 1 });
});

test('two files of the same bytes are downloaded once and stand twice', async () => {
  await using room = await Room.open({ 'out/a.bin': 'same bytes', 'out/b.bin': 'same bytes' });
  expect(await room.fetch({ roles: ['model'] })).toMatchObject({ downloaded: 10 });
  expect(await room.holdsModel()).toBe(true);
});

test('an empty file of the model is there, and empty', async () => {
  await using room = await Room.open({ 'out/a.bin': 'bytes', 'out/__init__.py': '' });
  await room.fetch({ roles: ['model'] });
  expect(await room.holdsModel()).toBe(true);
});
