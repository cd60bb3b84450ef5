import { expect, test } from 'vitest';
import { listReleaseEvents } from '../../../src/registry/ledger/queries.ts';
import { openBranch } from '../../registry/ledger/branch.ts';
import { draftRelease } from '../../registry/ledger/drafts.ts';

test('what a store wrote itself it need not read', async () => {
  await using room = await openBranch();
  const ledger = room.open();
  await ledger.append(() => ({ append: draftRelease('churn', 'v1.0.0') }));
  const before = room.github.requests.length;
  expect((await ledger.read()).events).toHaveLength(1);
  await ledger.append(() => ({ append: draftRelease('churn', 'v1.1.0') }));
  expect(room.asked(before)).not.toContain('repos/download-tarball-archive');
});

test('whoever decides is asked again on the ledger of whoever was faster', async () => {
  await using room = await openBranch();
  const [slow, fast] = [room.open(), room.open()];
  const seen: number[] = [];
  const appended = await slow.append(async (ledger) => {
    seen.push(ledger.events.length);
    if (seen.length < 3) await fast.append((it) => ({ append: draftRelease('fast', `v1.${it.events.length}.0`) }));
    return { append: draftRelease('slow', `v1.${ledger.events.length}.0`) };
  });
  expect(seen).toEqual([0, 1, 2]);
  expect(appended).toMatchObject({ appended: true, event: { version: 'v1.2.0', sequence: 3 } });
  expect(listReleaseEvents(await room.open().read()).map(({ tag }) => tag)).toEqual([
    'fast@v1.0.0',
    'fast@v1.1.0',
    'slow@v1.2.0',
  ]);
});

test('no event is older than the one before it, whatever a clock says', async () => {
  await using room = await openBranch();
  await room
    .open({ now: () => new Date('2026-06-01T00:00:00Z') })
    .append(() => ({ append: draftRelease('a', 'v1.0.0') }));
  const late = room.open({ now: () => new Date('2026-05-01T00:00:00Z') });
  const appended = await late.append(() => ({ append: draftRelease('a', 'v1.1.0') }));
  expect(appended).toMatchObject({ event: { created: '2026-06-01T00:00:00.000Z' } });
});

test('a token that may not write is told what it lacks', async () => {
  await using room = await openBranch();
  await room.open().append(() => ({ append: draftRelease('churn', 'v1.0.0') }));
  const { openLedger } = await import('../../../src/registry/ledger/branch-ledger.ts');
  const reader = openLedger(room.connect({ contents: 'read' }), room.place, { now: () => new Date() });
  expect((await reader.read()).events).toHaveLength(1);
  const writing = reader.append(() => ({ append: draftRelease('churn', 'v1.1.0') }));
  await expect(writing).rejects.toThrow(/write to the branch modelgate[\s\S]*contents: write/);
});
