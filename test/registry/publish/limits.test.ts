import { expect, test } from 'vitest';
import { publishVersion } from '../../../src/registry/publish/publish.ts';
import { Place } from './place.ts';

const FILES = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`file-${index}.bin`, `${index}`]));
const UPLOAD = 'repos/upload-release-asset';

function countUploads(place: Place, since = 0) {
  const all = place.github.requests.slice(since).filter(({ operation }) => operation === UPLOAD);
  return {
    sent: all.filter(({ status }) => status === 201).length,
    refused: all.filter(({ status }) => status === 403).length,
  };
}

test('once GitHub’s hourly limit is used up nothing more is asked, and what is sent is kept', async () => {
  await using place = await Place.open();
  const made = await place.pack(FILES);
  const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Date.UTC(2040, 0, 2, 3, 4) / 1000) };
  const limit = { operation: UPLOAD, nth: 11, times: 1000, kind: 'status', status: 403, headers } as const;
  place.github.faults.add({ ...limit, message: 'API rate limit exceeded for installation.' });
  await expect(publishVersion(place.options(made))).rejects.toThrow(
    /draft of churn@v1\.0\.0 is not complete.*again after 03:0\d UTC \(2040-01-02\)\. What is sent is kept/s,
  );
  const first = countUploads(place);
  expect(first.sent).toBe(10);
  // One for each of the four that send side by side.
  expect(first.refused).toBeLessThanOrEqual(4);
  expect(place.github.requests.at(-1)?.operation).toBe(UPLOAD);
  place.github.faults.clear();
  const since = place.github.requests.length;
  expect(await publishVersion(place.options(made))).toMatchObject({ state: 'published' });
  expect(countUploads(place, since)).toEqual({ sent: 32, refused: 0 });
});

test('a short limit is waited for', async () => {
  await using place = await Place.open();
  const headers = { 'retry-after': '30' };
  place.github.faults.add({ operation: UPLOAD, nth: 5, times: 2, kind: 'status', status: 429, headers });
  expect(await publishVersion(place.options(await place.pack(FILES)))).toMatchObject({ state: 'published' });
  expect(countUploads(place).sent).toBe(42);
});

test('preparing and finishing plan the same parts, with attestations in between', async () => {
  await using place = await Place.open();
  const [file] = (await place.pack({ 'model.bin': 'x' })).files;
  const made = await place.pack({});
  if (file === undefined) throw new Error('nothing was packed');
  const files = Array.from({ length: 991 }, (_, index) => ({ ...file, path: `part-${index}.bin` }));
  const prepared = publishVersion(place.options({ ...made, files }, { phase: 'prepare' }));
  await expect(prepared).rejects.toThrow('1001 assets');
  expect(place.github.requests).toEqual([]);
});
