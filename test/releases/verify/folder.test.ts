import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listFaults } from '../../../src/registry/verify/checks.ts';
import { examineFolder } from '../../../src/registry/verify/folder.ts';
import { Room } from '../../registry/fetch/room.ts';
import { readStored } from '../../support/github/stored-file.ts';

let room: Room;
beforeEach(async () => {
  room = await Room.open();
});
afterEach(() => room[Symbol.asyncDispose]());

async function findFaults(folder = room.folder): Promise<string[]> {
  const { checks } = await examineFolder(folder);
  return listFaults(checks).map(({ subject, reason }) => `${subject}: ${reason}`);
}

test('so does a folder with all assets of the release, in parts', async () => {
  const folder = join(room.root, 'assets');
  await mkdir(folder);
  for (const { name, content } of room.released.assets) {
    if (content) await writeFile(join(folder, name), readStored(content));
  }
  expect(await findFaults(folder)).toEqual([]);
  await writeFile(join(folder, 'model.bin.part0002'), 'x');
  expect(await findFaults(folder)).toEqual([
    expect.stringContaining('part 2 of 3 of out/model.bin has 1 bytes instead'),
  ]);
  await writeFile(join(folder, 'checksums.txt'), '');
  expect(await findFaults(folder)).toContain('checksums.txt: it says something else');
});

test('a changed, a longer and a missing file are named', async () => {
  await room.fetch();
  await appendFile(join(room.folder, 'out/model.bin'), 'x');
  await writeFile(join(room.folder, 'evidence/verdict.json'), '{}');
  await rm(join(room.folder, 'out/labels.txt'));
  expect((await findFaults()).map((fault) => fault.split(':')[0])).toEqual(
    expect.arrayContaining(['model.bin.part0003', 'out/labels.txt']),
  );
  expect((await findFaults()).join('\n')).toContain('evidence/verdict.json has 2 bytes instead of');
});
