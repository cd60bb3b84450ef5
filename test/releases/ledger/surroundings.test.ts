import { expect, test } from 'vitest';
import { listTagMessages } from '../../../src/github/tag-messages.ts';
import { examineLedger } from '../../../src/registry/ledger/chain.ts';
import { gatherSurroundings } from '../../../src/registry/ledger/gathering.ts';
import { findLedgerFaults } from '../../../src/registry/ledger/verification.ts';
import { openBranch, readBranchByGit } from '../../registry/ledger/branch.ts';
import { writeEvents } from '../../registry/ledger/chains.ts';
import { makeClone } from '../../registry/ledger/clone.ts';
import { draftRelease } from '../../registry/ledger/drafts.ts';
import { openFinished } from '../../registry/ledger/finished.ts';

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

test('without a clone, more tags than a token has requests for are not begun with', async () => {
  await using room = await openBranch();
  const commit = (await room.repository.resolve('main')) ?? '';
  for (let index = 0; index < 3; index++) await room.repository.setRef(`refs/tags/zoo@v1.${index}.0`, commit);
  const before = room.github.requests.length;
  const client = room.connect({ deployments: 'read' });
  const asking = listTagMessages(client, room.place, () => true, 2);
  await expect(asking).rejects.toThrow(/3 tags would have to be read.*\n?.*clone/s);
  expect(room.asked(before)).not.toContain('git/get-tag');
});
