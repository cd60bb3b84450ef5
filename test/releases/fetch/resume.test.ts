import { mkdir, open, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SILENT } from '../../../src/progress.ts';
import { Room } from '../../registry/fetch/room.ts';
import { PART } from '../../registry/verify/released.ts';

test('a download whose connection ends in the middle goes on where it stopped', async () => {
  await using room = await Room.open();
  const { faults } = room.released.place.github;
  faults.add({ operation: 'results-blob', kind: 'cut', nth: 2 });
  faults.add({ operation: 'results-blob', kind: 'cut', nth: 3 });
  const { downloaded, manifest } = await room.fetch();
  expect(await room.holdsModel()).toBe(true);
  const size = manifest.files.reduce((sum, file) => sum + file.size, 0);
  expect(downloaded).toBe(size);
});

test('a line that is dead is given up, and the next run goes on', async () => {
  await using room = await Room.open();
  const { faults } = room.released.place.github;
  faults.add({ operation: 'results-blob', kind: 'drop', nth: 3, times: 1000 });
  expect(await room.refuse()).toMatch(/which is .*, did not come/);
  expect(await room.list()).toEqual([]);
  faults.clear();
  await room.fetch();
  expect(await room.holdsModel()).toBe(true);
});

test('an interrupted run leaves no file under its name, and the next one downloads only what is missing', async () => {
  await using room = await Room.open();
  const stop = new AbortController();
  let came = 0;
  const progress = {
    ...SILENT,
    start: () => ({
      done() {},
      fail() {},
      update(text: string) {
        came = Number(/: (\d+) of/.exec(text)?.[1]);
        if (came > 2 * PART) stop.abort();
      },
    }),
  };
  await expect(room.fetch({ roles: ['model'], progress, signal: stop.signal })).rejects.toThrow();
  expect(await room.list()).toEqual([]);
  expect(await readdir(join(room.folder, '.modelgate-fetch'))).toContainEqual(expect.stringMatching(/\.part$/));
  const { downloaded, manifest } = await room.fetch({ roles: ['model'] });
  const size = manifest.files.filter(({ role }) => role === 'model').reduce((sum, file) => sum + file.size, 0);
  expect(downloaded).toBeLessThanOrEqual(size - 2 * PART);
  expect(await room.holdsModel()).toBe(true);
});

test('bytes of an earlier run that are wrong are thrown away', async () => {
  await using room = await Room.open();
  const { faults } = room.released.place.github;
  faults.add({ operation: 'results-blob', kind: 'drop', nth: 6, times: 1000 });
  await room.refuse({ roles: ['model'] }).catch(() => '');
  faults.clear();
  const staging = join(room.folder, '.modelgate-fetch');
  const names = await readdir(staging).catch(() => []);
  for (const name of names.filter((one) => one.endsWith('.part'))) {
    const file = await open(join(staging, name), 'r+');
    await file.write(Buffer.alloc(64), 0, 64, 0);
    await file.close();
  }
  await room.fetch({ roles: ['model'] });
  expect(await room.holdsModel()).toBe(true);
});

test('a note about other parts, or none that can be read, begins the file anew', async () => {
  await using room = await Room.open();
  const { faults } = room.released.place.github;
  faults.add({ operation: 'results-blob', kind: 'drop', nth: 4, times: 1000 });
  await room.refuse();
  faults.clear();
  const staging = join(room.folder, '.modelgate-fetch');
  for (const [index, name] of (await readdir(staging)).filter((one) => one.endsWith('.note')).entries()) {
    const text = await readFile(join(staging, name), 'utf8');
    await writeFile(join(staging, name), index % 2 === 0 ? '{' : text.replaceAll(/"bytes":\d+/g, '"bytes":99999999'));
  }
  await room.fetch();
  expect(await room.holdsModel()).toBe(true);
});

test('two processes do not write into one folder', async () => {
  await using room = await Room.open();
  await room.fetch({ roles: ['model'] });
  const lock = join(room.folder, '.modelgate-fetch', 'lock');
  await mkdir(join(room.folder, '.modelgate-fetch'));
  await writeFile(lock, String(process.pid));
  expect(await room.refuse()).toContain(`process ${process.pid} is fetching into this folder`);
  await writeFile(lock, '99999999');
  await room.fetch();
  expect(await room.holdsModel()).toBe(true);
});
