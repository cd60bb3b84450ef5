import { expect, test, vi } from 'vitest';
import type { RunResult } from '../../support/workflows/run/result.ts';
import { computeDigest, readProbe, writeProbingTraining } from './environment-probe.ts';
import { ForkScene, listWrites } from './fork-scene.ts';
import { Scene } from './scene.ts';

const CANARY = 'canary_5ec2e7c0ffee';
const secrets = { CANARY, 'team-token': CANARY };

function expectNothingSecret(run: RunResult, tokens: readonly string[]): void {
  const train = run.jobs['model / train penguins'];
  expect(train?.result, run.log).toBe('success');
  const { names, digests, texts } = readProbe(train?.log ?? '');
  // The probe saw our own process, and files: it would have found what lies there.
  expect(names).toContain('INPUT_CONFIG');
  expect(texts).toBeGreaterThan(20);
  expect(tokens.length).toBeGreaterThan(4);
  expect(digests.filter((digest) => [CANARY, ...tokens].map(computeDigest).includes(digest))).toEqual([]);
  expect(train?.permissions).toEqual({ contents: 'read' });
  expect(run.log).not.toContain(CANARY);
}

test('the training code of a fork meets no secret and no token of its run', async () => {
  await using scene = await ForkScene.open();
  const tokens = vi.spyOn(scene.scene.github, 'createToken');
  const { number } = await scene.openPullRequest('curious', { 'train.py': await writeProbingTraining() });
  scene.repository.addCollaborator('maintainer', 'write');
  scene.repository.addReview(number, { login: 'maintainer', state: 'APPROVED' });
  const run = await scene.start(number, { secrets });
  expectNothingSecret(
    run,
    tokens.mock.results.map(({ value }) => String(value)),
  );
  expect(listWrites(run)).toEqual([]);
});

test('nor does that of a branch of the repository itself, where one file posts as well', async () => {
  await using scene = await Scene.open({ shape: 'one-file' });
  const tokens = vi.spyOn(scene.github, 'createToken');
  await scene.repository.commit({ branch: 'curious', files: { 'train.py': await writeProbingTraining() } });
  const { number } = await scene.repository.openPullRequest({ head: 'curious' });
  const { run } = await scene.pullRequest(number, 'opened', { secrets });
  expectNothingSecret(
    run,
    tokens.mock.results.map(({ value }) => String(value)),
  );
});
