import { expect, test, vi } from 'vitest';
import { changeParams } from '../../workflows/pull-request/changes.ts';
import { listProjectFiles } from '../../workflows/pull-request/project-files.ts';
import { readLedgerOf } from './observation.ts';
import { AT, ReleaseScene } from './scene.ts';

vi.setConfig({ testTimeout: 600_000 });

test('the reviewers of an environment agree before a job starts, and a promotion that waits holds back no other', async () => {
  await using scene = await ReleaseScene.open({ immutable: true });
  const root = scene.as('root');
  const { data: ada } = await root.users.getByUsername({ username: 'ada' });
  const reviewers = [{ type: 'User' as const, id: ada.id }];
  await root.repos.createOrUpdateEnvironment({ ...AT, environment_name: 'production', reviewers });
  const released = await scene.push();
  expect(released.conclusion, released.log).toBe('success');
  expect(await scene.releases()).toMatchObject([{ immutable: true, tag_name: 'penguins@v1.0.0' }]);

  const waiting = scene.dispatch('promote.yml', 'mona', { stage: 'production' });
  const id = await scene.waitingRun();
  const staged = await scene.dispatch('promote.yml', 'grace', { stage: 'staging' });
  expect(staged.conclusion, staged.log).toBe('success');
  const { data: pending } = await root.actions.getPendingDeploymentsForRun({ ...AT, run_id: id });
  const environment_ids = pending.map(({ environment }) => environment.id ?? 0);
  const decide = { ...AT, run_id: id, environment_ids, state: 'approved' as const, comment: 'looks right' };
  await scene.as('ada').actions.reviewPendingDeploymentsForRun(decide);
  const promoted = await waiting;
  expect(promoted.conclusion, promoted.log).toBe('success');
  expect(promoted.calls['promote']?.outputs).toMatchObject({ tag: 'penguins#production#1' });
  expect((await readLedgerOf(scene)).at(-1)).toMatchObject({ approvals: [{ login: 'ada', by: 'environment' }] });
  // Ours alone: the job that waited is none.
  expect(scene.repository.inspect.deployments().map(({ ref }) => ref)).toEqual([
    'penguins#staging#1',
    'penguins#production#1',
  ]);
});

test('two models of one repository have versions of their own, and one that fails holds back no other', async () => {
  const files = Object.entries(await listProjectFiles());
  const copy = (folder: string, model: string) =>
    files.map(([path, text]) => [`${folder}/${path}`, text.replace('model: penguins', `model: ${model}`)]);
  const double = [...files.map(([path]) => [path, null]), ...copy('a', 'adults'), ...copy('b', 'chicks')];
  const config = `'["a/modelgate.yml","b/modelgate.yml"]'`;
  const adapt = (caller: string) => caller.replaceAll('config: modelgate.yml', `config: ${config}`);
  await using scene = await ReleaseScene.open({ files: Object.fromEntries(double), adapt });
  const first = await scene.push();
  expect(first.conclusion, first.log).toBe('success');
  expect(await scene.tags()).toEqual(['adults@v1.0.0', 'chicks@v1.0.0']);
  const change = (folder: string, value: number) =>
    Object.entries(changeParams(value)).map(([path, text]) => [`${folder}/${path}`, text]);
  const changed = Object.fromEntries([...change('a', 0.4), ...change('b', 0)]);
  await scene.repository.commit({ branch: 'main', files: changed });
  const second = await scene.push();
  expect(second.conclusion).toBe('failure');
  expect(await scene.tags()).toEqual(['adults@v1.0.0', 'adults@v1.1.0', 'chicks@v1.0.0']);
  const named = await scene.dispatch('promote.yml', 'mona', { model: 'chicks', stage: 'staging' });
  expect(named.calls['promote']?.outputs, named.log).toMatchObject({ tag: 'chicks#staging#1', version: 'v1.0.0' });
});
