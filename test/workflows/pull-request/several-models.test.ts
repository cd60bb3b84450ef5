import { expect, test, vi } from 'vitest';
import { changeParams } from './changes.ts';
import { findCheck, listChecks, listJobs } from './observation.ts';
import { listProjectFiles } from './project-files.ts';
import { Scene } from './scene.ts';

vi.setConfig({ testTimeout: 240_000 });

/** The example twice, in folders of their own and with models of their own; nothing of it at the root. */
async function doubleProject(): Promise<Record<string, string | null>> {
  const files = Object.entries(await listProjectFiles());
  const copy = (folder: string, model: string) =>
    files.map(([path, text]) => [`${folder}/${path}`, text.replace('model: penguins', `model: ${model}`)]);
  return Object.fromEntries([...files.map(([path]) => [path, null]), ...copy('a', 'adults'), ...copy('b', 'chicks')]);
}

test('of two models each has a comment and a check of its own; the one that fails hides nothing of the other', async () => {
  const adapt = (caller: string) =>
    caller.replaceAll('config: modelgate.yml', `config: '["a/modelgate.yml","b/modelgate.yml"]'`);
  await using scene = await Scene.open({ shape: 'one-file', files: await doubleProject(), adapt });
  const { repository } = scene;
  const worse = Object.entries(changeParams(0)).map(([path, text]) => [`b/${path}`, text]);
  const head = await repository.commit({ branch: 'change', files: Object.fromEntries(worse), author: 'mona' });
  const { number } = await repository.openPullRequest({ head: 'change', author: 'mona' });
  const { run } = await scene.pullRequest(number);
  expect(run.conclusion, run.log).toBe('success');
  expect(listJobs(run)).toMatchObject({
    'model / validate adults': 'success',
    'model / validate chicks': 'success',
    'model / train adults': 'success',
    'model / train chicks': 'success',
    'report / post': 'success',
  });
  const comments = repository.inspect.comments(number).map(({ body }) => /^## .*$/m.exec(body)?.[0]);
  expect(comments).toEqual(['## ✅ adults: pass', '## ❌ chicks: fail']);
  expect(listChecks(scene, head)).toEqual([
    'modelgate completed failure',
    'modelgate: adults completed success',
    'modelgate: chicks completed failure',
  ]);
  const { title, summary } = findCheck(scene, head).output;
  expect(title).toBe('1 of 2 models may merge');
  expect(summary).toMatch(/\*\*chicks\*\* \| ❌ fail .*\n.*\*\*adults\*\* \| ✅ pass/);
});
