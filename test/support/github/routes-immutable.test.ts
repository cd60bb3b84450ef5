import { expect, test } from 'vitest';
import { createOctokit, readRefusal } from './octokit.ts';
import { startGitHub } from './start.ts';

const at = { owner: 'octo', repo: 'penguins' };
const TAG = 'churn@v1.0.0';
const PROTECTED = /^422 Repository rule violations found Cannot (update|delete) this protected ref\.$/;

async function open() {
  const github = await startGitHub();
  const repository = await github.createRepository({ ...at, name: at.repo, files: { 'a.txt': 'a\n' } });
  repository.addCollaborator('ada', 'admin');
  const owner = createOctokit(github, repository, {}, { kind: 'user', login: 'ada' });
  const { rest } = createOctokit(github, repository, { contents: 'write' });
  const upload = (release: { upload_url: string }, name: string) =>
    owner.request({
      method: 'POST',
      url: release.upload_url,
      name,
      data: 'x',
      headers: { 'content-type': 'text/plain' },
    });
  const dispose = () => github[Symbol.asyncDispose]();
  return { github, repository, owner, rest, upload, [Symbol.asyncDispose]: dispose };
}

test('only an administrator sees and changes the setting; no token of a workflow can', async () => {
  await using room = await open();
  const { owner, rest, github, repository } = room;
  expect(await readRefusal(owner.rest.repos.checkImmutableReleases(at))).toBe('404 Not Found');
  await owner.rest.repos.enableImmutableReleases(at);
  expect((await owner.rest.repos.checkImmutableReleases(at)).data.enabled).toBe(true);
  expect(await readRefusal(rest.repos.checkImmutableReleases(at))).toBe('403 Resource not accessible by integration');
  expect(() => github.createToken({ repository, permissions: { administration: 'read' } })).toThrow('No token');
  const app = createOctokit(github, repository, { administration: 'read' }, { kind: 'app' }).rest.repos;
  expect((await app.checkImmutableReleases(at)).data.enabled).toBe(true);
  expect(await readRefusal(app.disableImmutableReleases(at))).toBe('403 Resource not accessible by integration');
  await owner.rest.repos.disableImmutableReleases(at);
  expect(await readRefusal(owner.rest.repos.checkImmutableReleases(at))).toBe('404 Not Found');
});

test('once published, assets and tag are fixed, and title, notes and latest are not', async () => {
  await using room = await open();
  const { owner, rest, upload, repository } = room;
  await owner.rest.repos.enableImmutableReleases(at);
  const draft = (await rest.repos.createRelease({ ...at, tag_name: TAG, draft: true })).data;
  const asset = (await upload(draft, 'model.bin')).data as { id: number };
  const release_id = draft.id;
  const published = (await rest.repos.updateRelease({ ...at, release_id, draft: false })).data;
  expect(published.immutable).toBe(true);
  expect(await readRefusal(upload(draft, 'more.bin'))).toBe('422 Cannot upload assets to an immutable release');
  expect(await readRefusal(rest.repos.deleteReleaseAsset({ ...at, asset_id: asset.id }))).toBe(
    '422 Cannot delete asset from an immutable release',
  );
  const tip = await repository.commit({ branch: 'main', files: { 'a.txt': 'b\n' } });
  const ref = `tags/${TAG}`;
  expect(await readRefusal(rest.git.updateRef({ ...at, ref, sha: tip, force: true }))).toMatch(PROTECTED);
  expect(await readRefusal(rest.git.deleteRef({ ...at, ref }))).toMatch(PROTECTED);
  expect(await readRefusal(rest.repos.updateRelease({ ...at, release_id, tag_name: 'x' }))).toMatch(/^422 /);
  const edited = await rest.repos.updateRelease({ ...at, release_id, name: 'Title', body: 'Notes', prerelease: true });
  expect(edited.data).toMatchObject({ name: 'Title', body: 'Notes', prerelease: true, immutable: true });
});

test('a deleted immutable release frees its tag and burns its name for good', async () => {
  await using room = await open();
  const { owner, rest, repository } = room;
  await owner.rest.repos.enableImmutableReleases(at);
  const release = (await rest.repos.createRelease({ ...at, tag_name: TAG })).data;
  await owner.rest.repos.disableImmutableReleases(at);
  await rest.repos.deleteRelease({ ...at, release_id: release.id });
  const sha = (await repository.resolve('main')) ?? '';
  await rest.git.deleteRef({ ...at, ref: `tags/${TAG}` });
  expect(await readRefusal(rest.repos.createRelease({ ...at, tag_name: TAG, draft: true }))).toBe(
    '422 Validation Failed; tag_name tag_name was used by an immutable release',
  );
  expect(await readRefusal(rest.git.createRef({ ...at, ref: `refs/tags/${TAG}`, sha }))).toBe(
    '422 Repository rule violations found Cannot create ref due to creations being restricted.',
  );
});

test('a release made with the setting off stays changeable after it is on', async () => {
  await using room = await open();
  const { owner, rest, upload } = room;
  const release = (await rest.repos.createRelease({ ...at, tag_name: TAG })).data;
  await owner.rest.repos.enableImmutableReleases(at);
  await upload(release, 'late.bin');
  expect((await rest.repos.getRelease({ ...at, release_id: release.id })).data.immutable).toBe(false);
});

test('a new tag on workflows that the default branch lacks needs the right to write workflows', async () => {
  await using room = await open();
  const { rest, repository, github } = room;
  const sha = await repository.commit({ branch: 'side', files: { '.github/workflows/x.yml': 'on: push' } });
  const release = { ...at, tag_name: TAG, target_commitish: sha };
  expect(await readRefusal(rest.repos.createRelease(release))).toBe('403 Resource not accessible by integration');
  const permissions = { contents: 'write', workflows: 'write' } as const;
  const app = createOctokit(github, repository, permissions, { kind: 'app' });
  expect((await app.rest.repos.createRelease(release)).status).toBe(201);
});
