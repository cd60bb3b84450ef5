import { expect, test, vi } from 'vitest';
import { listResults } from '../../support/workflows/example.ts';
import { changeParams } from '../../workflows/pull-request/changes.ts';
import { listProjectFiles } from '../../workflows/pull-request/project-files.ts';
import { readLedgerOf } from './observation.ts';
import { ReleaseScene } from './scene.ts';

vi.setConfig({ testTimeout: 600_000 });

const STAGES = `stages:
  - staging
  - { name: canary, from: [staging], soak: 1d }
  - { name: audited, controls: [no-worse] }
  - { name: production, from: [staging], controls: [good-enough], approval: { count: 1 } }
`;

async function withStages(): Promise<Record<string, string>> {
  const config = (await listProjectFiles())['modelgate.yml'] ?? '';
  return { 'modelgate.yml': config.replace(/^stages: .*$/m, STAGES.trimEnd()) };
}

test('a version goes from stage to stage as the file allows, is deployed, and is taken back', async () => {
  await using scene = await ReleaseScene.open({ files: await withStages() });
  const { repository } = scene;
  const first = await scene.push();
  expect(first.conclusion, first.log).toBe('success');

  const promote = (stage: string, version = '') =>
    scene.dispatch('promote.yml', 'mona', { stage, version, reason: 'it is better' });
  for (const [stage, reason] of [
    ['production', 'has never been in staging'],
    ['audited', '`no-worse`'],
    ['nowhere', 'there is no stage `nowhere`'],
  ]) {
    const refused = await promote(String(stage));
    expect([refused.conclusion, listResults(refused)['promote / promote']], refused.log).toEqual([
      'failure',
      'skipped',
    ]);
    expect(refused.log).toContain(reason);
  }
  expect(await scene.tags()).toEqual(['penguins@v1.0.0']);

  const staged = await promote('staging');
  expect(staged.conclusion, staged.log).toBe('success');
  expect(staged.calls['promote']?.outputs).toEqual({ version: 'v1.0.0', tag: 'penguins#staging#1', counter: '1' });
  expect(repository.inspect.deployments()).toMatchObject([{ environment: 'staging', ref: 'penguins#staging#1' }]);
  const deployed = await scene.deliver('deploy.yml');
  expect(deployed.conclusion, deployed.log).toBe('success');
  expect(deployed.log).toContain('model.json');
  const soaking = await promote('canary');
  expect([soaking.conclusion, soaking.log]).toEqual(['failure', expect.stringContaining('asks for 1d')]);

  const asked = await promote('production');
  expect([asked.conclusion, listResults(asked)['promote / promote']], asked.log).toEqual(['success', 'skipped']);
  const [request] = repository.inspect.issues();
  const number = request?.number ?? 0;
  expect(request?.title).toBe('Promote penguins v1.0.0 to production?');
  const own = await scene.comment(number, 'mona', '/approve');
  expect(own.conclusion, own.log).toBe('success');
  expect(repository.inspect.issues()[0]?.state).toBe('open');
  const agreed = await scene.comment(number, 'ada', '/approve');
  expect(agreed.calls['promote']?.outputs, agreed.log).toMatchObject({ tag: 'penguins#production#1' });
  expect(repository.inspect.issues()[0]).toMatchObject({ state: 'closed', stateReason: 'completed' });
  expect((await readLedgerOf(scene)).at(-1)).toMatchObject({
    kind: 'promotion',
    stage: 'production',
    requestedBy: 'mona',
    approvals: [{ login: 'ada', by: 'issue' }],
  });

  await repository.commit({ branch: 'main', files: changeParams(0.4) });
  const second = await scene.push();
  expect(second.calls['release']?.outputs, second.log).toMatchObject({ version: 'v1.1.0' });
  expect((await promote('staging')).calls['promote']?.outputs).toMatchObject({ version: 'v1.1.0', counter: '2' });
  const back = await scene.dispatch('rollback.yml', 'grace', { stage: 'staging', reason: 'it bites' });
  expect(back.conclusion, back.log).toBe('success');
  expect(back.calls['rollback']?.outputs).toMatchObject({ version: 'v1.0.0', tag: 'penguins#staging#3' });
  expect(repository.inspect.issues().at(-1)).toMatchObject({ state: 'open', labels: ['modelgate-incident'] });
  expect((await scene.deliver('deploy.yml')).log).toContain('penguins@v1.0.0');
  const kinds = (await readLedgerOf(scene)).map(({ kind }) => kind);
  expect(kinds).toEqual(['release', 'promotion', 'promotion', 'release', 'promotion', 'rollback']);
  const site = await scene.deliver('site.yml');
  expect(site.conclusion, site.log).toBe('success');
});
