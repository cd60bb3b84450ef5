import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { createOctokit, readRefusal } from './octokit.ts';
import { startGitHub } from './start.ts';

test('a commit is downloaded as an archive, through a redirect to an address that needs no token', async () => {
  await using github = await startGitHub();
  const files = { 'a.txt': 'a\n', 'data/b.txt': 'b\n' };
  const repository = await github.createRepository({ owner: 'octo', name: 'penguins', files, private: true });
  const { repos } = createOctokit(github, repository, { contents: 'read' }).rest;
  const at = { owner: 'octo', repo: 'penguins' };
  const sha = (await repository.resolve('main')) ?? '';
  const manual = { request: { redirect: 'manual' as const } };
  const { status, headers } = await repos.downloadTarballArchive({ ...at, ref: 'main', ...manual });
  expect(status).toBe(302);
  const packed = Buffer.from(await (await fetch(String(headers.location))).arrayBuffer());
  const listed = execFileSync('tar', ['-tzf', '-'], { input: packed, encoding: 'utf8' }).trim().split('\n');
  const root = `octo-penguins-${sha.slice(0, 7)}`;
  expect(listed).toEqual([`${root}/`, `${root}/a.txt`, `${root}/data/`, `${root}/data/b.txt`]);
  // git itself finds the commit in the archive's first header.
  const tar = execFileSync('gzip', ['-dc'], { input: packed });
  expect(execFileSync('git', ['get-tar-commit-id'], { input: tar, encoding: 'utf8' }).trim()).toBe(sha);
  expect(await readRefusal(repos.downloadTarballArchive({ ...at, ref: 'nowhere' }))).toBe('404 Not Found');
  const none = createOctokit(github, repository, { issues: 'read' }).rest.repos;
  expect(await readRefusal(none.downloadTarballArchive({ ...at, ref: 'main' }))).toMatch(/^403 /);
});
