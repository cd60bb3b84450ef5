import { expect, test } from 'vitest';
import { createAnnotatedTag } from '../../../src/github/tags.ts';
import { renderAnchor } from '../../../src/registry/ledger/anchor.ts';
import { gatherAnchors, gatherSurroundings } from '../../../src/registry/ledger/gathering.ts';
import { findLedgerFaults } from '../../../src/registry/ledger/verification.ts';
import { openBranch } from './branch.ts';
import { draftRelease } from './drafts.ts';
import { openFinished } from './finished.ts';

test('tags, releases and deployments remember the ledger, and agree with it', async () => {
  const room = await openFinished();
  await using _room = room;
  await room.repository.setRef('refs/tags/unrelated', (await room.repository.resolve('main')) ?? '');
  await room.repository.setRef('refs/tags/other@v1.0.0', (await room.repository.resolve('main')) ?? '');
  const { anchors, facts } = await gatherSurroundings(room.client, room.place);
  expect(anchors.map(({ where, head, tag }) => [where.replace(/\d+$/, 'N'), head.sequence, tag])).toEqual([
    ['the tag churn#production#N', 2, 'churn#production#1'],
    ['the tag churn@v1.0.N', 1, 'churn@v1.0.0'],
    ['the release churn@v1.0.N', 1, 'churn@v1.0.0'],
    ['the deployment N', 2, 'churn#production#1'],
  ]);
  expect(facts.tags.map(({ name, anchored }) => `${name} ${anchored}`)).toContain('other@v1.0.0 false');
  expect(findLedgerFaults(await room.open().read(), anchors, facts)).toEqual([]);
  expect(await gatherAnchors(room.client, room.place)).toEqual(anchors);
});

test('a branch that was deleted is not begun anew, as its tags remember it', async () => {
  const room = await openFinished();
  await using _room = room;
  await room.repository.deleteBranch('modelgate');
  const writing = room.open().append(() => ({ append: draftRelease('churn', 'v2.0.0') }));
  await expect(writing).rejects.toThrow(/the ledger is gone: .* the release churn@v1.0.0 remembers event 1/);
  expect(await room.repository.resolve('modelgate')).toBeUndefined();
});

test('a lost ledger is known by a tag of ours, however many of GTO’s stand around it', async () => {
  await using room = await openBranch();
  const commit = (await room.repository.resolve('main')) ?? '';
  const client = room.connect({ contents: 'write' });
  const message = renderAnchor({ sequence: 7, digest: `sha256:${'0'.repeat(64)}` });
  await createAnnotatedTag(client, room.place, { name: 'churn@v1.0.0', commit, message });
  for (let index = 0; index < 12; index++) await room.repository.setRef(`refs/tags/zoo@v1.${index}.0`, commit);
  const writing = room.open().append(() => ({ append: draftRelease('churn', 'v2.0.0') }));
  await expect(writing).rejects.toThrow(/the ledger is gone: .* the tag churn@v1.0.0 remembers event 7/);
});
