import { expect, test, vi } from 'vitest';
import { ReleaseScene } from '../../releases/workflows/scene.ts';
import { createPullRequestRun } from '../../support/workflows/events.ts';
import { changeParams, dropBudget } from './changes.ts';
import { listJobs } from './observation.ts';
import { listProjectFiles } from './project-files.ts';

vi.setConfig({ testTimeout: 400_000 });

test('a version in production predicts a test set that has grown when that is pushed, and pull requests are compared with it', async () => {
  const project = await listProjectFiles();
  await using scene = await ReleaseScene.open({ files: dropBudget(project) });
  const { repository } = scene;
  const first = await scene.push();
  expect(first.conclusion, first.log).toBe('success');
  // Nothing is in production yet, so nothing has to predict.
  expect(first.log).toContain('## Let the baselines predict: skipped');
  const promoted = await scene.dispatch('promote.yml', 'mona', { stage: 'production', version: 'v1.0.0', reason: '' });
  expect(promoted.conclusion, promoted.log).toBe('success');

  const labels = (project['data/test.csv'] ?? '').trim();
  const [, row = ''] = labels.split('\n');
  const files = { 'data/test.csv': `${labels}\n${row.replace(/^[^,]+/, 'p999')}\n`, ...changeParams(0.4) };
  const grown = await repository.commit({ branch: 'main', files });
  const push = await scene.push();
  expect(push.conclusion, push.log).toBe('success');
  expect(push.jobs['model / baselines']).toMatchObject({ result: 'success', permissions: { contents: 'read' } });
  expect(push.jobs['model / baselines']?.log).toContain('production has predicted');
  expect(push.jobs['model / judge / judge']?.log).toMatch(/Against production: .*all 100 rows/);

  await repository.commit({ branch: 'better', files: changeParams(0.5), author: 'mona' });
  const { number } = await repository.openPullRequest({ head: 'better', author: 'mona' });
  const pull = await scene.run('model.yml', await createPullRequestRun(scene.github, repository, number, 'opened'));
  expect(pull.conclusion, pull.log).toBe('success');
  // No code of a baseline runs for a pull request.
  expect(Object.keys(listJobs(pull))).not.toContain('model / baselines');
  const [comment] = repository.inspect.comments(number);
  expect(comment?.body).toContain(`run again on today's test set by the run ${push.id} of ${grown.slice(0, 12)}`);
  expect(pull.jobs['model / judge / judge']?.log).toMatch(/Against production: .*of 100 rows|all 100 rows/);
});
