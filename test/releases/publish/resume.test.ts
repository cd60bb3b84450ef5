import { expect, test } from 'vitest';
import { publishVersion } from '../../../src/registry/publish/publish.ts';
import { Place } from '../../registry/publish/place.ts';
import { storeStream } from '../../support/github/stored-file.ts';

const FILES = { 'a.bin': 'aaaa', 'b.bin': 'bbbb', 'c.bin': 'cccc', 'evidence/verdict.json': '{}' };

function countUploads(place: Place, since = 0): string[] {
  const uploads = place.github.requests.slice(since).filter(({ operation }) => operation.includes('upload'));
  return uploads.filter(({ status }) => status === 201).map(({ path }) => /name=([^&]*)/.exec(path)?.[1] ?? '');
}

test('an upload that breaks off is sent again, and what had arrived is not', async () => {
  await using place = await Place.open();
  place.releases.brokenUploads = 2;
  const published = await publishVersion(place.options(await place.pack(FILES)));
  expect(published).toMatchObject({ state: 'published', sent: { assets: 6 } });
  expect(countUploads(place)).toHaveLength(6);
  expect(place.releases.all[0]?.assets.every(({ state }) => state === 'uploaded')).toBe(true);
});

test('a run that ended in the middle is finished by the next, without sending finished files again', async () => {
  await using place = await Place.open();
  const made = await place.pack(FILES);
  place.github.faults.add({
    operation: 'repos/upload-release-asset',
    nth: 3,
    times: 1000,
    kind: 'status',
    status: 401,
  });
  await expect(publishVersion(place.options(made))).rejects.toThrow('the token is not valid');
  place.github.faults.clear();
  const arrived = countUploads(place);
  expect(arrived).toHaveLength(2);
  expect(place.releases.all).toMatchObject([{ draft: true }]);
  expect(await place.repository.resolve('tags/churn@v1.0.0')).toBeUndefined();
  const since = place.github.requests.length;
  const published = await publishVersion(place.options(made));
  expect(published).toMatchObject({ state: 'published', version: 'v1.0.0', sent: { assets: 4 } });
  expect(countUploads(place, since)).not.toEqual(expect.arrayContaining([arrived[0]]));
  expect(place.releases.all).toHaveLength(1);
});

test.each([
  ['the event', 'git/create-tag'],
  ['the tag', 'repos/update-release'],
])('what ends after %s is finished by the next run', async (_, operation) => {
  await using place = await Place.open();
  const made = await place.pack(FILES);
  place.github.faults.add({ operation, times: 1000, kind: 'status', status: 401 });
  await expect(publishVersion(place.options(made))).rejects.toThrow('the token is not valid');
  place.github.faults.clear();
  expect(await publishVersion(place.options(made))).toMatchObject({ state: 'published', sent: { assets: 0 } });
  expect(place.releases.all).toMatchObject([{ draft: false, tag: 'churn@v1.0.0' }]);
  expect(await place.readEvents()).toHaveLength(1);
});

test('a run on a later commit publishes what an earlier one has left, and then its own', async () => {
  await using place = await Place.open();
  place.github.faults.add({ operation: 'git/create-tag', times: 1000, kind: 'status', status: 401 });
  await expect(publishVersion(place.options(await place.pack(FILES)))).rejects.toThrow('not valid');
  place.github.faults.clear();
  await place.moveOn();
  const next = await publishVersion(place.options(await place.pack({ ...FILES, 'a.bin': 'better' })));
  expect(next).toMatchObject({ version: 'v1.1.0' });
  expect(place.releases.all).toMatchObject([
    { draft: false, tag: 'churn@v1.0.0' },
    { draft: false, tag: 'churn@v1.1.0' },
  ]);
});

test('evidence of another run about the same content replaces what a run that ended has sent', async () => {
  await using place = await Place.open();
  place.github.faults.add({
    operation: 'repos/upload-release-asset',
    nth: 4,
    times: 1000,
    kind: 'status',
    status: 401,
  });
  await expect(publishVersion(place.options(await place.pack(FILES, { content: 'same' })))).rejects.toThrow(
    'not valid',
  );
  place.github.faults.clear();
  const other = await place.pack({ ...FILES, 'evidence/verdict.json': '{"timing":2}' }, { content: 'same' });
  expect(await publishVersion(place.options(other))).toMatchObject({ state: 'published', version: 'v1.0.0' });
  const verdict = place.releases.all[0]?.assets.find(({ name }) => name === 'verdict.json');
  expect(verdict?.content?.sha256).toBe(other.files.find(({ role }) => role === 'evidence')?.sha256);
});

test('an event that nobody can finish is left behind, and its number stays taken', async () => {
  await using place = await Place.open();
  place.github.faults.add({ operation: 'git/create-tag', times: 1000, kind: 'status', status: 401 });
  await expect(publishVersion(place.options(await place.pack(FILES, { content: 'same' })))).rejects.toThrow(
    'not valid',
  );
  place.github.faults.clear();
  place.releases.all.splice(0);
  const other = await place.pack({ ...FILES, 'evidence/verdict.json': '{"timing":2}' }, { content: 'same' });
  expect(await publishVersion(place.options(other))).toMatchObject({ state: 'published', version: 'v1.1.0' });
  expect(await publishVersion(place.options(other))).toMatchObject({ state: 'identical', version: 'v1.1.0' });
});

test('a draft that somebody deleted after the event is made again, byte by byte', async () => {
  await using place = await Place.open();
  const made = await place.pack(FILES);
  place.github.faults.add({ operation: 'git/create-tag', times: 1000, kind: 'status', status: 401 });
  await expect(publishVersion(place.options(made))).rejects.toThrow('not valid');
  place.github.faults.clear();
  place.releases.all.splice(0);
  expect(await publishVersion(place.options(made))).toMatchObject({ version: 'v1.0.0', sent: { assets: 6 } });
});

test('prepared and finished in two steps, with attestations in between', async () => {
  await using place = await Place.open();
  const made = await place.pack(FILES);
  const prepared = await publishVersion(place.options(made, { phase: 'prepare' }));
  if (prepared.state !== 'prepared') throw new Error(prepared.state);
  expect(prepared.subjects.map(({ name }) => name)).toContain('manifest.json');
  expect(place.releases.all).toMatchObject([{ draft: true }]);
  expect(await place.readEvents()).toEqual([]);
  const bundle = await place.pack({ 'provenance.sigstore.json': '{"bundle":1}' });
  const attestations = bundle.files;
  const { manifest } = prepared;
  const finished = await publishVersion(place.options(made, { phase: 'finish', manifest, attestations }));
  expect(finished).toMatchObject({ state: 'published', manifest, sent: { assets: 1 } });
  const names = place.releases.all[0]?.assets.map(({ name }) => name);
  expect(names).toContain('provenance.sigstore.json');
});

test('an asset that is changed on the server between the two steps is named, and nothing is published', async () => {
  await using place = await Place.open();
  const made = await place.pack(FILES);
  const prepared = await publishVersion(place.options(made, { phase: 'prepare' }));
  const asset = place.releases.all[0]?.assets.find(({ name }) => name === 'b.bin');
  if (asset?.content === undefined || prepared.state !== 'prepared') throw new Error('nothing was prepared');
  const kept = asset.content;
  async function* write() {
    yield Buffer.from('evil');
  }
  asset.content = await storeStream(write(), `${kept.file}-evil`);
  const finish = () => publishVersion(place.options(made, { phase: 'finish', manifest: prepared.manifest }));
  await expect(finish()).rejects.toThrow(/b\.bin has other bytes than it should have .*Nothing was published/s);
  expect(place.releases.all).toMatchObject([{ draft: true }]);
  expect(await place.readEvents()).toEqual([]);
  expect(await place.repository.resolve('tags/churn@v1.0.0')).toBeUndefined();
  asset.content = kept;
  expect(await finish()).toMatchObject({ state: 'published' });
});

test('what was prepared as one version is not finished as another', async () => {
  await using place = await Place.open();
  const made = await place.pack(FILES);
  await publishVersion(place.options(made, { phase: 'prepare' }));
  await place.repository.setRef('refs/tags/churn@v1.0.0', place.commit);
  await expect(publishVersion(place.options(made, { phase: 'finish' }))).rejects.toThrow(
    /prepared as churn@v1\.0\.0, and by now it were churn@/,
  );
});
