import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { computeCacheMode, computeCacheScope } from './cache-scopes.ts';
import { startToolkit } from './toolkit.ts';

const MAIN = computeCacheScope({ event: 'push', ref: 'refs/heads/main', defaultBranch: 'main' });
const pull = (number: number, baseBranch = 'main') =>
  computeCacheScope({ event: 'pull_request', ref: `refs/pull/${number}/merge`, defaultBranch: 'main', baseBranch });

type Toolkit = Awaited<ReturnType<typeof startToolkit>>;

/** Saves a text under a key; what `saveCache` returned. */
async function save({ cache, folder }: Toolkit, key: string, text: string): Promise<number> {
  await writeFile(join(folder, 'cached.txt'), text);
  return cache.saveCache([join(folder, 'cached.txt')], key);
}

/** The key that was found, and the text that came back. */
async function restore({ cache, folder }: Toolkit, key: string, more: string[] = []): Promise<string | undefined> {
  const file = join(folder, 'cached.txt');
  await rm(file, { force: true });
  const found = await cache.restoreCache([file], key, more);
  return found && `${found} ${await readFile(file, 'utf8')}`;
}

test('a cache comes back by its key, by the start of it, and by a restore key; the newest first', async () => {
  await using toolkit = await startToolkit();
  toolkit.becomeJob(1, { cacheScope: MAIN });
  expect(await save(toolkit, 'data-1', 'one')).toBe(1);
  expect(await save(toolkit, 'data-2', 'two')).toBe(2);
  expect(await save(toolkit, 'data-1', 'again')).toBe(-1);
  expect(toolkit.log.join('')).toContain('another job may be creating this cache');
  expect(await restore(toolkit, 'data-1')).toBe('data-1 one');
  expect(await restore(toolkit, 'none', ['other-', 'data-'])).toBe('data-2 two');
  expect(await restore(toolkit, 'none')).toBeUndefined();
  expect(await toolkit.cache.restoreCache([join(toolkit.folder, 'other.txt')], 'data-1')).toBeUndefined();
  expect(toolkit.results.cache.list().map(({ key, scope }) => `${key} ${scope}`)).toEqual([
    'data-1 refs/heads/main',
    'data-2 refs/heads/main',
  ]);
});

test('a pull request reads its own caches, its base and the default branch, and writes for itself alone', async () => {
  await using toolkit = await startToolkit();
  toolkit.becomeJob(1, { cacheScope: MAIN });
  await save(toolkit, 'data', 'of main');
  toolkit.becomeJob(2, { cacheScope: pull(7) });
  expect(await restore(toolkit, 'data')).toBe('data of main');
  await save(toolkit, 'data', 'of 7');
  expect(await restore(toolkit, 'data')).toBe('data of 7');
  toolkit.becomeJob(3, { cacheScope: pull(8) });
  expect(await restore(toolkit, 'data')).toBe('data of main');
  toolkit.becomeJob(4, { cacheScope: MAIN });
  expect(await restore(toolkit, 'data')).toBe('data of main');
});

test('a privileged event on the default branch cannot write a cache, and the job goes on with a warning', async () => {
  await using toolkit = await startToolkit();
  const cacheScope = computeCacheScope({ event: 'workflow_run', ref: 'refs/heads/main', defaultBranch: 'main' });
  expect(computeCacheMode(cacheScope)).toBe('read');
  toolkit.becomeJob(1, { cacheScope });
  expect(await save(toolkit, 'data', 'poison')).toBe(-1);
  expect(toolkit.log.join('')).toMatch(/::warning::Failed to save: .*cache write denied:/);
  expect(toolkit.results.cache.list()).toEqual([]);
});

test('a token without scopes reads nothing, and the cache mode stops the client before it asks', async () => {
  await using toolkit = await startToolkit();
  toolkit.becomeJob(1);
  expect(await restore(toolkit, 'data')).toBeUndefined();
  expect(toolkit.log.join('')).toMatch(/::warning::Failed to restore: .*cache read denied:/);
  const calls = toolkit.calls.length;
  vi.stubEnv('ACTIONS_CACHE_MODE', computeCacheMode({ read: [], write: [] }));
  expect(await restore(toolkit, 'data')).toBeUndefined();
  expect(await save(toolkit, 'data', 'x')).toBe(-1);
  expect(toolkit.calls.length).toBe(calls);
});

test('a cache that nobody used for a week is gone', async () => {
  await using toolkit = await startToolkit();
  toolkit.becomeJob(1, { cacheScope: MAIN });
  await save(toolkit, 'data', 'kept');
  toolkit.moveClock(6);
  expect(await restore(toolkit, 'data')).toBe('data kept');
  toolkit.moveClock(6);
  expect(await restore(toolkit, 'data')).toBe('data kept');
  toolkit.moveClock(7);
  expect(await restore(toolkit, 'data')).toBeUndefined();
});

test('scopes follow the event: own ref first, then base, then default, each once', () => {
  expect(pull(7, 'release')).toEqual({
    read: ['refs/pull/7/merge', 'refs/heads/release', 'refs/heads/main'],
    write: ['refs/pull/7/merge'],
  });
  expect(MAIN).toEqual({ read: ['refs/heads/main'], write: ['refs/heads/main'] });
  const side = computeCacheScope({ event: 'issue_comment', ref: 'refs/heads/main', defaultBranch: 'main' });
  expect(side.write).toEqual([]);
});
