import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findNewestAssignment, lookUpStage } from '../../src/registry/stage-tags.ts';

let folder: string;
let origin: string;
let clone: string;

const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@invalid', ...args], { cwd, stdio: 'ignore' });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelgate-registry-'));
  [origin, clone] = [join(folder, 'origin'), join(folder, 'clone')];
  git(folder, 'init', '--quiet', origin);
  git(origin, 'commit', '--quiet', '--allow-empty', '--message', 'Start');
  git(folder, 'clone', '--quiet', origin, clone);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const lookUp = (root: string | undefined, trusted = false) => lookUpStage({ root }, 'churn', 'production', trusted);

describe('what a stage holds', () => {
  test('nothing yet, when origin has no tag of it', async () => {
    git(origin, 'tag', 'churn#staging#1');
    git(origin, 'tag', 'other#production#1');
    expect(await lookUp(clone)).toEqual({
      state: 'none-yet',
      text: 'no version of churn was assigned to production yet',
    });
  });

  test('is asked of origin, for a clone may lack its tags', async () => {
    git(origin, 'tag', '--annotate', '--message', 'x', 'churn#production#3');
    expect(await lookUp(clone)).toEqual({ state: 'assigned', tag: 'churn#production#3' });
  });

  test('is asked of the repository itself where there is no origin', async () => {
    git(origin, 'tag', 'churn#production#1');
    expect(await lookUp(origin)).toEqual({ state: 'assigned', tag: 'churn#production#1' });
  });

  test('is unavailable, never nothing, when origin does not answer', async () => {
    await rm(origin, { recursive: true });
    const lookup = await lookUp(clone);
    expect(lookup.state).toBe('unavailable');
    expect(lookup).toMatchObject({ text: expect.stringContaining('the tags of origin could not be read') });
  });

  test('is nothing outside git on a laptop, and unavailable there on a runner', async () => {
    expect((await lookUp(undefined)).state).toBe('none-yet');
    expect((await lookUp(undefined, true)).state).toBe('unavailable');
  });
});

test('git that refuses to answer is not the same as no repository', async () => {
  const lookup = await lookUpStage({ root: undefined, fault: 'dubious ownership' }, 'churn', 'production', false);
  expect(lookup).toEqual({ state: 'unavailable', text: 'git does not say what is in production: dubious ownership' });
});

describe('the newest assignment', () => {
  test.each([
    [['churn#production#9', 'churn#production#10', 'churn#production#2'], 'churn#production#10'],
    [['churn#production#0', 'churn#production#x', 'churn#production#1#2', 'churn#production'], undefined],
    [['churns#production#1', 'churn#production2#1'], undefined],
    [[], undefined],
  ])('of %j is %s', (tags, newest) => {
    expect(findNewestAssignment(tags, 'churn', 'production')).toBe(newest);
  });
});
