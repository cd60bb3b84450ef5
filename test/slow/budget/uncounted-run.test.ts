import { expect, test, vi } from 'vitest';
import { parseLedger } from '../../../src/registry/ledger/chain.ts';
import { readBranchByGit } from '../../registry/ledger/branch.ts';
import type { RunResult } from '../../support/workflows/run/result.ts';
import { changeParams } from '../../workflows/pull-request/changes.ts';
import { readEntries } from '../../workflows/pull-request/forged-candidate.ts';
import { ForkScene } from '../../workflows/pull-request/fork-scene.ts';
import { maskRun } from '../../workflows/pull-request/masking.ts';
import { findCheck, findComment, listJobs } from '../../workflows/pull-request/observation.ts';

vi.setConfig({ testTimeout: 300_000 });

test('before a verdict is counted, what a run shows and leaves behind is the same whatever the verdict is', async () => {
  await using forks = await ForkScene.open();
  const { scene } = forks;
  const { repository } = scene;

  /** Everything of the jobs that judge: how they ended, log, annotations, summary, outputs, and the artifact of the run. */
  async function observe(branch: string, rate: number) {
    const head = await repository.commit({ branch, files: changeParams(rate), author: 'mona' });
    const { number } = await repository.openPullRequest({ head: branch, author: 'mona' });
    const { run, reported } = await scene.pullRequest(number);
    const base = String(await repository.resolve('main'));
    const mask = (text: string) =>
      maskRun(text, { head, base })
        .replaceAll(branch, '<branch>')
        .replaceAll(/\b(artifact|ID) \d+|artifacts\/\d+/gi, '<id>')
        .replaceAll(/\d+ bytes|Uploaded bytes \d+|\/tmp\/\S+/g, '<some>');
    const maskValue = (key: string, value: unknown) =>
      key === 'artifact-id' ? '<id>' : typeof value === 'string' ? mask(value) : value;
    const files = await readEntries(forks.readArtifact(run.id, 'modelgate-judged'));
    const shown = {
      conclusion: run.conclusion,
      jobs: listJobs(run),
      judge: describeJob(run, 'model / judge / judge'),
      again: reported && describeJob(reported, 'report / judge again / judge'),
      artifact: files.map(([name, content]) => `${name}: ${content}`),
    };
    return { head, number, shown: JSON.parse(JSON.stringify(shown), maskValue) };
  }

  const passed = await observe('better', 0.4);
  const failed = await observe('worse', 0);
  expect(failed.shown).toEqual(passed.shown);
  expect(passed.shown.artifact).toEqual([expect.stringMatching(/^judged\.json: /)]);
  expect(passed.shown.judge).toMatchObject({ result: 'success', outputs: { verdict: 'cannot-measure' } });

  // Whoever requires the job `verdict` waits for it: no green job stands for a verdict that nobody has been told.
  const names = Object.keys(passed.shown.jobs);
  expect(names).toContain('model / everything but the verdict');
  expect(names).not.toContain('model / verdict');

  // The check tells them apart, after both were counted.
  expect(findCheck(scene, passed.head).conclusion).toBe('success');
  expect(findCheck(scene, failed.head).conclusion).toBe('failure');
  expect(findComment(scene, passed.number).body).toContain('verdict 1 of ');
  expect(findComment(scene, failed.number).body).toContain('verdict 2 of ');
  expect(parseLedger(await readBranchByGit(repository)).events).toHaveLength(2);
});

function describeJob({ jobs }: RunResult, name: string) {
  const job = Object.values(jobs).find((one) => one.name === name);
  if (job === undefined) throw new Error(`the job ${name} did not run`);
  const { result, log, summary, outputs } = job;
  return { result, log, summary, outputs };
}
