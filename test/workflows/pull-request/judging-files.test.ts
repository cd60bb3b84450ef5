import { expect, test, vi } from 'vitest';
import { changeConfig, changeParams } from './changes.ts';
import { maskRun } from './masking.ts';
import { cutFirstScreen, findCheck, findComment, listCheckStates, listJobs } from './observation.ts';
import { Scene } from './scene.ts';

vi.setConfig({ testTimeout: 240_000 });

test('a change that loosens the rule that it fails is judged by the rule of the base, and the table shows it', async () => {
  await using scene = await Scene.open({ shape: 'self-hosted' });
  const { repository } = scene;
  const base = String(await repository.resolve('main'));
  const files = { ...(await changeConfig('accuracy, min: 0.9 ', 'accuracy, min: 0.1 ')), ...changeParams(0) };
  const head = await repository.commit({ branch: 'change', files, author: 'mona' });
  const { number } = await repository.openPullRequest({ head: 'change', author: 'mona' });
  const { run, opened, reported } = await scene.pullRequest(number);
  expect(run.conclusion, run.log).toBe('success');
  expect(run.jobs['train penguins']?.runsOn).toEqual(['self-hosted', 'gpu']);
  expect([opened?.conclusion, reported?.jobs['report / post']?.result]).toEqual(['success', 'success']);
  expect(listCheckStates(scene, head)).toEqual([
    'modelgate in_progress',
    'modelgate: penguins in_progress',
    'modelgate: penguins completed failure',
    'modelgate completed failure',
  ]);
  await expect(maskRun(cutFirstScreen(findComment(scene, number)), { head, base })).toMatchFileSnapshot(
    'golden/loosened.md',
  );
});

test('a draft trains nothing and is not green, and says so; it is trained when it is ready', async () => {
  await using scene = await Scene.open({ shape: 'one-file' });
  const { repository } = scene;
  const base = String(await repository.resolve('main'));
  const head = await repository.commit({ branch: 'change', files: changeParams(0.4), author: 'mona' });
  const { number } = await repository.openPullRequest({ head: 'change', author: 'mona', draft: true });
  const draft = await scene.pullRequest(number);
  expect(draft.run.conclusion).toBe('failure');
  expect(Object.keys(listJobs(draft.run))).not.toContain('model / train penguins');
  expect(findCheck(scene, head)).toMatchObject({ status: 'completed', conclusion: 'failure' });
  await expect(maskRun(findComment(scene, number).body, { head, base })).toMatchFileSnapshot('golden/draft.md');
  repository.pullRequest(number).draft = false;
  const ready = await scene.pullRequest(number, 'ready_for_review');
  expect(ready.run.conclusion, ready.run.log).toBe('success');
  expect(listJobs(ready.run)['model / train penguins']).toBe('success');
  expect(findCheck(scene, head)).toMatchObject({ status: 'completed', conclusion: 'success' });
  expect(findComment(scene, number).body).toContain('## ✅ penguins: pass');
});
