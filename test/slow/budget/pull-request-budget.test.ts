import { expect, test, vi } from 'vitest';
import { parseLedger } from '../../../src/registry/ledger/chain.ts';
import { readBranchByGit } from '../../registry/ledger/branch.ts';
import { changeParams } from '../../workflows/pull-request/changes.ts';
import { findCheck, findComment } from '../../workflows/pull-request/observation.ts';
import { listProjectFiles } from '../../workflows/pull-request/project-files.ts';
import { Scene } from '../../workflows/pull-request/scene.ts';

vi.setConfig({ testTimeout: 300_000 });

/** The example, whose test set may give so many verdicts. */
async function openScene(verdicts: number): Promise<Scene> {
  const config = (await listProjectFiles())['modelgate.yml'] ?? '';
  const budget = `budget: { id: penguins-test-2026, verdicts: ${verdicts}, adaptivity: none, when-spent: cannot-measure }`;
  return Scene.open({ shape: 'forks', files: { 'modelgate.yml': config.replace(/budget: \{.*\}/, budget) } });
}

async function propose(scene: Scene, branch: string, rate: number) {
  const head = await scene.repository.commit({ branch, files: changeParams(rate), author: 'mona' });
  const { number } = await scene.repository.openPullRequest({ head: branch, author: 'mona' });
  return { head, number };
}

const listVerdicts = async ({ repository }: Scene) =>
  parseLedger(await readBranchByGit(repository)).events.map(({ kind, model }) => `${kind} ${model}`);

test('verdicts that are posted are counted, once each, and after the last nothing passes', async () => {
  await using scene = await openScene(1);
  const first = await propose(scene, 'first', 0.4);
  const outcome = await scene.pullRequest(first.number);
  expect(findCheck(scene, first.head).conclusion).toBe('success');
  expect(findComment(scene, first.number).body).toContain('verdict 1 of 1, and none is left');
  expect(await listVerdicts(scene)).toEqual(['verdict penguins']);

  await scene.rerun(outcome);
  expect(findCheck(scene, first.head).conclusion).toBe('success');
  expect(await listVerdicts(scene)).toEqual(['verdict penguins']);

  const second = await propose(scene, 'second', 0.3);
  await scene.pullRequest(second.number);
  expect(findCheck(scene, second.head).conclusion).not.toBe('success');
  expect(findComment(scene, second.number).body).toContain('the test set is spent');
  expect(await listVerdicts(scene)).toEqual(['verdict penguins', 'verdict penguins']);
});
