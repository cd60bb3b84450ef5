import { expect, test } from 'vitest';
import type { RunResult } from '../../support/workflows/run/result.ts';
import { ForkScene, listWrites } from './fork-scene.ts';

const GPU = ['self-hosted', 'gpu'];
const PARAMS = { 'params.yaml': 'epochs: 120\nlearning-rate: 0.5\nl2: 0.001\nseed: 7\ncheckpoint-every: 20\n' };

const listMachines = ({ jobs }: RunResult) =>
  Object.fromEntries(Object.values(jobs).map(({ name, result, runsOn }) => [name, [result, runsOn]]));

test('a branch of the repository trains on the machine of its own, and everything else is elsewhere', async () => {
  await using scene = await ForkScene.open({ shape: 'self-hosted' });
  const sha = await scene.repository.commit({ branch: 'mine', files: PARAMS });
  const { number } = await scene.repository.openPullRequest({ head: 'mine' });
  const { run, opened, reported } = await scene.scene.pullRequest(number);
  expect(run.conclusion, run.log).toBe('success');
  expect(listMachines(run)).toEqual({
    plan: ['success', 'ubuntu-latest'],
    'train penguins': ['success', GPU],
    'judge / judge': ['success', 'ubuntu-latest'],
    verdict: ['success', 'ubuntu-latest'],
    // It counts what a push tells.
    count: ['skipped', undefined],
  });
  expect(listWrites(run)).toEqual([]);
  for (const half of [opened, reported])
    expect(JSON.stringify(half && listMachines(half))).not.toContain('self-hosted');
  expect(scene.findCheck(sha)).toMatchObject({ status: 'completed', conclusion: 'success' });
  expect(scene.readComment(number)).toContain('penguins: pass');
});

test('a fork never does: it waits, and once approved it trains on the machine for forks', async () => {
  await using scene = await ForkScene.open({ shape: 'self-hosted' });
  const { number, sha } = await scene.openPullRequest('theirs', PARAMS);
  const waiting = await scene.start(number);
  expect(listMachines(waiting)).toMatchObject({ train: ['skipped', undefined], verdict: ['failure', 'ubuntu-latest'] });
  scene.repository.addCollaborator('maintainer', 'write');
  scene.repository.addReview(number, { login: 'maintainer', state: 'APPROVED' });
  const trained = await scene.start(number, { rerun: { of: waiting } });
  expect(listMachines(trained)).toMatchObject({
    'train penguins': ['success', 'ubuntu-latest'],
    verdict: ['success', 'ubuntu-latest'],
  });
  await scene.report(trained.id);
  expect(scene.findCheck(sha)).toMatchObject({ status: 'completed', conclusion: 'success' });
});

test('a training that fails leaves evidence, a failing verdict and a red check', async () => {
  await using scene = await ForkScene.open({ shape: 'self-hosted' });
  const sha = await scene.repository.commit({ branch: 'broken', files: { 'train.py': 'raise SystemExit(3)\n' } });
  const { number } = await scene.repository.openPullRequest({ head: 'broken' });
  const { run } = await scene.scene.pullRequest(number);
  expect(listMachines(run)).toMatchObject({
    'train penguins': ['failure', GPU],
    'judge / judge': ['success', 'ubuntu-latest'],
    verdict: ['failure', 'ubuntu-latest'],
  });
  expect(scene.findCheck(sha)).toMatchObject({ status: 'completed', conclusion: 'failure' });
  expect(scene.readComment(number)).toContain('exit code 3');
});
