import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createOctokit, readRefusal } from './octokit.ts';
import { keepReleases } from './records/releases.ts';
import { startGitHub } from './start.ts';

async function open() {
  let seconds = 0;
  const github = await startGitHub({ now: () => new Date(Date.UTC(2027, 2, 1) + seconds++ * 1000) });
  const repository = await github.createRepository({ owner: 'octo', name: 'penguins', files: { 'a.txt': 'a\n' } });
  const octokit = createOctokit(github, repository, { contents: 'write' });
  const at = { owner: 'octo', repo: 'penguins' };
  const upload = async (release: { upload_url: string }, name: string, data: string | Buffer = 'bytes') => {
    const headers = { 'content-type': 'application/octet-stream' };
    const { data: asset } = await octokit.request({ method: 'POST', url: release.upload_url, name, data, headers });
    return asset as { id: number; name: string; digest: string; state: string; size: number };
  };
  const { repos } = octokit.rest;
  const dispose = () => github[Symbol.asyncDispose]();
  return { github, repository, octokit, repos, at, upload, [Symbol.asyncDispose]: dispose };
}

const TAG = 'churn@v1.0.0';

test('a draft is nobody else’s and has no tag; publishing it makes a lightweight tag', async () => {
  await using room = await open();
  const { repos, at, repository, github } = room;
  const draft = (await repos.createRelease({ ...at, tag_name: TAG, draft: true })).data;
  expect(draft).toMatchObject({ draft: true, published_at: null, html_url: expect.stringContaining('untagged-') });
  expect(await repository.resolve(`tags/${TAG}`)).toBeUndefined();
  const reader = createOctokit(github, repository, { contents: 'read' }).rest.repos;
  expect((await reader.listReleases(at)).data).toEqual([]);
  expect(await readRefusal(reader.getRelease({ ...at, release_id: draft.id }))).toBe('404 Not Found');
  expect((await repos.listReleases(at)).data).toHaveLength(1);
  expect(await readRefusal(repos.getReleaseByTag({ ...at, tag: TAG }))).toBe('404 Not Found');

  const published = (await repos.updateRelease({ ...at, release_id: draft.id, draft: false })).data;
  expect(published).toMatchObject({ draft: false, immutable: false, tag_name: TAG });
  expect(await repository.resolve(`tags/${TAG}`)).toBe(await repository.resolve('main'));
  expect((await reader.getReleaseByTag({ ...at, tag: TAG })).data.id).toBe(draft.id);
  expect(github.announced.map(({ event, payload }) => [event, payload['action']])).toEqual([['release', 'published']]);
});

test('a tag has one release, which needs a commit to stand on', async () => {
  await using room = await open();
  const { repos, at, repository } = room;
  const sha = await repository.commit({ branch: 'side', files: { 'b.txt': 'b' } });
  const release = (await repos.createRelease({ ...at, tag_name: TAG, target_commitish: sha })).data;
  expect(await repository.resolve(`tags/${TAG}`)).toBe(sha);
  expect(await readRefusal(repos.createRelease({ ...at, tag_name: TAG }))).toBe(
    '422 Validation Failed; tag_name already_exists',
  );
  expect(await readRefusal(repos.createRelease({ ...at, tag_name: 'a b' }))).toContain('not a valid tag');
  expect(await readRefusal(repos.createRelease({ ...at, tag_name: 'x', target_commitish: 'gone' }))).toBe(
    '422 Validation Failed; target_commitish invalid',
  );
  await repos.deleteRelease({ ...at, release_id: release.id });
  expect(await repository.resolve(`tags/${TAG}`)).toBe(sha);
  await repos.createRelease({ ...at, tag_name: TAG });
});

test('the latest release is the newest that may be it, or the one that says so', async () => {
  await using room = await open();
  const { repos, at } = room;
  expect(await readRefusal(repos.getLatestRelease(at))).toBe('404 Not Found');
  await repos.createRelease({ ...at, tag_name: 'a', make_latest: 'legacy' });
  await repos.createRelease({ ...at, tag_name: 'b', make_latest: 'legacy' });
  await repos.createRelease({ ...at, tag_name: 'c', make_latest: 'false' });
  await repos.createRelease({ ...at, tag_name: 'd', prerelease: true });
  const latest = async () => (await repos.getLatestRelease(at)).data.tag_name;
  expect(await latest()).toBe('b');
  const first = (await repos.getReleaseByTag({ ...at, tag: 'a' })).data;
  await repos.updateRelease({ ...at, release_id: first.id, make_latest: 'true' });
  expect(await latest()).toBe('a');
});

test('an asset keeps its bytes and their digest, and is served by a redirect without a token', async () => {
  await using room = await open();
  const { repos, at, upload, github, octokit } = room;
  const release = (await repos.createRelease({ ...at, tag_name: TAG, draft: true })).data;
  const bytes = Buffer.from([0, 255, 1, 254]);
  const asset = await upload(release, 'model.bin', bytes);
  expect(asset).toMatchObject({
    state: 'uploaded',
    size: 4,
    digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
  });
  const url = `${github.apiUrl}/repos/octo/penguins/releases/assets/${asset.id}`;
  const headers = { accept: 'application/octet-stream', authorization: `token ${await readToken(octokit)}` };
  const redirect = await fetch(url, { headers, redirect: 'manual' });
  expect(redirect.status).toBe(302);
  const served = await fetch(redirect.headers.get('location') ?? '');
  expect(Buffer.from(await served.arrayBuffer())).toEqual(bytes);
  expect((await fetch(url)).status).toBe(404);
  const followed = await repos.getReleaseAsset({ ...at, asset_id: asset.id, headers: { accept: headers.accept } });
  expect(Buffer.from(followed.data as unknown as ArrayBuffer)).toEqual(bytes);
});

test('names are made plain, stand once, and a broken upload keeps its name until it is deleted', async () => {
  await using room = await open();
  const { repos, at, upload, repository } = room;
  const release = (await repos.createRelease({ ...at, tag_name: TAG })).data;
  expect((await upload(release, 'Modèle (v1) #3.bin')).name).toBe('Modele.v1.3.bin');
  expect((await upload(release, '.gitignore')).name).toBe('default.gitignore');
  expect(await readRefusal(upload(release, 'Modèle (v1) #3.bin'))).toBe('422 Validation Failed; name already_exists');
  const records = repository.state.part(keepReleases);
  records.brokenUploads = 1;
  expect(await readRefusal(upload(release, 'model.bin'))).toBe('502 Server Error');
  expect(await readRefusal(upload(release, 'model.bin'))).toBe('422 Validation Failed; name already_exists');
  const assets = (await repos.listReleaseAssets({ ...at, release_id: release.id })).data;
  const broken = assets.find(({ name }) => name === 'model.bin');
  expect(broken).toMatchObject({ state: 'starter', size: 0, digest: null });
  await repos.deleteReleaseAsset({ ...at, asset_id: broken?.id ?? 0 });
  expect((await upload(release, 'model.bin')).state).toBe('uploaded');
});

test('an asset is not empty, not too large, and not the thousand and first', async () => {
  await using room = await open();
  const { repos, at, upload, repository } = room;
  const release = (await repos.createRelease({ ...at, tag_name: TAG })).data;
  const records = repository.state.part(keepReleases);
  expect(records.assetLimit).toBe(2 * 1024 ** 3);
  records.assetLimit = 10;
  expect(await readRefusal(upload(release, 'a', '0123456789'))).toContain('size must be less than 10');
  expect(await readRefusal(upload(release, 'a', ''))).toBe('400 Bad Content-Length: 0');
  await upload(release, 'a', '012345678');
  const record = records.all[0];
  const first = record?.assets[0];
  if (record === undefined || first === undefined) throw new Error('no asset');
  record.assets = Array.from({ length: 1000 }, (_, index) => ({ ...first, id: -index - 1, name: `n${index}` }));
  expect(await readRefusal(upload(release, 'b'))).toContain('file limit exceeded: 1000');
  const page = await repos.listReleaseAssets({ ...at, release_id: release.id, per_page: 100, page: 10 });
  expect(page.data).toHaveLength(100);
  expect(page.headers.link).not.toContain('rel="next"');
});

async function readToken(octokit: { auth(): Promise<unknown> }): Promise<string> {
  return ((await octokit.auth()) as { token: string }).token;
}
