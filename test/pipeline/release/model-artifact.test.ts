import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { computeSha256 } from '../../../src/evidence/digest.ts';
import type { Client } from '../../../src/github/client.ts';
import type { Repository as Named } from '../../../src/github/repository.ts';
import type { AcceptedModel } from '../../../src/pipeline/release/accepted-model.ts';
import { findJudgedArtifact, readJudgedRun } from '../../../src/pipeline/release/judged-run.ts';
import { fetchModelFiles } from '../../../src/pipeline/release/model-artifact.ts';
import { connect } from '../../github/hub.ts';
import { createBase, createVerdict } from '../../support/evidence.ts';
import { type GitHub, type Repository, startGitHub } from '../../support/github/start.ts';
import { zip } from '../../workflows/pull-request/forged-candidate.ts';

const WORKFLOW = '.github/workflows/model.yml';
const MODEL = { 'out/model/a.bin': 'first', 'out/model/b.bin': 'second' };
let github: GitHub;
let repository: Repository;
let client: Client;
let named: Named;
let commit: string;
let temporary: string;
let now: number;

beforeEach(async () => {
  now = Date.parse('2026-11-23T09:00:00Z');
  github = await startGitHub({ now: () => new Date(now) });
  repository = await github.createRepository({ owner: 'octo', name: 'zoo', files: { a: '1' } });
  commit = String(await repository.resolve('main'));
  client = connect(github, repository, { actions: 'read', contents: 'read' });
  named = { owner: 'octo', name: 'zoo', fullName: 'octo/zoo', id: repository.id };
  temporary = await mkdtemp(join(tmpdir(), 'artifact-'));
});
afterEach(async () => {
  await rm(temporary, { recursive: true, force: true });
  await github[Symbol.asyncDispose]();
});

const makeRun = (change: Partial<Parameters<Repository['createRun']>[0]> = {}) =>
  repository.createRun({
    ...{ workflowPath: WORKFLOW, event: 'push', headSha: commit, headBranch: 'main' },
    ...{ status: 'completed', conclusion: 'success', ...change },
  });

function fetch(runId: number, trainedAt = commit, released = commit) {
  const modelFiles = Object.entries(MODEL).map(([path, text]) => {
    return { path, sha256: computeSha256(text), size: text.length };
  });
  const verdict = createVerdict({ subject: { ...createBase('verdict', 0, []).subject, modelFiles } });
  const accepted: AcceptedModel = {
    ...{ model: 'churn', config: 'modelgate.yml', evidence: { verdict }, predictions: undefined, trainedAt },
  };
  const run = { id: runId, commit: released, result: 'success', workflowPath: WORKFLOW };
  return fetchModelFiles(client, { repository: named, run, accepted, defaultBranch: 'main', temporary });
}

test('the files of a model come from the artifact of its run, each with the digest that was judged', async () => {
  const run = makeRun();
  run.addArtifact(
    'modelgate-model-churn',
    await zip([
      ['a.bin', 'first'],
      ['b.bin', 'second'],
    ]),
  );
  const files = await fetch(run.id);
  const texts = [...files].map(async ([path, file]) => [path, await readFile(file, 'utf8')]);
  expect(Object.fromEntries(await Promise.all(texts))).toEqual(MODEL);
});

test('a model that an earlier push trained comes from the run of that push', async () => {
  const earlier = makeRun();
  earlier.addArtifact(
    'modelgate-model-churn',
    await zip([
      ['a.bin', 'first'],
      ['b.bin', 'second'],
    ]),
  );
  const head = await repository.commit({ branch: 'main', files: { note: 'x' } });
  const run = makeRun({ headSha: head });
  expect((await fetch(run.id, commit, head)).size).toBe(2);
  await expect(fetch(run.id, 'f'.repeat(40), head)).rejects.toThrow(`no run of ${'f'.repeat(40)} trained it`);
});

test.each([
  [
    'another content',
    [
      ['a.bin', 'first'],
      ['b.bin', 'secomd'],
    ],
    'out/model/b.bin has not the digest that was judged',
  ],
  [
    'another size',
    [
      ['a.bin', 'first'],
      ['b.bin', 'sec'],
    ],
    'out/model/b.bin has 3 bytes, and 6 were judged',
  ],
  ['a file less', [['a.bin', 'first']], 'out/model/b.bin is not in it'],
  [
    'a file more',
    [
      ['a.bin', 'first'],
      ['b.bin', 'second'],
      ['c', ''],
    ],
    '"c" does not belong there',
  ],
] as const)('an artifact with %s is refused, and what is wrong is named', async (_, entries, reason) => {
  const run = makeRun();
  run.addArtifact('modelgate-model-churn', await zip(entries));
  await expect(fetch(run.id)).rejects.toThrow(reason);
});

test('without an artifact nothing is released', async () => {
  await expect(fetch(makeRun().id)).rejects.toThrow('has no artifact modelgate-model-churn');
});

test('only a successful run of the same workflow for a push to the default branch can be released later', async () => {
  const place = { repository: named, workflowPath: WORKFLOW, defaultBranch: 'main' };
  const good = makeRun();
  expect(await readJudgedRun(client, place, good.id)).toMatchObject({ id: good.id, commit, result: 'success' });
  const fork = await repository.fork('stranger');
  for (const [change, reason] of [
    [{ event: 'pull_request' }, 'it was started by pull_request'],
    [{ conclusion: 'failure' }, 'it ended with failure'],
    [{ workflowPath: '.github/workflows/other.yml' }, 'it is of .github/workflows/other.yml'],
    [{ headBranch: 'side' }, 'it is of the branch side'],
    [{ headRepository: fork }, 'it belongs to another repository'],
    [{ status: 'in_progress' }, 'it is not over'],
  ] as const) {
    await expect(readJudgedRun(client, place, makeRun(change).id)).rejects.toThrow(reason);
  }
});

test('a run of a tag that is called as the branch, and of a commit that a merge took along, cannot be released', async () => {
  const place = { repository: named, workflowPath: WORKFLOW, defaultBranch: 'main' };
  const forged = await repository.commit({ branch: 'side', files: { '.github/workflows/model.yml': 'forged' } });
  await repository.setRef('refs/tags/main', forged);
  const run = makeRun({ headSha: forged });
  await expect(readJudgedRun(client, place, run.id)).rejects.toThrow('is none of the newest that were pushed to main');
  const innocent = await repository.commit({ branch: 'side', files: { '.github/workflows/model.yml': 'as before' } });
  const merge = await repository.commit({ branch: 'main', files: { b: '2' }, merge: innocent });
  await expect(readJudgedRun(client, place, run.id)).rejects.toThrow('is none of the newest that were pushed to main');
  for (const headSha of [merge, commit]) {
    expect(await readJudgedRun(client, place, makeRun({ headSha }).id)).toMatchObject({ commit: headSha });
  }
});

test('what is judged comes from the job that judges, by its times, and is one of a kind', async () => {
  const place = { repository: named, workflowPath: WORKFLOW, defaultBranch: 'main' };
  const find = async (id: number) =>
    findJudgedArtifact(client, named, await readJudgedRun(client, place, id), undefined);
  const run = makeRun();
  await expect(find(run.id)).rejects.toThrow('has no artifact modelgate-judged');
  const early = run.addArtifact('modelgate-judged', Buffer.from('forged in training'));
  now += 60_000;
  const job = run.addJob({ name: 'model / judge / judge', status: 'in_progress' });
  now += 5000;
  job.update({ status: 'completed', conclusion: 'success' });
  await expect(find(run.id)).rejects.toThrow('was not uploaded while its judge ran');
  github.results.store.remove(early.id);
  now += 5000;
  const late = run.addArtifact('modelgate-judged', Buffer.from('forged later'));
  await expect(find(run.id)).rejects.toThrow('was not uploaded while its judge ran');
  github.results.store.remove(late.id);

  const again = run.rerun();
  const retried = again.addJob({ name: 'judge / judge', status: 'in_progress' });
  const judged = again.addArtifact('modelgate-judged', Buffer.from('judged'));
  again.addJob({ name: 'not a judge', status: 'completed', conclusion: 'success' });
  retried.update({ status: 'completed', conclusion: 'success' });
  again.update({ status: 'completed', conclusion: 'success' });
  expect(await find(run.id)).toMatchObject({ artifact: { id: judged.id } });
  again.rerun().addArtifact('modelgate-judged', Buffer.from('a second one'));
  again.update({ status: 'completed', conclusion: 'success' });
  again.record.jobs.push({ ...retried, attempt: 3 });
  await expect(find(run.id)).rejects.toThrow('has more than one artifact');
});

test('a run that is not over hands on its artifact by id and digest, or releases nothing', async () => {
  const run = makeRun();
  run.addArtifact('modelgate-judged', Buffer.from('x'));
  const own = { id: run.id, commit, result: 'success', workflowPath: WORKFLOW };
  await expect(findJudgedArtifact(client, named, own, undefined)).rejects.toThrow('no job of this run says which');
});
