import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listFaults } from '../../../src/registry/verify/checks.ts';
import { examineFolder } from '../../../src/registry/verify/folder.ts';
import { Room } from '../fetch/room.ts';

let room: Room;
beforeEach(async () => {
  room = await Room.open();
});
afterEach(() => room[Symbol.asyncDispose]());

async function findFaults(folder = room.folder): Promise<string[]> {
  const { checks } = await examineFolder(folder);
  return listFaults(checks).map(({ subject, reason }) => `${subject}: ${reason}`);
}

test('a fetched version verifies without a network', async () => {
  await room.fetch();
  const { requests } = room.released.place.github;
  const before = requests.length;
  expect(await findFaults()).toEqual([]);
  expect(requests).toHaveLength(before);
  await rm(room.folder, { recursive: true });
  await room.fetch({ roles: ['model'] });
  expect(await findFaults()).toEqual([]);
});

test('a changed manifest is not the one of the event beside it', async () => {
  await room.fetch();
  const path = join(room.folder, 'manifest.json');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace(/"created": "2026/, '"created": "2025'));
  expect(await findFaults()).toEqual([expect.stringContaining('manifest.json: has the digest')]);
});

test('a folder without a manifest is refused', async () => {
  await expect(examineFolder(room.root)).rejects.toThrow('there is no manifest');
});
