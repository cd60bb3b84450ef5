import { expect, test } from 'vitest';
import type { RunResult } from '../../support/workflows/run/result.ts';
import { changeConfig, dropBudget } from './changes.ts';
import { computeDigest, readProbe, writeProbingTraining } from './environment-probe.ts';
import { ForkScene } from './fork-scene.ts';
import { Scene } from './scene.ts';

const PASSWORD = 'canary_da7aba5e0001';
/** Nobody listens on this port, so whoever has the address says so, and whoever has none says that. */
const secrets = { BIRDS: `postgres://reader:${PASSWORD}@127.0.0.1:1/birds` };
const REFUSED = 'the connection of BIRDS_URL cannot be used: no server listens there';
const UNGIVEN = 'this job has no connection: the environment variable BIRDS_URL is not set';

/** Callers that hand their secret on, as docs/data.md tells it. */
const adapt = (caller: string) =>
  caller.replaceAll(
    '      config: modelgate.yml\n',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub
    '      config: modelgate.yml\n    secrets:\n      connections: |\n        BIRDS_URL=${{ secrets.BIRDS }}\n',
  );

const addTable = async () =>
  dropBudget(
    await changeConfig('data:\n', 'data:\n  birds: { engine: postgres, table: birds, connection: BIRDS_URL }\n'),
  );

function findLog(run: RunResult | undefined, name: string): string {
  const jobs = Object.entries(run?.jobs ?? {}).filter(([job]) => job.endsWith(name));
  expect(jobs.map(([job]) => job)).toHaveLength(1);
  return jobs[0]?.[1].log ?? '';
}

/** A change that takes the table out of its modelgate.yml, so that its own check asks nothing; the base's still does. */
const dropTable = async () => dropBudget(await changeConfig('data:\n', 'data:\n'));

test('the check of a branch has the connection, by its own contracts and by those of the base, and the log shows no address', async () => {
  await using scene = await Scene.open({ shape: 'one-file', adapt, files: await addTable() });
  const open = async (branch: string, files: Record<string, string>) => {
    await scene.repository.commit({ branch, files });
    const { number } = await scene.repository.openPullRequest({ head: branch });
    return (await scene.pullRequest(number, 'opened', { secrets })).run;
  };
  const own = await open('own', { 'notes.txt': 'a change' });
  expect(findLog(own, 'validate penguins')).toContain(REFUSED);
  const base = await open('base', await dropTable());
  expect(findLog(base, 'validate penguins')).not.toContain(REFUSED);
  for (const job of ['model / judge / judge', 'report / judge again / judge']) {
    expect(findLog(base, job), job).toContain(REFUSED);
  }
  for (const { log } of [own, base]) expect(log).not.toMatch(new RegExp(`${PASSWORD}|reader:`));
});

test('a fork has no connection, in the half of the trusted too, and nothing passes for want of it', async () => {
  await using scene = await ForkScene.open({ adapt, files: await addTable() });
  const own = await scene.openPullRequest('own', { 'notes.txt': 'a change' });
  scene.approve(own);
  expect(findLog(await scene.start(own.number, { secrets }), 'validate penguins')).toContain(UNGIVEN);
  const pull = await scene.openPullRequest('base', await dropTable());
  scene.approve(pull);
  const run = await scene.start(pull.number, { secrets });
  const reported = await scene.report(run.id, 'completed', { secrets });
  expect(findLog(reported, 'judge')).toContain('comes from a fork, so its check has no connection to a database');
  expect(reported.log).not.toContain(REFUSED);
  expect(scene.readComment(pull.number)).toContain('no connection');
  expect(scene.findCheck(pull.sha)?.conclusion).toBe('failure');
});

test('the training code of a branch meets no connection', async () => {
  await using scene = await Scene.open({ shape: 'forks', adapt });
  await scene.repository.commit({ branch: 'curious', files: { 'train.py': await writeProbingTraining() } });
  const { number } = await scene.repository.openPullRequest({ head: 'curious' });
  const { run } = await scene.pullRequest(number, 'opened', { secrets });
  const train = run.jobs['model / train penguins'];
  expect(train?.result, run.log).toBe('success');
  const { texts, digests } = readProbe(train?.log ?? '');
  expect(texts).toBeGreaterThan(20);
  expect(digests).not.toContain(computeDigest(PASSWORD));
});
