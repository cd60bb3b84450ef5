import { expect, test, vi } from 'vitest';
import type { Progress } from '../../support/workflows/run/run.ts';
import { changeParams, dropBudget, requireApproval } from './changes.ts';
import { findCheck, findComment, listCheckStates, listChecks, listJobs } from './observation.ts';
import { Scene, type Shape } from './scene.ts';

vi.setConfig({ testTimeout: 240_000 });

/** Starts something else, once, when a run has come to a place; `done` gives what comes of it. */
function watch<T>(place: (progress: Progress) => boolean, start: () => Promise<T>) {
  let started: Promise<T> | undefined;
  const onProgress = (progress: Progress) => {
    if (place(progress)) started ??= start();
  };
  const done = () => started ?? Promise.reject(new Error('the run never came there'));
  return { onProgress, done };
}

/** While the example trains. */
const isTraining = ({ job, line }: Progress) => job === 'model / train penguins' && /^epoch 20:/.test(line ?? '');

test('a run that is run again has one comment, and one check of each name, with its last word', async () => {
  const files = dropBudget(await requireApproval('grace'));
  await using scene = await Scene.open({ shape: 'one-file', files });
  const { repository } = scene;
  const head = await repository.commit({ branch: 'change', files: changeParams(0.4), author: 'mona' });
  const { number } = await repository.openPullRequest({ head: 'change', author: 'mona' });
  const first = await scene.pullRequest(number);
  expect(first.run.conclusion).toBe('failure');
  expect(listChecks(scene, head)).toEqual(['modelgate completed failure', 'modelgate: penguins completed failure']);
  const { id } = findComment(scene, number);

  // What failed is judged again, with the approval that it had waited for; what was trained is trained no second time.
  repository.addReview(number, { login: 'grace', state: 'APPROVED' });
  const second = await scene.rerun(first, 'failed');
  expect(second.run.conclusion, second.run.log).toBe('success');
  expect(second.run.jobs['model / train penguins']?.steps).toEqual(first.run.jobs['model / train penguins']?.steps);
  expect(listChecks(scene, head)).toEqual(['modelgate completed success', 'modelgate: penguins completed success']);
  expect(findComment(scene, number)).toMatchObject({ id, body: expect.stringContaining('## ✅ penguins: pass') });

  const third = await scene.rerun(second);
  expect([third.run.id, third.run.attempt, third.run.conclusion]).toEqual([first.run.id, 3, 'success']);
  expect(findComment(scene, number).id).toBe(id);
  expect(listChecks(scene, head)).toEqual(['modelgate completed success', 'modelgate: penguins completed success']);
  // Only what begins anew takes the check back to the beginning.
  const states = listCheckStates(scene, head).filter((state) => !state.startsWith('modelgate:'));
  expect(states).toEqual([
    ...['modelgate in_progress', 'modelgate completed failure'],
    'modelgate completed success',
    ...['modelgate in_progress', 'modelgate completed success'],
  ]);
});

const CANCELLED: [Shape, conclusion: string, words: string][] = [
  // Of the run that it is a job of, the report only hears that it failed.
  ['one-file', 'failure', 'There is no candidate'],
  ['forks', 'cancelled', 'The run was cancelled'],
];

test.each(CANCELLED)('a run that is cancelled while it trains is never green: %s', async (shape, conclusion, words) => {
  await using scene = await Scene.open({ shape });
  const { repository } = scene;
  const head = await repository.commit({ branch: 'change', files: changeParams(0.4), author: 'mona' });
  const { number } = await repository.openPullRequest({ head: 'change', author: 'mona' });
  const { run } = await scene.pullRequest(number, 'opened', { cancelAfter: isTraining });
  expect(run.conclusion).toBe('cancelled');
  expect(listJobs(run)['model / train penguins']).toBe('cancelled');
  expect(findCheck(scene, head)).toMatchObject({ status: 'completed', conclusion });
  expect(listCheckStates(scene, head).join()).not.toContain('success');
  expect(findComment(scene, number).body).toContain(words);
  expect(findComment(scene, number).body).not.toContain('✅');
});

test('of two pushes that race the comment is of the newer one, and the older one is not green', async () => {
  await using scene = await Scene.open({ shape: 'one-file' });
  const { repository } = scene;
  const old = await repository.commit({ branch: 'change', files: changeParams(0.4), author: 'mona' });
  const { number } = await repository.openPullRequest({ head: 'change', author: 'mona' });
  const meanwhile = watch(isTraining, async () => {
    await repository.commit({ branch: 'change', files: changeParams(0.3), author: 'mona' });
    return scene.pullRequest(number, 'synchronize');
  });
  const older = await scene.pullRequest(number, 'opened', { onProgress: meanwhile.onProgress });
  const { event, run } = await meanwhile.done();
  expect([older.run.conclusion, run.conclusion], run.log).toEqual(['cancelled', 'success']);
  const head = repository.pullRequest(number).head.sha;
  expect(event.payload).toMatchObject({ pull_request: { head: { sha: head } } });
  expect(findCheck(scene, old)).toMatchObject({ status: 'completed', conclusion: 'failure' });
  expect(findCheck(scene, head)).toMatchObject({ status: 'completed', conclusion: 'success' });
  const { body } = findComment(scene, number);
  expect(body).toContain('## ✅ penguins: pass');
  expect(body).toContain(`commit ${head.slice(0, 9)}`);
});

test('an approval that comes while the model trains is counted, and has the last word', async () => {
  await using scene = await Scene.open({ shape: 'one-file', files: await requireApproval('grace') });
  const { repository } = scene;
  const head = await repository.commit({ branch: 'change', files: changeParams(0.4), author: 'mona' });
  const { number } = await repository.openPullRequest({ head: 'change', author: 'mona' });
  const meanwhile = watch(isTraining, () => scene.review(number, 'grace'));
  const { run } = await scene.pullRequest(number, 'opened', { onProgress: meanwhile.onProgress });
  const review = await meanwhile.done();
  expect([run.conclusion, review.run.conclusion], review.run.log).toEqual(['success', 'success']);
  expect(Object.keys(listJobs(review.run))).not.toContain('model / train penguins');
  expect(findCheck(scene, head)).toMatchObject({ status: 'completed', conclusion: 'success' });
  expect(findComment(scene, number).body).toContain('## ✅ penguins: pass');
});
