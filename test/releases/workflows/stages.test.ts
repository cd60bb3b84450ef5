import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { listResults } from '../../support/workflows/example.ts';
import { Cancellation } from '../../support/workflows/run/cancellation.ts';
import { changeParams } from '../../workflows/pull-request/changes.ts';
import { listProjectFiles } from '../../workflows/pull-request/project-files.ts';
import { readLedgerOf, readSite } from './observation.ts';
import { ReleaseScene } from './scene.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

const STAGES = `stages:
  - staging
  - { name: canary, from: [staging], soak: 1d }
  - { name: audited, controls: [no-worse] }
  - { name: production, from: [staging], controls: [good-enough] }
  - { name: asked, approval: { count: 1 } }
  - shadow
`;

/** A repository with two versions, v1.0.0 and v1.1.0. Every test has stages of its own. */
let scene: ReleaseScene;
beforeAll(async () => {
  const config = (await listProjectFiles())['modelgate.yml'] ?? '';
  const files = { 'modelgate.yml': config.replace(/^stages: .*$/m, STAGES.trimEnd()) };
  // As deploy.yml says of itself: another stage in both places.
  const adapt = (caller: string) =>
    caller.replace("stage == 'production'", "stage == 'staging'").replace('}}@production', '}}@staging');
  scene = await ReleaseScene.open({ files, adapt });
  const first = await scene.push();
  expect(first.conclusion, first.log).toBe('success');
  await scene.repository.commit({ branch: 'main', files: changeParams(0.4) });
  const second = await scene.push();
  expect(second.calls['release']?.outputs, second.log).toMatchObject({ version: 'v1.1.0' });
});
afterAll(() => scene[Symbol.asyncDispose]());

const promote = (stage: string, version: string) =>
  scene.dispatch('promote.yml', 'mona', { stage, version, reason: 'it is better' });

/** What the ledger says of some stages: kind, stage and version. */
const listPlacings = async (...stages: string[]) =>
  (await readLedgerOf(scene)).flatMap((event) =>
    event.kind !== 'release' && 'stage' in event && stages.includes(event.stage)
      ? [[event.kind, event.stage, event.version].join(' ')]
      : [],
  );

test('a version goes from stage to stage as the file allows, is deployed, and is taken back', async () => {
  const { repository } = scene;
  for (const [stage, reason] of [
    ['production', 'has never been in staging'],
    ['audited', '`no-worse`'],
    ['nowhere', 'there is no stage `nowhere`'],
  ]) {
    const refused = await promote(String(stage), 'v1.0.0');
    expect([refused.conclusion, listResults(refused)['promote / promote']], refused.log).toEqual([
      'failure',
      'skipped',
    ]);
    expect(refused.log).toContain(reason);
  }
  const staged = await promote('staging', 'v1.0.0');
  expect(staged.conclusion, staged.log).toBe('success');
  expect(staged.calls['promote']?.outputs).toEqual({ version: 'v1.0.0', tag: 'penguins#staging#1', counter: '1' });
  expect(repository.inspect.deployments().at(-1)).toMatchObject({ environment: 'staging', ref: 'penguins#staging#1' });
  const deployed = await scene.deliver('deploy.yml');
  expect(deployed.conclusion, deployed.log).toBe('success');
  expect(deployed.log).toContain('model.json');
  const soaking = await promote('canary', 'v1.0.0');
  expect([soaking.conclusion, soaking.log]).toEqual(['failure', expect.stringContaining('asks for 1d')]);

  // Without a version the newest is meant.
  expect((await promote('staging', '')).calls['promote']?.outputs).toMatchObject({ version: 'v1.1.0', counter: '2' });
  const back = await scene.dispatch('rollback.yml', 'grace', { stage: 'staging', reason: 'it bites' });
  expect(back.conclusion, back.log).toBe('success');
  const incident = repository.inspect.issues().find(({ labels }) => labels.includes('modelgate-incident'));
  expect(incident).toMatchObject({ state: 'open' });
  expect(back.calls['rollback']?.outputs).toMatchObject({
    version: 'v1.0.0',
    tag: 'penguins#staging#3',
    incident: expect.stringMatching(new RegExp(`/octo/zoo/issues/${incident?.number}$`)),
  });
  expect((await scene.deliver('deploy.yml')).log).toContain('penguins@v1.0.0');
  expect(await listPlacings('staging', 'canary', 'audited', 'production')).toEqual([
    'promotion staging v1.0.0',
    'promotion staging v1.1.0',
    'rollback staging v1.0.0',
  ]);
  const site = await scene.deliver('site.yml');
  expect(site.conclusion, site.log).toBe('success');
  // In the order of the file, and also those that nothing was ever in.
  expect(await readSite(scene, site)).toMatch(/staging[\s\S]*canary[\s\S]*audited[\s\S]*production/);
});

test('a request waits in an issue: somebody else who may write agrees, and one no ends it', async () => {
  const { repository } = scene;
  repository.addCollaborator('guest', 'triage');
  const requests = () => repository.inspect.issues().filter(({ title }) => title.includes('to asked?'));
  const ask = async (version: string): Promise<number> => {
    const asked = await promote('asked', version);
    expect([asked.conclusion, listResults(asked)['promote / promote']], asked.log).toEqual(['success', 'skipped']);
    return requests().at(-1)?.number ?? 0;
  };
  const number = await ask('v1.0.0');
  expect(requests()).toMatchObject([{ title: 'Promote penguins v1.0.0 to asked?' }]);
  const answers = (login: string) => {
    const ours = repository.inspect.comments(number).filter(({ app }) => app !== undefined);
    return ours.filter(({ body }) => body.includes(`The comment of ${login} does not count`));
  };
  const passer = await scene.comment(number, 'passer', '/approve');
  expect([passer.conclusion, answers('passer').length], passer.log).toEqual(['skipped', 0]);
  const guest = await scene.comment(number, 'guest', '/approve');
  expect(guest.conclusion, guest.log).toBe('success');
  expect(answers('guest')).toMatchObject([{ body: expect.stringContaining('may not write to the repository') }]);
  const own = await scene.comment(number, 'mona', '/approve');
  expect(own.conclusion, own.log).toBe('success');
  expect([requests()[0]?.state, answers('mona').length, answers('guest').length]).toEqual(['open', 1, 1]);
  const agreed = await scene.comment(number, 'ada', '/approve');
  expect(agreed.calls['promote']?.outputs, agreed.log).toMatchObject({ tag: 'penguins#asked#1' });
  expect(requests()).toMatchObject([{ state: 'closed', stateReason: 'completed' }]);
  expect((await readLedgerOf(scene)).at(-1)).toMatchObject({
    kind: 'promotion',
    stage: 'asked',
    requestedBy: 'mona',
    approvals: [{ login: 'ada', by: 'issue' }],
  });
  expect([answers('mona').length, answers('guest').length]).toEqual([1, 1]);

  const second = await ask('v1.1.0');
  const rejected = await scene.comment(second, 'ada', '/reject');
  expect(rejected.conclusion, rejected.log).toBe('success');
  expect(requests().at(-1)).toMatchObject({ number: second, state: 'closed', stateReason: 'not_planned' });
  expect(repository.inspect.comments(second).at(-1)?.body).toContain('Rejected by ada');
  expect(await listPlacings('asked')).toEqual(['promotion asked v1.0.0']);
});

test('promotions that wait for each other keep their order, and none is dropped', async () => {
  const leave = await scene.scheduler.enter({ group: 'modelgate-stages', cancelInProgress: false, queue: 'max' }, FREE);
  const versions = ['v1.0.0', 'v1.1.0', 'v1.0.0'];
  const runs = [];
  for (const [index, version] of versions.entries()) {
    runs.push(promote('shadow', version));
    await scene.scheduler.whenWaiting('modelgate-stages', index + 1);
  }
  leave?.();
  const outputs = (await Promise.all(runs)).map(({ calls }) => calls['promote']?.outputs);
  expect(outputs).toMatchObject(versions.map((version, index) => ({ version, counter: String(index + 1) })));
  expect(await listPlacings('shadow')).toEqual(versions.map((version) => `promotion shadow ${version}`));
});

/** Nobody cancels who holds the queue here. */
const FREE = new Cancellation();
