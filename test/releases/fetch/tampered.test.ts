import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Room } from '../../registry/fetch/room.ts';
import { readStored } from '../../support/github/stored-file.ts';

test('what is there already is verified and left alone', async () => {
  await using room = await Room.open();
  await room.fetch();
  const before = await stat(join(room.folder, 'out/model.bin'));
  const { downloaded } = await room.fetch();
  expect(downloaded).toBe(0);
  expect((await stat(join(room.folder, 'out/model.bin'))).ctimeMs).toBe(before.ctimeMs);
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
