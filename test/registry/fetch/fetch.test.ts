import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
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

test('another file under a name of the model’s is not overwritten, unless that is asked for', async () => {
  await using room = await Room.open();
  await mkdir(join(room.folder, 'out'), { recursive: true });
  await writeFile(join(room.folder, 'out/labels.txt'), 'mine');
  expect(await room.refuse()).toContain('out/labels.txt: this file is there already, and is another one');
  expect(await room.list()).toEqual(['out/labels.txt']);
  await room.fetch({ force: true });
  expect(await room.holdsModel()).toBe(true);
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

test('a file and its twin in the cache are two: who writes to one does not write to the other', async () => {
  await using room = await Room.open({ 'out/a.bin': 'bytes' });
  const { cache } = room;
  const again = join(room.root, 'again');
  await room.fetch({ cache });
  await room.fetch({ cache, folder: again });
  const [entry = ''] = await readdir(cache);
  await writeFile(join(cache, entry), 'other');
  expect(await readFile(join(room.folder, 'out/a.bin'), 'utf8')).toBe('bytes');
  expect(await readFile(join(again, 'out/a.bin'), 'utf8')).toBe('bytes');
  await writeFile(join(again, 'out/a.bin'), 'mine!');
  expect(await readFile(join(cache, entry), 'utf8')).toBe('other');
});
