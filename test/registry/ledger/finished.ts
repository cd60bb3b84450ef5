import type { LedgerEvent } from '../../../src/evidence/schema/ledger.ts';
import { createDraft, updateRelease } from '../../../src/github/releases.ts';
import { createAnnotatedTag } from '../../../src/github/tags.ts';
import { renderAnchor } from '../../../src/registry/ledger/anchor.ts';
import { computeEventDigest } from '../../../src/registry/ledger/chain.ts';
import { openBranch } from './branch.ts';
import { draftPromotion, draftRelease } from './drafts.ts';

/** A repository with one version that is published and in production, as our commands leave it. */
export async function openFinished() {
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
