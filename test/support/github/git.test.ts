import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startGitHub } from './start.ts';

const execute = promisify(execFile);

async function makeFolder() {
  const path = await mkdtemp(join(tmpdir(), 'clone-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** git without anybody's configuration, with the token in the environment as the checkout of a job has it in its configuration. */
async function git(folder: string, token: string | undefined, ...args: string[]): Promise<string> {
  const header = `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
  const environment = {
    ...process.env,
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    ...(token && { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'http.extraheader', GIT_CONFIG_VALUE_0: header }),
  };
  return (await execute('git', args, { cwd: folder, env: environment })).stdout.trim();
}

test('the head of a fork is fetched from the base repository, by ref and by its own name', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository({ owner: 'octo', name: 'penguins', files: { 'a.txt': 'one\n' } });
  const fork = await repository.fork('ada');
  const sha = await fork.commit({ branch: 'patch', files: { 'b.txt': 'b\n' } });
  const { number } = await repository.openPullRequest({ head: { repository: fork, branch: 'patch' } });
  await using folder = await makeFolder();
  await git(folder.path, undefined, 'init', '--quiet');
  await git(folder.path, undefined, 'fetch', '--quiet', '--depth=1', repository.cloneUrl, sha);
  expect(await git(folder.path, undefined, 'rev-parse', 'FETCH_HEAD')).toBe(sha);
  await git(folder.path, undefined, 'fetch', '--quiet', repository.cloneUrl, `refs/pull/${number}/merge`);
  expect(await git(folder.path, undefined, 'rev-parse', 'FETCH_HEAD^2')).toBe(sha);
});

test('a private repository is cloned with a token that reads contents, and pushed to with one that writes them', async () => {
  await using github = await startGitHub();
  const place = { owner: 'octo', name: 'secret', files: { 'a.txt': 'one\n' }, private: true };
  const repository = await github.createRepository(place);
  const reader = github.createToken({ repository, permissions: { contents: 'read' } });
  const writer = github.createToken({ repository, permissions: { contents: 'write' } });
  const blind = github.createToken({ repository, permissions: { checks: 'write' } });
  await using folder = await makeFolder();
  for (const token of [undefined, blind, 'ghs_unknown']) {
    await expect(git(folder.path, token, 'clone', '--quiet', repository.cloneUrl, 'none')).rejects.toThrow();
  }
  await git(folder.path, reader, 'clone', '--quiet', repository.cloneUrl, 'work');
  const work = join(folder.path, 'work');
  expect(await readFile(join(work, 'a.txt'), 'utf8')).toBe('one\n');
  await writeFile(join(work, 'a.txt'), 'two\n');
  await git(work, reader, '-c', 'user.name=x', '-c', 'user.email=x@y', 'commit', '--quiet', '-am', 'change');
  await expect(git(work, reader, 'push', '--quiet', 'origin', 'main')).rejects.toThrow('403');
  await git(work, writer, 'push', '--quiet', 'origin', 'main');
  expect(await repository.resolve('main')).toBe(await git(work, reader, 'rev-parse', 'main'));
});

test('a push moves the pull request that it belongs to', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository({ owner: 'octo', name: 'penguins', files: { 'a.txt': 'one\n' } });
  await repository.commit({ branch: 'feature', files: { 'a.txt': 'two\n' } });
  const { number } = await repository.openPullRequest({ head: 'feature' });
  const writer = github.createToken({ repository, permissions: { contents: 'write' } });
  await using folder = await makeFolder();
  await git(folder.path, writer, 'clone', '--quiet', '--branch=feature', repository.cloneUrl, 'work');
  const work = join(folder.path, 'work');
  await git(work, writer, '-c', 'user.name=x', '-c', 'user.email=x@y', 'commit', '--quiet', '--allow-empty', '-m', 'x');
  await git(work, writer, 'push', '--quiet', 'origin', 'feature');
  expect(repository.pullRequest(number).head.sha).toBe(await git(work, writer, 'rev-parse', 'HEAD'));
});
