import { expect, test, vi } from 'vitest';
import { changeParams } from './changes.ts';
import { maskRun } from './masking.ts';
import {
  canWrite,
  cutFirstScreen,
  findCheck,
  findComment,
  listCheckStates,
  listChecks,
  listJobs,
  markJobs,
  nameOperations,
} from './observation.ts';
import { listProjectFiles } from './project-files.ts';
import { Scene } from './scene.ts';

vi.setConfig({ testTimeout: 240_000 });

const TRUSTED = ['open / open the check', 'report / post'];

test('a change that passes: who may do what, what is asked of GitHub, and what a reviewer reads', async () => {
  await using scene = await Scene.open({ shape: 'one-file' });
  const { repository } = scene;
  const base = String(await repository.resolve('main'));
  const head = await repository.commit({ branch: 'change', files: changeParams(0.4), author: 'mona' });
  const { number } = await repository.openPullRequest({ head: 'change', author: 'mona' });
  const marks = markJobs(scene);
  const { run } = await scene.pullRequest(number, 'opened', { onProgress: marks.onProgress });
  expect(run.conclusion, run.log).toBe('success');
  const read = { contents: 'read' };
  const readAll = { contents: 'read', actions: 'read', 'pull-requests': 'read' };
  const ran = Object.values(run.jobs).filter(({ result }) => result !== 'skipped');
  expect(Object.fromEntries(ran.map(({ name, permissions }) => [name, permissions]))).toEqual({
    'open / open the check': { actions: 'read', checks: 'write', 'pull-requests': 'read' },
    'model / plan': readAll,
    'model / validate penguins': read,
    'model / train penguins': read,
    'model / judge / judge': readAll,
    'model / everything but the verdict': {},
    'report / judge again / judge': readAll,
    'report / post': { actions: 'read', checks: 'write', contents: 'write', 'pull-requests': 'write' },
  });
  expect(ran.map(({ runsOn }) => runsOn)).toEqual(ran.map(() => 'ubuntu-latest'));
  // Who can write has nothing of the repository before it, and runs one action of ours.
  const writers = ran.filter(({ permissions }) => canWrite(permissions));
  expect(writers.map(({ name, steps }) => [name, steps.length])).toEqual(TRUSTED.map((name) => [name, 1]));

  const written = scene.github.requests.filter(({ token }) => canWrite(token?.permissions));
  expect(nameOperations(written).slice(0, 3)).toEqual(['graphql', 'checks/list-for-ref', 'checks/create']);
  expect(nameOperations(marks.between('report / judge again / judge', 'report / post'))).toEqual([
    'git/get-ref',
    'git/git-upload-pack',
    ...['actions/list-workflow-run-artifacts', 'actions/download-artifact', 'results-blob'],
    'git/git-upload-pack',
    // How many verdicts the ledger has counted.
    'git/get-ref',
    ...['twirp/CreateArtifact', 'results-blob', 'twirp/FinalizeArtifact'],
  ]);
  expect(nameOperations(marks.between('report / post'))).toEqual([
    'graphql',
    ...['actions/get-artifact', 'actions/download-artifact', 'results-blob'],
    // The verdict is counted first, as the first event of a ledger that was never there.
    ...['git/get-ref', 'repos/list-releases', 'git/list-matching-refs'],
    ...['git/create-tree', 'git/create-commit', 'git/create-ref'],
    'pulls/get',
    ...['issues/list-comments', 'issues/create-comment', 'issues/list-comments'],
    // The check of the model, and at last the one that a merge depends on.
    ...['checks/list-for-ref', 'checks/create', 'checks/list-for-ref', 'checks/get', 'checks/list-for-ref'],
    ...['checks/get', 'checks/update'],
  ]);
  expect(listCheckStates(scene, head)).toEqual([
    'modelgate in_progress',
    'modelgate: penguins completed success',
    'modelgate completed success',
  ]);
  const comment = findComment(scene, number);
  expect(comment.login).toBe('github-actions[bot]');
  await expect(maskRun(comment.body, { head, base })).toMatchFileSnapshot('golden/pass.md');
});

test('a change that fails: the check alone is red, and the first screen says why', async () => {
  await using scene = await Scene.open({ shape: 'one-file' });
  const { repository } = scene;
  const base = String(await repository.resolve('main'));
  const head = await repository.commit({ branch: 'change', files: changeParams(0), author: 'mona' });
  const { number } = await repository.openPullRequest({ head: 'change', author: 'mona' });
  const { run } = await scene.pullRequest(number);
  // Its test set has a budget: what the run itself shows and leaves behind is the same as of a change that passes.
  expect(run.conclusion, run.log).toBe('success');
  expect(listJobs(run)).toEqual({
    'open / open the check': 'success',
    'model / plan': 'success',
    'model / validate penguins': 'success',
    'model / train penguins': 'success',
    'model / judge / judge': 'success',
    'model / everything but the verdict': 'success',
    'report / judge again / judge': 'success',
    'report / post': 'success',
  });
  expect(listCheckStates(scene, head)).toEqual([
    'modelgate in_progress',
    // Its annotations are sent before its conclusion.
    'modelgate: penguins in_progress',
    'modelgate: penguins completed failure',
    'modelgate completed failure',
  ]);
  expect(findCheck(scene, head).output.title).toBe('The model may not merge');
  const annotations = findCheck(scene, head, 'modelgate: penguins').output.annotations;
  expect(annotations).toContainEqual(expect.objectContaining({ path: 'modelgate.yml', annotation_level: 'failure' }));
  await expect(maskRun(cutFirstScreen(findComment(scene, number)), { head, base })).toMatchFileSnapshot(
    'golden/fail.md',
  );
});

test('the first pull request judges itself, and waits for a maintainer; the approval trains nothing again', async () => {
  await using scene = await Scene.open({ shape: 'one-file', files: { 'modelgate.yml': null } });
  const { repository } = scene;
  repository.addCollaborator('mona', 'maintain');
  repository.addCollaborator('grace', 'maintain');
  const { 'modelgate.yml': config = '' } = await listProjectFiles();
  const base = String(await repository.resolve('main'));
  const head = await repository.commit({ branch: 'begin', files: { 'modelgate.yml': config }, author: 'mona' });
  const { number } = await repository.openPullRequest({ head: 'begin', author: 'mona' });
  const first = await scene.pullRequest(number);
  expect(first.run.conclusion, first.run.log).toBe('success');
  expect(listChecks(scene, head)).toEqual(['modelgate completed failure', 'modelgate: penguins completed failure']);
  const { id, body } = findComment(scene, number);
  await expect(maskRun(cutFirstScreen(findComment(scene, number)), { head, base })).toMatchFileSnapshot(
    'golden/bootstrap.md',
  );

  const { run } = await scene.review(number, 'grace');
  expect(run.conclusion, run.log).toBe('success');
  expect(listJobs(run)).toEqual({
    'open / open the check': 'success',
    'model / plan': 'success',
    'model / judge / judge': 'success',
    'model / everything but the verdict': 'success',
    'report / judge again / judge': 'success',
    'report / post': 'success',
  });
  const edited = findComment(scene, number);
  expect(edited.id).toBe(id);
  expect(edited.body).not.toBe(body);
  expect(edited.body).toContain('## ✅ penguins: pass');
  expect(findCheck(scene, head)).toMatchObject({ status: 'completed', conclusion: 'success' });
});
