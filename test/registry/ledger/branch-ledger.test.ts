import { expect, test } from 'vitest';
import { computeEventDigest, parseLedger } from '../../../src/registry/ledger/chain.ts';
import { readGit } from '../../support/github/git/commands.ts';
import { openBranch, readBranchByGit } from './branch.ts';
import { draftPromotion, draftRelease } from './drafts.ts';

test('events are written one behind another on an orphan branch, and read by anyone in the same order', async () => {
  await using room = await openBranch();
  const ledger = room.open();
  expect(await ledger.read()).toEqual({ events: [], head: undefined, commit: undefined });
  const first = await ledger.append(() => ({ append: draftRelease('churn', 'v1.0.0') }));
  const second = await ledger.append(() => ({ append: draftPromotion('churn', 'production', 1, 'v1.0.0') }));
  if (!('event' in first) || !('event' in second)) throw new Error('Nothing was written');
  expect(first.event).toMatchObject({ sequence: 1, previous: null, kind: 'release' });
  expect(second.event).toMatchObject({ sequence: 2, previous: first.head.digest, tag: 'churn#production#1' });
  expect(second.head).toEqual({ sequence: 2, digest: computeEventDigest(second.event) });
  const read = await room.open().read();
  expect(read).toEqual(second.ledger);
  expect(parseLedger(await readBranchByGit(room.repository), read.commit)).toEqual(read);
  const { folder } = room.repository;
  const commits = await readGit(folder, ['log', '--format=%s', '--max-parents=1', 'modelgate']);
  expect(commits.split('\n')).toEqual([
    'promotion: churn v1.0.0 in production (event 2)',
    'release: churn v1.0.0 (event 1)',
  ]);
  expect(await readGit(folder, ['merge-base', 'main', 'modelgate']).catch(() => 'none')).toBe('none');
});

test('reading takes three requests, and one while nothing was written', async () => {
  await using room = await openBranch();
  await room.open().append(() => ({ append: draftRelease('churn', 'v1.0.0') }));
  const ledger = room.open();
  const before = room.github.requests.length;
  const read = await ledger.read();
  expect(room.asked(before)).toEqual(['git/get-ref', 'repos/download-tarball-archive', 'results-blob']);
  expect(await ledger.read()).toBe(read);
  expect(room.asked(before)).toHaveLength(4);
});

test('an event of the same id is written once, whoever asks', async () => {
  await using room = await openBranch();
  const one = await room.open().append(() => ({ append: draftRelease('churn', 'v1.0.0') }));
  await room.open().append(() => ({ append: draftRelease('churn', 'v1.1.0') }));
  const again = await room.open().append(() => ({ append: draftRelease('churn', 'v1.0.0', { actor: 'bob' }) }));
  expect(again).toMatchObject({ appended: false, event: { sequence: 1, actor: 'ada' }, head: { sequence: 1 } });
  expect('head' in one && 'head' in again && one.head).toEqual('head' in again && again.head);
});

test('who decides to stop gets the ledger, and nothing is written', async () => {
  await using room = await openBranch();
  const before = room.github.requests.length;
  expect(await room.open().append(() => ({ stop: 'enough' }))).toMatchObject({
    stop: 'enough',
    ledger: { events: [] },
  });
  expect(room.asked(before)).toEqual(['git/get-ref']);
});

test('an event that breaks its schema is not written', async () => {
  await using room = await openBranch();
  const wrong = draftRelease('churn', 'v1.0.0', { tag: 'other@v1.0.0' });
  await expect(room.open().append(() => ({ append: wrong }))).rejects.toThrow('/tag must be churn@v1.0.0');
  expect(await room.repository.resolve('modelgate')).toBeUndefined();
});
