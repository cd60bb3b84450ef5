import { expect, test, vi } from 'vitest';
import { listResults } from '../../support/workflows/example.ts';
import { AT, ReleaseScene } from './scene.ts';

vi.setConfig({ testTimeout: 300_000 });

test('a push becomes a version, attested and complete, and the same content becomes no second one', async () => {
  await using scene = await ReleaseScene.open();
  const run = await scene.push();
  expect(run.conclusion, run.log).toBe('success');
  expect(run.calls['release']?.outputs).toMatchObject({ version: 'v1.0.0', tag: 'penguins@v1.0.0' });
  const publish = run.jobs['release / publish modelgate.yml'];
  expect(publish?.permissions).toEqual({
    contents: 'write',
    actions: 'read',
    'pull-requests': 'read',
    'id-token': 'write',
    attestations: 'write',
  });
  const [release, ...others] = await scene.releases();
  expect(others).toEqual([]);
  expect(release).toMatchObject({ draft: false, prerelease: false, tag_name: 'penguins@v1.0.0' });
  const names = release?.assets.map(({ name }) => name) ?? [];
  for (const name of ['manifest.json', 'checksums.txt', 'provenance.sigstore.json', 'verdict.sigstore.json']) {
    expect(names).toContain(name);
  }
  expect(await scene.tags()).toEqual(['penguins@v1.0.0']);
  const manifest = release?.assets.find(({ name }) => name === 'manifest.json');
  const { data } = await scene.as('root').repos.listAttestations({ ...AT, subject_digest: String(manifest?.digest) });
  expect(data.attestations).toHaveLength(2);

  const again = await scene.push();
  expect(again.conclusion, again.log).toBe('success');
  expect(again.calls['release']?.outputs).toMatchObject({ version: '', tag: '' });
  expect(again.log).toContain('penguins is v1.0.0 already');
  expect(await scene.releases()).toHaveLength(1);
  const fetched = await scene.dispatch('model.yml', 'mona', { 'run-id': String(run.id) });
  expect(listResults(fetched)).toMatchObject({ 'release / publish modelgate.yml': 'success' });
  expect(fetched.log).toContain('penguins is v1.0.0 already');
});

test('what an earlier run accepted is released by dispatch, in a private repository without attestations', async () => {
  const onDispatch = "(github.event_name == 'push' && needs.model.outputs.artifact-id != '')";
  const adapt = (caller: string) => caller.replace(onDispatch, 'false');
  await using scene = await ReleaseScene.open({ private: true, adapt });
  const run = await scene.push();
  expect([run.conclusion, listResults(run)['release']], run.log).toEqual(['success', 'skipped']);
  const strange = await scene.dispatch('model.yml', 'mona', { 'run-id': '999999' });
  expect([strange.conclusion, strange.log]).toEqual(['failure', expect.stringContaining('999999')]);
  const released = await scene.dispatch('model.yml', 'mona', { 'run-id': String(run.id) });
  expect(released.calls['release']?.outputs, released.log).toMatchObject({ version: 'v1.0.0' });
  const [release] = await scene.releases();
  const names = release?.assets.map(({ name }) => name) ?? [];
  expect(names).toContain('manifest.json');
  expect(names.filter((name) => name.endsWith('.sigstore.json'))).toEqual([]);
});
