import { expect, test } from 'vitest';
import { checkLedger } from '../../../src/registry/verify/ledger.ts';
import { openBranch } from '../ledger/branch.ts';
import { draftPromotion, draftRelease } from '../ledger/drafts.ts';

const DAY = 24 * 3_600_000;

async function check(room: Awaited<ReturnType<typeof openBranch>>, hours = 0) {
  const client = room.connect({ deployments: 'read' });
  const [newest] = (await room.open().read()).events.slice(-1);
  const now = new Date(Date.parse(newest?.created ?? '2026-11-23T00:00:00Z') + hours * 3_600_000);
  return await checkLedger({ client, repository: room.place, now });
}

test('where there is no ledger, nothing was compared', async () => {
  await using room = await openBranch();
  const [only, ...more] = await check(room);
  expect(only).toMatchObject({ outcome: 'cannot-measure', counts: true });
  expect(only?.reason).toContain('there is no event on the branch modelgate of octo/zoo');
  expect(more).toEqual([]);
});

test('an event without its tag is a run on its way for a day, and then one that nobody can vouch for', async () => {
  await using room = await openBranch();
  await room.open().append(() => ({ append: draftRelease('churn', 'v1.0.0') }));
  await room.open().append(() => ({ append: draftPromotion('churn', 'production', 1, 'v1.0.0') }));
  const fresh = await check(room);
  expect(fresh.map(({ subject, outcome, counts }) => [subject, outcome, counts])).toEqual([
    ['events/00000001.json', 'cannot-measure', false],
    ['events/00000002.json', 'cannot-measure', false],
    ['ledger', 'pass', true],
  ]);
  expect(fresh[0]?.reason).toContain('Run the publishing again: it finishes what it began');
  expect(fresh[1]?.reason).toContain('The next promotion or rollback of the model finishes it');
  const old = await check(room, DAY / 3_600_000 + 1);
  expect(old.map(({ outcome, counts }) => [outcome, counts])).toEqual([
    ['cannot-measure', true],
    ['cannot-measure', true],
  ]);
});
