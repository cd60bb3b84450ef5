import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readLedgerFromGit } from '../../../src/registry/ledger/git-ledger.ts';
import { openBranch } from '../../registry/ledger/branch.ts';
import { writeEvents } from '../../registry/ledger/chains.ts';
import { makeClone } from '../../registry/ledger/clone.ts';
import { draftRelease } from '../../registry/ledger/drafts.ts';
import { readGit } from '../../support/github/git/commands.ts';

test('a branch that was put back is seen as it is now, not as it was', async () => {
  await using room = await openBranch();
  await using clone = await makeClone(room.repository);
  const first = await room.open().append(() => ({ append: draftRelease('churn', 'v1.0.0') }));
  await room.open().append(() => ({ append: draftRelease('churn', 'v1.1.0') }));
  expect((await readLedgerFromGit(clone.folder)).events).toHaveLength(2);
  await room.repository.setRef('refs/heads/modelgate', first.ledger.commit ?? '');
  expect((await readLedgerFromGit(clone.folder)).events).toHaveLength(1);
});

test('attributes and line endings of a clone change nothing', async () => {
  await using room = await openBranch();
  await using clone = await makeClone(room.repository);
  await room.open().append(() => ({ append: draftRelease('churn', 'v1.0.0') }));
  await readGit(clone.folder, ['config', 'core.autocrlf', 'true']);
  await writeFile(join(clone.folder, '.git/info/attributes'), '*.json text eol=crlf export-ignore\n');
  expect((await readLedgerFromGit(clone.folder)).events).toHaveLength(1);
});

test('three thousand events are read within seconds', async () => {
  await using room = await openBranch();
  const drafts = Array.from({ length: 3000 }, (_, index) => draftRelease('churn', `v1.${index}.0`));
  const files = Object.fromEntries([...writeEvents(drafts), ['README.md', null]]);
  await room.repository.commit({ branch: 'modelgate', files });
  await using clone = await makeClone(room.repository);
  const start = performance.now();
  expect((await readLedgerFromGit(clone.folder)).events).toHaveLength(3000);
  const byGit = performance.now() - start;
  expect((await room.open().read()).events).toHaveLength(3000);
  const byApi = performance.now() - start - byGit;
  expect(byGit + byApi, `${Math.round(byGit)} ms by git, ${Math.round(byApi)} ms by the API`).toBeLessThan(15_000);
});
