import { expect, test } from 'vitest';
import { listFaults } from '../../../src/registry/verify/checks.ts';
import { checkVersion, examineVersion } from '../../../src/registry/verify/version.ts';
import { readStored } from '../../support/github/stored-file.ts';
import { Released } from './released.ts';

/** What verifying finds, as `subject: reason`. */
async function findFaults(released: Released, depth: 'listed' | 'downloaded' = 'downloaded'): Promise<string[]> {
  const { client, repository, event } = released.ask();
  const faults = await checkVersion(client, repository, event, { depth });
  return faults.map(({ subject, reason }) => `${subject}: ${reason}`);
}

test('a version as it was published has no fault, from the tag down to the data', async () => {
  await using released = await Released.open();
  const { client, repository, event } = released.ask();
  const { checks } = await examineVersion({ client, repository, event }, { depth: 'downloaded' });
  expect(listFaults(checks)).toEqual([]);
  const texts = checks.map(({ subject, text }) => `${subject}: ${text}`);
  expect(texts).toContain('out/model.bin: digest, and those of its 3 parts');
  expect(texts).toContain('verdict: rests on all evidence');
  expect(await findFaults(released, 'listed')).toEqual([]);
});

test('`listed` reads manifest and evidence, and no byte of the model', async () => {
  await using released = await Released.open();
  await findFaults(released, 'listed');
  expect(released.asset('model.bin.part0001').downloads).toBe(0);
  await findFaults(released, 'downloaded');
  expect(released.asset('model.bin.part0001').downloads).toBe(1);
});

test('another part is found by what GitHub tells of it, and named with its file', async () => {
  await using released = await Released.open();
  const name = 'model.bin.part0002';
  const bytes = readStored(released.asset(name).content ?? { file: '', size: 0, sha256: '' });
  bytes[17] = (bytes[17] ?? 0) ^ 1;
  await released.replace(name, bytes);
  expect(await findFaults(released, 'listed')).toEqual([
    expect.stringMatching(new RegExp(`^${name}: part 2 of 3 of out/model.bin has the digest`)),
  ]);
});

test('a part that GitHub tells no digest of is read, at any depth', async () => {
  await using released = await Released.open();
  const name = 'model.bin.part0003';
  const asset = released.asset(name);
  const bytes = readStored(asset.content ?? { file: '', size: 0, sha256: '' });
  bytes[0] = (bytes[0] ?? 0) ^ 0x80;
  await released.replace(name, bytes, true);
  const { client, repository, event } = released.ask();
  asset.undigested = true;
  const faults = await checkVersion(client, repository, event, { depth: 'listed' });
  expect(faults).toMatchObject([{ subject: name, reason: expect.stringContaining('part 3 of 3 of out/model.bin') }]);
  expect(released.asset('model.bin.part0001').downloads).toBe(1);
});
