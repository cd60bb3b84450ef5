import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deleteAsset, listAssets, openAsset, uploadAsset } from '../../src/github/assets.ts';
import { createClient } from '../../src/github/client.ts';
import { Patience } from '../../src/github/patience.ts';
import { createDraft, deleteDraft, readRelease, updateRelease } from '../../src/github/releases.ts';
import { startGitHub } from '../support/github/start.ts';

const BYTES = Buffer.from('0123456789');
const TYPE = 'application/octet-stream';
let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assets-test-'));
  file = join(folder, 'model.bin');
  await writeFile(file, BYTES);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function open() {
  const github = await startGitHub();
  const made = await github.createRepository({ owner: 'octo', name: 'zoo', files: { a: 'a' } });
  const token = github.createToken({ repository: made, permissions: { contents: 'write' } });
  const client = createClient({ token, apiUrl: github.apiUrl, delays: { second: 0 } });
  const repository = { owner: 'octo', name: 'zoo' };
  const about = {
    tagName: 'v1',
    commitish: (await made.resolve('main')) ?? '',
    name: 'One',
    body: '',
    prerelease: false,
  };
  const release = await createDraft(client, repository, { ...about, isWanted: () => false });
  const dispose = () => github[Symbol.asyncDispose]();
  return { github, client, repository, release, [Symbol.asyncDispose]: dispose };
}

test('a part of a file becomes an asset with its own size and digest, and can be read from any byte on', async () => {
  await using room = await open();
  const { client, repository, release } = room;
  const wanted = { repository, release, name: 'part', mediaType: TYPE, file, start: 2, length: 5 };
  const uploaded = await uploadAsset(client, wanted);
  if (uploaded.state !== 'sent') throw new Error('it was not sent');
  expect(uploaded.asset).toMatchObject({ name: 'part', size: 5, state: 'uploaded' });
  expect(await listAssets(client, repository, release.id)).toEqual([uploaded.asset]);
  const { id } = uploaded.asset;
  expect(await buffer(await openAsset(client, repository, id, 0))).toEqual(BYTES.subarray(2, 7));
  expect(await buffer(await openAsset(client, repository, id, 3))).toEqual(BYTES.subarray(5, 7));
  await deleteAsset(client, repository, id);
  await deleteAsset(client, repository, id);
  expect(await listAssets(client, repository, release.id)).toEqual([]);
});

test('a name that is taken, and a server that fails, leave it open what became of the upload', async () => {
  await using room = await open();
  const { client, repository, release, github } = room;
  const wanted = { repository, release, name: 'x', mediaType: TYPE, file, start: 0, length: 10 };
  await uploadAsset(client, wanted);
  expect(await uploadAsset(client, wanted)).toMatchObject({ state: 'unknown', began: false });
  github.faults.add({ operation: 'repos/upload-release-asset', kind: 'drop', when: 'after' });
  expect(await uploadAsset(client, { ...wanted, name: 'y' })).toMatchObject({ state: 'unknown', began: true });
  expect((await listAssets(client, repository, release.id)).map(({ name }) => name)).toEqual(['x', 'y']);
});

test('a limit that GitHub sets is waited for, and the whole body is sent again', async () => {
  await using room = await open();
  const { client, repository, release, github } = room;
  const headers = { 'retry-after': '1' };
  github.faults.add({ operation: 'repos/upload-release-asset', kind: 'status', status: 429, headers });
  const wanted = { repository, release, name: 'x', mediaType: TYPE, file, start: 0, length: 10 };
  expect(await uploadAsset(client, wanted)).toMatchObject({ state: 'sent', asset: { size: 10 } });
});

test('the token goes to no other host, whatever address an answer names', async () => {
  await using room = await open();
  const { client, repository, release } = room;
  for (const uploadUrl of [
    'http://evil.invalid/repos/octo/zoo/releases/1/assets{?name,label}',
    release.uploadUrl.replace('http://', 'http://user:pass@'),
    release.uploadUrl.replace('octo/zoo', 'octo/other'),
  ]) {
    const wanted = {
      repository,
      release: { ...release, uploadUrl },
      name: 'x',
      mediaType: TYPE,
      file,
      start: 0,
      length: 1,
    };
    await expect(uploadAsset(client, wanted)).rejects.toThrow('another host');
  }
});

test('an upload tells its length and is never sent in chunks of unknown number', async () => {
  const seen: Record<string, unknown>[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers);
    request.resume().on('end', () => response.writeHead(201, { 'content-type': 'application/json' }).end('{}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = createClient({ token: 'secret', apiUrl, delays: { second: 0 } });
  const release = { id: 1, uploadUrl: `${apiUrl}/repos/octo/zoo/releases/1/assets{?name,label}` };
  const repository = { owner: 'octo', name: 'zoo' };
  await uploadAsset(client, { repository, release, name: 'x', mediaType: TYPE, file, start: 0, length: 10 });
  server.closeAllConnections();
  server.close();
  expect(seen[0]).toMatchObject({ 'content-length': '10', 'content-type': TYPE, authorization: 'token secret' });
  expect(seen[0]).not.toHaveProperty('transfer-encoding');
});

test('a connection without a moving byte is given up; where nothing is waited for, time does not count', async () => {
  const [patience, resting] = [20, 10].map((milliseconds) => new Patience('the upload', undefined, milliseconds));
  patience?.renew();
  resting?.renew();
  resting?.rest();
  await new Promise((resolve) => patience?.signal.addEventListener('abort', resolve));
  expect(String(patience?.signal.reason)).toContain('no byte moved for 0.02 seconds');
  expect(resting?.signal.aborted).toBe(false);
});

test('a draft is found by who wants it, published once, and then no draft is deleted', async () => {
  await using room = await open();
  const { client, repository, release } = room;
  const about = { tagName: 'v1', commitish: release.commitish, name: 'One', body: '', prerelease: false };
  const again = await createDraft(client, repository, { ...about, isWanted: ({ tagName }) => tagName === 'v1' });
  expect(again.id).toBe(release.id);
  expect(await updateRelease(client, repository, release.id, { draft: false })).toMatchObject({ draft: false });
  await deleteDraft(client, repository, release.id);
  expect(await readRelease(client, repository, release.id)).toMatchObject({ draft: false, tagName: 'v1' });
});
