import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { computeSha256 } from '../../../src/evidence/digest.ts';
import { publishVersion } from '../../../src/registry/publish/publish.ts';
import { checkVersion } from '../../../src/registry/verify/version.ts';
import { createModel, PART, packRun, Released } from '../../registry/verify/released.ts';
import { readStored } from '../../support/github/stored-file.ts';

/** What verifying finds, as `subject: reason`. */
async function findFaults(released: Released, depth: 'listed' | 'downloaded' = 'downloaded'): Promise<string[]> {
  const { client, repository, event } = released.ask();
  const faults = await checkVersion(client, repository, event, { depth });
  return faults.map(({ subject, reason }) => `${subject}: ${reason}`);
}

test('a part that rotted in storage is found by reading it, and only so', async () => {
  await using released = await Released.open();
  const name = 'model.bin.part0003';
  const bytes = readStored(released.asset(name).content ?? { file: '', size: 0, sha256: '' });
  bytes[0] = (bytes[0] ?? 0) ^ 0x80;
  await released.replace(name, bytes, true);
  expect(await findFaults(released, 'listed')).toEqual([]);
  expect(await findFaults(released)).toEqual([expect.stringContaining('part 3 of 3 of out/model.bin has the digest')]);
});

test('what is missing and what is too much is named', async () => {
  await using released = await Released.open();
  const [release] = released.place.releases.all;
  if (release === undefined) throw new Error('no release');
  const extra = { ...released.asset('labels.txt'), id: 1, name: 'evil.bin' };
  release.assets = [...release.assets.filter(({ name }) => name !== 'labels.txt'), extra];
  const faults = await findFaults(released);
  expect(faults).toContain('labels.txt: out/labels.txt is missing from the release');
  expect(faults).toContain('evil.bin: the manifest does not name this asset');
});

test('a tag on another commit, a lightweight one and a missing one do not verify', async () => {
  await using released = await Released.open();
  const { repository } = released.place;
  await released.place.moveOn();
  await repository.setRef(`refs/tags/${released.event.tag}`, released.place.commit);
  expect(await findFaults(released)).toEqual([expect.stringContaining('churn@v1.0.0: it stands on')]);
  await repository.setRef(`refs/tags/${released.event.tag}`, released.event.commit);
  expect(await findFaults(released)).toEqual([expect.stringContaining('it is a lightweight one')]);
});

test('a release that is gone is told, and nothing else is asked', async () => {
  await using released = await Released.open();
  released.place.releases.all.length = 0;
  expect(await findFaults(released)).toEqual(['release churn@v1.0.0: there is no published release of the tag']);
});

test('notes without the ledger’s head, or with another event’s, do not verify', async () => {
  await using released = await Released.open();
  const [release] = released.place.releases.all;
  if (release === undefined) throw new Error('no release');
  const before = release.body ?? '';
  release.body = 'Nothing';
  expect(await findFaults(released)).toEqual(['release churn@v1.0.0: it names no event of the ledger']);
  release.body = before.replace(/(Modelgate-Ledger: \d+ sha256:)[0-9a-f]{4}/, '$10000');
  expect(await findFaults(released)).toEqual([expect.stringContaining('it names the event sha256:0000')]);
});

test('evidence that is not what the verdict was built on is named', async () => {
  await using released = await Released.open();
  const { place } = released;
  await place.moveOn();
  const { made } = await packRun(place, createModel());
  const data = made.files.find(({ path }) => path === 'evidence/data.json');
  const text = (await readFile(data?.file ?? '', 'utf8')).replace('"rows": 229', '"rows": 228');
  await writeFile(data?.file ?? '', text);
  const files = made.files.map((file) => (file === data ? { ...file, sha256: computeSha256(text) } : file));
  const published = await publishVersion(place.options({ ...made, files }, { partBytes: PART }));
  if (published.state !== 'published') throw new Error('not published');
  const { client, repository } = released.ask();
  const faults = await checkVersion(client, repository, published.event, { depth: 'downloaded' });
  const subjects = new Set(faults.map(({ subject }) => subject));
  expect(subjects).toEqual(new Set(['data', 'training', 'evaluation', 'verdict']));
  expect(faults[0]?.reason).toContain('and the manifest names');
});
