import { expect, test, vi } from 'vitest';
import { changeConfig, changeParams } from './changes.ts';
import { maskRun } from './masking.ts';
import { cutFirstScreen, findCheck, findComment, listChecks, listJobs } from './observation.ts';
import { Scene } from './scene.ts';

vi.setConfig({ testTimeout: 240_000 });

const JUDGED_ONLY = {
  'open / open the check': 'success',
  'model / plan': 'success',
  'model / judge / judge': 'success',
  'model / everything but the verdict': 'success',
  'report / judge again / judge': 'success',
  'report / post': 'success',
};

test('what was pushed is the baseline of later changes, and is used again where nothing that matters changed', async () => {
  const files = await changeConfig('against: production, max-drop: 0.05', 'against: base, max-drop: 0.05');
  await using scene = await Scene.open({ shape: 'one-file', files });
  const { repository } = scene;
  const pushed = String(await repository.resolve('main'));
  const push = await scene.push();
  expect(push.run.conclusion, push.run.log).toBe('success');
  // A push has nobody to report to: the one job that can write counts the verdict, and no check is made.
  const jobs = ['plan', 'validate penguins', 'train penguins', 'judge / judge', 'verdict'];
  expect(Object.keys(listJobs(push.run))).toEqual([...jobs.map((job) => `model / ${job}`), 'count / count']);
  expect(listChecks(scene, pushed)).toEqual([]);

  const worse = await repository.commit({ branch: 'worse', files: changeParams(0), author: 'mona' });
  const { number } = await repository.openPullRequest({ head: 'worse', author: 'mona' });
  const { run } = await scene.pullRequest(number);
  expect(run.conclusion, run.log).toBe('success');
  expect(listJobs(run)['model / train penguins']).toBe('success');
  const screen = maskRun(cutFirstScreen(findComment(scene, number)), { head: worse, base: pushed });
  await expect(screen).toMatchFileSnapshot('golden/against-base.md');

  // A commit that no run was for: the baseline is one commit away now.
  const base = await repository.commit({ branch: 'main', files: { 'docs/about.md': 'Penguins.\n' } });
  const head = await repository.commit({
    branch: 'words',
    files: { 'README.md': 'About penguins.\n' },
    author: 'mona',
  });
  const words = await repository.openPullRequest({ head: 'words', author: 'mona' });
  const reused = await scene.pullRequest(words.number);
  expect(reused.run.conclusion, reused.run.log).toBe('success');
  expect(listJobs(reused.run)).toEqual(JUDGED_ONLY);
  expect(reused.run.jobs['model / plan']?.log).toContain(`penguins: reuse: the run ${push.run.id} of`);
  const comment = findComment(scene, words.number);
  expect(maskRun(cutFirstScreen(comment), { head, base, pushed })).toContain('1 commit before the base');
  expect(findCheck(scene, head)).toMatchObject({ status: 'completed', conclusion: 'success' });

  const group = await scene.mergeGroup(words.number);
  expect(group.run.conclusion, group.run.log).toBe('success');
  expect(listJobs(group.run)).toEqual(JUDGED_ONLY);
  expect(findCheck(scene, group.event.sha)).toMatchObject({ status: 'completed', conclusion: 'success' });
});
