import { rm, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { createClient } from '../../../src/github/client.ts';
import { openLedger } from '../../../src/registry/ledger/branch-ledger.ts';
import { publishVersion } from '../../../src/registry/publish/publish.ts';
import { Place } from './place.ts';

const FILES = { 'model.bin': 'weights', 'other.bin': 'more' };

/** What is refused before anything is sent. */
function listWrites(place: Place): string[] {
  return place.github.requests.filter(({ method }) => method !== 'GET').map(({ operation }) => operation);
}

test('everything that stands against a release is told at once, before the first byte', async () => {
  await using place = await Place.open();
  const made = await place.pack(FILES);
  const facts = { ...made.facts, outcome: 'fail' as const };
  const attestations = [{ path: 'évil/x.json', file: '', mediaType: '', size: 3, sha256: '' }];
  const wrong = { ...made, commit: '1'.repeat(40), facts };
  const error: Error = await publishVersion(place.options(wrong, { attestations })).then(
    () => new Error('it was published'),
    (caught: Error) => caught,
  );
  expect(error.name).toBe('UserMistake');
  expect(error.message).toContain('the verdict of churn is fail');
  expect(error.message).toContain('the commit 111111111111 is not on GitHub');
  expect(error.message).toContain('this is no name of an attestation');
  expect(listWrites(place)).toEqual([]);
});

test('files that changed or went since they were packed are all named', async () => {
  await using place = await Place.open();
  const made = await place.pack(FILES);
  await rm(made.files[0]?.file ?? '');
  await writeFile(made.files[1]?.file ?? '', 'longer than before');
  await expect(publishVersion(place.options(made))).rejects.toThrow(/model\.bin: .*gone.*other\.bin: .*changed/s);
  expect(place.github.requests).toEqual([]);
});

test('a file that changes while it keeps its size is never published', async () => {
  await using place = await Place.open();
  const made = await place.pack(FILES);
  await writeFile(made.files[0]?.file ?? '', 'WEIGHTS');
  await expect(publishVersion(place.options(made))).rejects.toThrow('model.bin has other bytes than it should have');
  expect(place.releases.all).toMatchObject([{ draft: true }]);
});

test('a second version of a model on one commit is refused, as GTO could not read it', async () => {
  await using place = await Place.open();
  await publishVersion(place.options(await place.pack(FILES)));
  const before = listWrites(place).length;
  const other = await place.pack({ ...FILES, 'model.bin': 'other' });
  await expect(publishVersion(place.options(other))).rejects.toThrow(/is churn@v1\.0\.0 already.*another commit/s);
  expect(listWrites(place)).toHaveLength(before);
});

test('a token that may only read is told so before anything is sent', async () => {
  await using place = await Place.open();
  const token = place.github.createToken({ repository: place.repository, permissions: { contents: 'read' } });
  const client = createClient({ token, apiUrl: place.github.apiUrl, delays: { second: 0 } });
  const options = place.options(await place.pack(FILES));
  const ledger = openLedger(client, options.repository, { now: () => new Date() });
  await expect(publishVersion({ ...options, client, ledger })).rejects.toThrow(/contents: write/);
  expect(listWrites(place)).toEqual(['repos/create-release']);
  expect(place.releases.all).toEqual([]);
});

test('a name that a deleted immutable release has burnt is passed over', async () => {
  await using place = await Place.open();
  place.releases.burned.add('churn@v1.0.0');
  expect(await publishVersion(place.options(await place.pack(FILES)))).toMatchObject({ version: 'v1.1.0' });
  expect(place.releases.all).toMatchObject([{ tag: 'churn@v1.1.0', draft: false }]);
});

test('numbers of tags that are there are passed over, and no tag is ever moved', async () => {
  await using place = await Place.open();
  const first = place.commit;
  await place.moveOn();
  await place.repository.setRef('refs/tags/churn@v1.0.0', first);
  expect(await publishVersion(place.options(await place.pack(FILES)))).toMatchObject({ version: 'v1.1.0' });
  expect(await place.repository.resolve('tags/churn@v1.0.0')).toBe(first);
});

test('a tag that somebody puts in the way after the event is never moved, and the release not published', async () => {
  await using place = await Place.open();
  const first = place.commit;
  await place.moveOn();
  const made = await place.pack(FILES);
  place.github.faults.add({ operation: 'git/create-tag', times: 1000, kind: 'status', status: 401 });
  await expect(publishVersion(place.options(made))).rejects.toThrow('not valid');
  place.github.faults.clear();
  await place.repository.setRef('refs/tags/churn@v1.0.0', first);
  const before = listWrites(place).length;
  await expect(publishVersion(place.options(made))).rejects.toThrow(
    /churn@v1\.0\.0 is there already, and it stands on/,
  );
  expect(listWrites(place)).toHaveLength(before);
  expect(place.releases.all).toMatchObject([{ draft: true }]);
});

test('more files than a release takes are refused with what to do', async () => {
  await using place = await Place.open();
  const made = await place.pack({ 'model.bin': 'x' });
  const [file] = made.files;
  if (file === undefined) throw new Error('nothing was packed');
  const files = Array.from({ length: 1001 }, (_, index) => ({ ...file, path: `part-${index}.bin` }));
  await expect(publishVersion(place.options({ ...made, files }))).rejects.toThrow(/1011 assets.*release\.target: oci/s);
});
