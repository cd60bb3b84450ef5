import { expect, test } from 'vitest';
import { createClient } from '../../../src/github/client.ts';
import { openLedger } from '../../../src/registry/ledger/branch-ledger.ts';
import { parseLedger } from '../../../src/registry/ledger/chain.ts';
import { computeNextCounter } from '../../../src/registry/ledger/queries.ts';
import { openBranch, readBranchByGit } from '../../registry/ledger/branch.ts';
import { draftPromotion, draftRelease } from '../../registry/ledger/drafts.ts';

const WRITERS = 20;

test('twenty writers at once: no event is lost or doubled, no counter is given twice, and the chain is whole', async () => {
  await using room = await openBranch();
  const { github, repository, place } = room;
  const expiresAt = new Date('2100-01-01');
  const write = async (writer: number) => {
    const token = github.createToken({ repository, permissions: { contents: 'write' }, expiresAt });
    // A fraction of the real pauses: they still keep writers apart.
    const client = createClient({ token, apiUrl: github.apiUrl, delays: { second: 50 } });
    const appended = await openLedger(client, place, { now: () => new Date() }).append((ledger) => {
      const counter = computeNextCounter(ledger, 'churn', 'production', []);
      return { append: draftPromotion('churn', 'production', counter, 'v1.0.0', { id: `writer:${writer}` }) };
    });
    if (!('event' in appended)) throw new Error('Nothing was written');
    return appended;
  };
  const all = await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
  const { events } = parseLedger(await readBranchByGit(repository));
  const numbers = Array.from({ length: WRITERS }, (_, index) => index + 1);
  expect(events.map(({ sequence }) => sequence)).toEqual(numbers);
  expect(events.map((event) => event.kind === 'promotion' && event.counter)).toEqual(numbers);
  expect(new Set(events.map(({ id }) => id)).size).toBe(WRITERS);
  // What each writer was told is what stands there.
  for (const { event, head, appended } of all) {
    expect(appended).toBe(true);
    expect(events[head.sequence - 1]).toEqual(event);
  }
});

test('a branch that moves again and again is left after a while, with a word', async () => {
  await using room = await openBranch();
  const tips: string[] = [];
  // Neither of the two lies behind the other.
  for (const version of ['v1.0.0', 'v1.1.0']) {
    if (tips.length > 0) await room.repository.deleteBranch('modelgate');
    const { ledger } = await room.open().append(() => ({ append: draftRelease('churn', version) }));
    tips.push(ledger.commit ?? '');
  }
  let turn = 0;
  const writing = room.open().append(async () => {
    await room.repository.setRef('refs/heads/modelgate', tips[turn++ % 2] ?? '');
    return { append: draftRelease('churn', 'v2.0.0') };
  });
  await expect(writing).rejects.toThrow(/the branch modelgate moved 40 times/);
  expect(turn).toBe(40);
});
