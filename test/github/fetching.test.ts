import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fetchCommit } from '../../src/github/fetching.ts';
import { git } from '../../src/github/git.ts';
import { readTree } from '../../src/github/objects.ts';
import { type GitHub, type Repository, startGitHub } from '../support/github/start.ts';

let folder: string;
let github: GitHub;
let repository: Repository;
let token: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelgate-fetching-'));
  github = await startGitHub();
  const made = { owner: 'octo', name: 'penguins', private: true, files: { 'data.csv': 'id\n' } };
  repository = await github.createRepository(made);
  token = github.createToken({ repository, permissions: { contents: 'read' } });
  await git(folder, ['init', '--quiet']);
});
afterEach(async () => {
  await github[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const remote = () => `${github.serverUrl}/${repository.fullName}`;

test('the head of a fork’s pull request is fetched by the address of the base repository, with the job’s token', async () => {
  const fork = await repository.fork('ada');
  await fork.commit({ branch: 'topic', files: { 'new.csv': 'id\n' } });
  const { headSha } = await repository.openPullRequest({ head: { repository: fork, branch: 'topic' } });
  await fetchCommit(folder, { remote: remote(), commit: headSha, token });
  expect(await readTree(folder, headSha, ['new.csv'])).toHaveLength(1);
});

test('a credential that a checkout left behind does not stand in the way', async () => {
  const stale = `AUTHORIZATION: basic ${Buffer.from('x-access-token:expired').toString('base64')}`;
  await git(folder, ['config', `http.${github.serverUrl}/.extraheader`, stale]);
  const commit = (await repository.resolve('heads/main')) ?? '';
  await fetchCommit(folder, { remote: remote(), commit, token });
  expect(await readTree(folder, commit, ['data.csv'])).toHaveLength(1);
});

test('without a token that may read it, nothing is fetched, and the words say what is missing', async () => {
  const commit = (await repository.resolve('heads/main')) ?? '';
  await expect(fetchCommit(folder, { remote: remote(), commit })).rejects.toThrow('contents: read');
});

test('git is asked again after a fault, three times in all, and the words then say that it may pass', async () => {
  const commit = (await repository.resolve('heads/main')) ?? '';
  const waits: number[] = [];
  const pause = async (seconds: number) => void waits.push(seconds);
  const fault = { operation: 'git/git-upload-pack', kind: 'status', status: 503 } as const;
  github.faults.add({ ...fault, times: 1000 });
  const fetched = fetchCommit(folder, { remote: remote(), commit, token, pause });
  await expect(fetched).rejects.toThrow(/error: 503[\s\S]*Re-run the job/);
  expect(waits).toEqual([1, 4]);
  github.faults.clear();
  github.faults.add(fault);
  await fetchCommit(folder, { remote: remote(), commit, token, pause });
  expect(await readTree(folder, commit, ['data.csv'])).toHaveLength(1);
});
