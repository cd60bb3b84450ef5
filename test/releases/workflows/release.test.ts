import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createPushRun } from '../../support/workflows/events.ts';
import { listResults } from '../../support/workflows/example.ts';
import type { RunResult } from '../../support/workflows/run/result.ts';
import { changeParams } from '../../workflows/pull-request/changes.ts';
import { listProjectFiles } from '../../workflows/pull-request/project-files.ts';
import { readLedgerOf, renderTrustRoot, verify } from './observation.ts';
import { AT, ReleaseScene } from './scene.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** A repository in which a push has become v1.0.0, and where pushes to `next` become pre-releases. */
let scene: ReleaseScene;
let first: RunResult;
let folder: string;
beforeAll(async () => {
  const adapt = (caller: string) => caller.replace(/(\n {2}push:[\s\S]*?branches:) \[main\]/, '$1 [main, next]');
  scene = await ReleaseScene.open({ adapt });
  folder = await mkdtemp(join(tmpdir(), 'release-'));
  first = await scene.push();
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await scene[Symbol.asyncDispose]();
});

const listAssets = async (tag: string) =>
  (await scene.releases()).find(({ tag_name }) => tag_name === tag)?.assets ?? [];

test('a push becomes a version, attested and complete', async () => {
  expect(first.conclusion, first.log).toBe('success');
  expect(first.calls['release']?.outputs).toMatchObject({ version: 'v1.0.0', tag: 'penguins@v1.0.0' });
  expect(first.jobs['release / publish modelgate.yml']?.permissions).toEqual({
    contents: 'write',
    actions: 'read',
    'pull-requests': 'read',
    'id-token': 'write',
    attestations: 'write',
  });
  const release = (await scene.releases()).at(-1);
  expect(release).toMatchObject({ draft: false, prerelease: false, tag_name: 'penguins@v1.0.0' });
  const assets = await listAssets('penguins@v1.0.0');
  const names = assets.map(({ name }) => name);
  for (const name of ['manifest.json', 'checksums.txt', 'provenance.sigstore.json', 'verdict.sigstore.json']) {
    expect(names).toContain(name);
  }
  const manifest = assets.find(({ name }) => name === 'manifest.json');
  const { data } = await scene.as('root').repos.listAttestations({ ...AT, subject_digest: String(manifest?.digest) });
  expect(data.attestations).toHaveLength(2);
});

const OWN = 'modelgate/modelgate/.github/workflows/model-release.yml';

test('what was attested is believed only of the workflow that signed, and only in the repository it signed for', async () => {
  const version = ['penguins@v1.0.0', '--repository', 'octo/zoo', '--require-attestations'];
  const believed = await verify(scene, folder, [...version, '--signer-workflow', OWN]);
  expect([believed.code, believed.text]).toEqual([0, expect.stringContaining(`signed by https://github.com/${OWN}@`)]);
  const other = await verify(scene, folder, [...version, '--signer-workflow', 'octo/zoo/.github/workflows/model.yml']);
  expect([other.code, other.text]).toEqual([1, expect.stringContaining('certificate identity error')]);
  const assets = await mkdtemp(join(folder, 'assets-'));
  const authorization = `Bearer ${scene.github.createToken({ repository: scene.repository, permissions: { contents: 'read' } })}`;
  for (const { name, url } of await listAssets('penguins@v1.0.0')) {
    const answer = await fetch(url, { headers: { accept: 'application/octet-stream', authorization } });
    await writeFile(join(assets, name), Buffer.from(await answer.arrayBuffer()));
  }
  const taken = ['--folder', assets, '--require-attestations', '--source-ref', 'refs/heads/main', '--repository'];
  expect((await verify(scene, folder, [...taken, 'octo/zoo'])).code).toBe(0);
  const foreign = await verify(scene, folder, [...taken, 'evil/zoo']);
  expect([foreign.code, foreign.text]).toEqual([1, expect.stringContaining('signed for https://github.com/octo/zoo')]);
});

const VERIFY = (signer: string) => `
on: push
jobs:
  verify:
    runs-on: ubuntu-latest
    permissions: {contents: read, deployments: read, attestations: read}
    steps:
      - run: echo "$ROOT" > "$RUNNER_TEMP/root.json"
        env: {ROOT: "\${{ vars.ROOT }}"}
      - uses: modelgate/modelgate/actions/verify@main
        with:
          reference: penguins@v1.0.0
          ledger: true
          attestations: require
          signer-workflow: ${signer}
          trusted-root: \${{ runner.temp }}/root.json
`;

test('a job verifies a version, its attestations and the ledger, and fails where somebody else signed', async () => {
  const event = await createPushRun(scene.github, scene.repository);
  const run = (signer: string) =>
    scene.run({ name: 'verify.yml', content: VERIFY(signer) }, event, {
      vars: { ROOT: renderTrustRoot(scene.sigstore) },
    });
  const believed = await run(OWN);
  expect(believed.conclusion, believed.log).toBe('success');
  expect(believed.jobs['verify']?.steps[1]?.outputs).toMatchObject({ verified: 'true', faults: '[]' });
  const refused = await run('octo/zoo/.github/workflows/model.yml');
  expect(refused.conclusion).toBe('failure');
  const { verified, faults } = refused.jobs['verify']?.steps[1]?.outputs ?? {};
  expect([verified, faults]).toEqual(['false', expect.stringContaining('provenance.sigstore.json')]);
});

test('the same content is no second version; a new card is, of the model that an earlier run trained', async () => {
  const again = await scene.push();
  expect(again.calls['release']?.outputs, again.log).toMatchObject({ version: '', tag: '' });
  expect(again.log).toContain('penguins is v1.0.0 already');
  const fetched = await scene.dispatch('model.yml', 'mona', { 'run-id': String(first.id) });
  expect(listResults(fetched)).toMatchObject({ 'release / publish modelgate.yml': 'success' });
  expect(fetched.log).toContain('penguins is v1.0.0 already');

  const { 'MODEL_CARD.md': card = '' } = await listProjectFiles();
  await scene.repository.commit({ branch: 'main', files: { 'MODEL_CARD.md': `${card}\nSeen by many.\n` } });
  const reused = await scene.push();
  expect(reused.calls['release']?.outputs, reused.log).toMatchObject({ version: 'v1.0.1' });
  expect(Object.keys(reused.jobs).filter((name) => reused.jobs[name]?.result === 'success')).not.toContainEqual(
    expect.stringContaining('candidate'),
  );
  const releases = (await readLedgerOf(scene)).filter((event) => event.kind === 'release');
  const [before, after] = ['v1.0.0', 'v1.0.1'].map((version) => releases.find((one) => one.version === version));
  expect(after?.modelDigest).toBe(before?.modelDigest);
  expect(after?.commit).not.toBe(before?.commit);
});

test('a push to another branch that the caller names becomes a pre-release, which is no version of its own', async () => {
  const { repository } = scene;
  await repository.commit({ branch: 'next', from: 'main', files: changeParams(0.4) });
  const run = await scene.push('next');
  expect(run.calls['release']?.outputs, run.log).toMatchObject({ tag: 'penguins@v1.1.0-next.1' });
  const release = (await scene.releases()).find(({ tag_name }) => tag_name === 'penguins@v1.1.0-next.1');
  expect(release).toMatchObject({ draft: false, prerelease: true });
  const found = await verify(scene, folder, ['penguins@latest', '--repository', 'octo/zoo', '--listed']);
  expect(found.text).not.toContain('next');
});

test('what an earlier run accepted is released by dispatch, in a private repository without attestations', async () => {
  const onDispatch = "(github.event_name == 'push' && needs.model.outputs.artifact-id != '')";
  const adapt = (caller: string) => caller.replace(onDispatch, 'false');
  await using closed = await ReleaseScene.open({ private: true, adapt });
  const run = await closed.push();
  expect([run.conclusion, listResults(run)['release']], run.log).toEqual(['success', 'skipped']);
  const strange = await closed.dispatch('model.yml', 'mona', { 'run-id': '999999' });
  expect([strange.conclusion, strange.log]).toEqual(['failure', expect.stringContaining('999999')]);
  const released = await closed.dispatch('model.yml', 'mona', { 'run-id': String(run.id) });
  expect(released.calls['release']?.outputs, released.log).toMatchObject({ version: 'v1.0.0' });
  const [release] = await closed.releases();
  const names = release?.assets.map(({ name }) => name) ?? [];
  expect(names).toContain('manifest.json');
  expect(names.filter((name) => name.endsWith('.sigstore.json'))).toEqual([]);
  const version = ['penguins@v1.0.0', '--repository', 'octo/zoo'];
  const open = await verify(closed, folder, version);
  expect([open.code, open.text]).toEqual([0, expect.stringContaining('there are none')]);
  const required = await verify(closed, folder, [...version, '--require-attestations']);
  expect([required.code, required.text]).toEqual([1, expect.stringContaining('there are none')]);
});
