import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createPushRun } from '../../support/workflows/events.ts';
import { listProjectFiles } from '../../workflows/pull-request/project-files.ts';
import { verify } from '../workflows/observation.ts';
import { ReleaseScene } from '../workflows/scene.ts';

const OWN = 'modelgate/modelgate/.github/workflows/model-release.yml';

test('a release that is to be signed carries what the workflow signed, once for one content', async () => {
  const { 'modelgate.yml': config = '' } = await listProjectFiles();
  const signed = config.replace('release: {', 'release: { sign: true,');
  await using scene = await ReleaseScene.open({ files: { 'modelgate.yml': signed } });
  const folder = await mkdtemp(join(tmpdir(), 'signed-release-'));
  try {
    const { url } = scene.sigstore;
    const machine = { SIGSTORE_URL: url, SIGSTORE_FULCIO_URL: url, SIGSTORE_REKOR_URL: url };
    const push = async () =>
      scene.run('model.yml', await createPushRun(scene.github, scene.repository, 'main'), { machine });
    const run = await push();
    expect(run.calls['release']?.outputs, run.log).toMatchObject({ version: 'v1.0.0' });
    const [release] = await scene.releases();
    const signature = release?.assets.find(({ name }) => name === 'model.sig');
    expect(signature).toBeDefined();
    const version = ['penguins@v1.0.0', '--repository', 'octo/zoo', '--signer-workflow'];
    const believed = await verify(scene, folder, [...version, OWN]);
    expect([believed.code, believed.text]).toEqual([
      0,
      expect.stringContaining('signs exactly the files of the model'),
    ]);
    const other = await verify(scene, folder, [...version, 'octo/zoo/.github/workflows/model.yml']);
    expect([other.code, other.text]).toEqual([1, expect.stringContaining('model.sig')]);
    const again = await push();
    expect(again.log).toContain('penguins is v1.0.0 already');
    expect(await scene.releases()).toHaveLength(1);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 600_000);
