import { expect, test, vi } from 'vitest';
import { changeParams, requireApproval } from './changes.ts';
import { listCheckStates, listChecks, listJobs } from './observation.ts';
import { Scene } from './scene.ts';

vi.setConfig({ testTimeout: 240_000 });

test('the merge queue has its check on the commit of the group, and nobody is written to', async () => {
  await using scene = await Scene.open({ shape: 'one-file', files: await requireApproval('grace') });
  const { github, repository } = scene;
  const head = await repository.commit({ branch: 'change', files: changeParams(0.4), author: 'mona' });
  const { number } = await repository.openPullRequest({ head: 'change', author: 'mona' });
  // The base has moved on since, so that the group is another commit than the head, with other files.
  await repository.commit({ branch: 'main', files: { 'docs/about.md': 'Penguins.\n' } });
  repository.addReview(number, { login: 'grace', state: 'APPROVED' });
  const { event, run } = await scene.mergeGroup(number);
  expect(run.conclusion, run.log).toBe('success');
  expect(listJobs(run)['model / train penguins']).toBe('success');
  // The reviews of the pull request count for the group that it is in.
  expect(run.jobs['report / post']?.summary).toMatch(/✅ \*\*looked-at\*\*/);
  expect(listCheckStates(scene, event.sha)).toEqual([
    'modelgate in_progress',
    'modelgate: penguins completed success',
    'modelgate completed success',
  ]);
  expect(listChecks(scene, head)).toEqual([]);
  expect(repository.inspect.comments(number)).toEqual([]);
  expect(github.requests.filter(({ operation }) => operation.startsWith('issues/'))).toEqual([]);
});

test('a group whose model is not good enough has a red check, in a private repository too', async () => {
  await using scene = await Scene.open({ shape: 'forks', private: true });
  const { repository } = scene;
  await repository.commit({ branch: 'change', files: changeParams(0), author: 'mona' });
  const { number } = await repository.openPullRequest({ head: 'change', author: 'mona' });
  const { event, run, reported } = await scene.mergeGroup(number);
  expect(run.conclusion, run.log).toBe('success');
  expect(reported?.jobs['report / post']?.result, reported?.log).toBe('success');
  expect(listChecks(scene, event.sha)).toEqual([
    'modelgate completed failure',
    'modelgate: penguins completed failure',
  ]);
  expect(repository.inspect.comments(number)).toEqual([]);
});
