import { expect, test, vi } from 'vitest';
import { parseLedger } from '../../../src/registry/ledger/chain.ts';
import { readBranchByGit } from '../../registry/ledger/branch.ts';
import { changeParams, dropBudget } from '../../workflows/pull-request/changes.ts';
import { canWrite, findComment } from '../../workflows/pull-request/observation.ts';
import { listProjectFiles } from '../../workflows/pull-request/project-files.ts';
import { Scene, type Shape } from '../../workflows/pull-request/scene.ts';

vi.setConfig({ testTimeout: 300_000 });

const listVerdicts = async ({ repository }: Scene) =>
  parseLedger(await readBranchByGit(repository)).events.map(({ kind, model }) => `${kind} ${model}`);

test.each<Shape>(['one-file', 'forks', 'self-hosted'])(
  'the verdict of a push is counted by its own run, of the shape %s, and once',
  async (shape) => {
    await using scene = await Scene.open({ shape });
    const push = await scene.push();
    expect(push.run.conclusion, push.run.log).toBe('success');
    expect(push.run.jobs['count / count']).toMatchObject({
      result: 'success',
      permissions: { actions: 'read', contents: 'write' },
      log: expect.stringContaining('the verdict is counted against the budget penguins-test-2026'),
    });
    // No other job of the run could write.
    const writing = Object.entries(push.run.jobs).filter(([, { permissions }]) => canWrite(permissions));
    expect(writing.map(([name]) => name)).toEqual(['count / count']);
    expect(await listVerdicts(scene)).toEqual(['verdict penguins']);

    // The same bytes again, and bytes that a pull request asks with after it.
    await scene.rerun(push);
    expect(await listVerdicts(scene)).toEqual(['verdict penguins']);
    if (shape !== 'one-file') return;
    await scene.repository.commit({ branch: 'change', files: changeParams(0.4), author: 'mona' });
    const { number } = await scene.repository.openPullRequest({ head: 'change', author: 'mona' });
    const pull = await scene.pullRequest(number);
    expect(pull.run.jobs['count / count']?.result ?? 'skipped').toBe('skipped');
    expect(findComment(scene, number).body).toContain('verdict 2 of 200');
  },
);

test('without a budget a push writes nothing, and says so', async () => {
  await using scene = await Scene.open({ shape: 'one-file', files: dropBudget(await listProjectFiles()) });
  const { run } = await scene.push();
  expect(run.conclusion, run.log).toBe('success');
  expect(run.jobs['count / count']?.log).toContain('nothing is counted, as there is no budget');
  expect(await scene.repository.resolve('modelgate')).toBeUndefined();
});
