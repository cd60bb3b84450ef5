import { expect, test } from 'vitest';
import type { LedgerEvent } from '../../../src/evidence/schema/ledger.ts';
import { createDraft, updateRelease } from '../../../src/github/releases.ts';
import { createAnnotatedTag } from '../../../src/github/tags.ts';
import { renderAnchor } from '../../../src/registry/ledger/anchor.ts';
import { computeEventDigest, examineLedger } from '../../../src/registry/ledger/chain.ts';
import { gatherAnchors, gatherSurroundings } from '../../../src/registry/ledger/gathering.ts';
import { findLedgerFaults } from '../../../src/registry/ledger/verification.ts';
import { openBranch, readBranchByGit } from './branch.ts';
import { writeEvents } from './chains.ts';
import { makeClone } from './clone.ts';
import { draftPromotion, draftRelease } from './drafts.ts';

/** A repository with one version that is published and in production, as our commands leave it. */
async function openFinished() {
  const room = await openBranch();
  const commit = (await room.repository.resolve('main')) ?? '';
  const client = room.connect({ contents: 'write', deployments: 'write' });
  const events: LedgerEvent[] = [];
  for (const append of [
    draftRelease('churn', 'v1.0.0', { commit }),
    draftPromotion('churn', 'production', 1, 'v1.0.0', { commit }),
  ]) {
    const written = await room.open().append(() => ({ append }));
    if ('event' in written) events.push(written.event);
  }
  const [release, promotion] = events as [LedgerEvent, LedgerEvent];
  const headOf = (event: LedgerEvent) => ({ sequence: event.sequence, digest: computeEventDigest(event) });
  for (const [name, event] of [
    ['churn@v1.0.0', release],
    ['churn#production#1', promotion],
  ] as const) {
    const message = `${name}\n\n${renderAnchor(headOf(event))}`;
    await createAnnotatedTag(client, room.place, { name, commit, message });
  }
  const body = `Notes\n<!-- ${renderAnchor(headOf(release))} -->`;
  const about = { tagName: 'churn@v1.0.0', commitish: commit, name: 'churn v1.0.0', body, prerelease: false };
  const draft = await createDraft(client, room.place, { ...about, isWanted: () => false });
  await updateRelease(client, room.place, draft.id, { draft: false });
  await client.rest.repos.createDeployment({
    ...{ owner: 'octo', repo: 'zoo', ref: 'churn#production#1', environment: 'production' },
    payload: { model: 'churn', version: 'v1.0.0', stage: 'production', counter: 1, ledger: headOf(promotion) },
    required_contexts: [],
    auto_merge: false,
  });
  return { ...room, client };
}

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

test('a clone tells the same tags by one fetch, where the API needs a request for each', async () => {
  const room = await openFinished();
  await using _room = room;
  await using clone = await makeClone(room.repository);
  const asked = await gatherSurroundings(room.client, room.place);
  const before = room.github.requests.length;
  expect(await gatherSurroundings(room.client, room.place, clone)).toEqual(asked);
  expect(room.asked(before)).not.toContain('git/get-tag');
});

test('a branch whose history was written anew is found out by what the tags remember', async () => {
  const room = await openFinished();
  await using _room = room;
  const forged = writeEvents([draftRelease('churn', 'v1.0.0', { outcome: 'fail' })]);
  await room.repository.setRef('refs/heads/modelgate', (await room.repository.resolve('main')) ?? '');
  const gone = Object.fromEntries([...(await readBranchByGit(room.repository)).keys()].map((path) => [path, null]));
  await room.repository.commit({ branch: 'modelgate', files: { ...gone, ...Object.fromEntries(forged) } });
  const { ledger, faults } = examineLedger(await readBranchByGit(room.repository));
  expect(faults).toEqual([]);
  const { anchors, facts } = await gatherSurroundings(room.client, room.place);
  const found = findLedgerFaults(ledger, anchors, facts).map((fault) => `${fault.where} ${fault.found}`);
  expect(found[0]).toMatch(/^events\/00000001\.json was changed: the tag churn@v1\.0\.0 knows/);
  expect(found).toContainEqual(
    expect.stringMatching(/^events\/00000002\.json is missing, and the tag churn#production#1/),
  );
  expect(found).toContainEqual(expect.stringMatching(/^events\/00000002\.json is missing, and the deployment/));
});

test('a branch that was deleted is not begun anew, as its tags remember it', async () => {
  const room = await openFinished();
  await using _room = room;
  await room.repository.deleteBranch('modelgate');
  const writing = room.open().append(() => ({ append: draftRelease('churn', 'v2.0.0') }));
  await expect(writing).rejects.toThrow(/the ledger is gone: .* the tag churn#production#1 remembers event 2/);
  expect(await room.repository.resolve('modelgate')).toBeUndefined();
});
