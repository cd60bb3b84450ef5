import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FILE_LIMITS } from '../../../src/github/file-limits.ts';
import { readGitFiles } from '../../../src/github/git-files.ts';
import { readLedgerFromGit } from '../../../src/registry/ledger/git-ledger.ts';
import { readGit } from '../../support/github/git/commands.ts';
import { openBranch } from './branch.ts';
import { makeClone } from './clone.ts';
import { draftRelease } from './drafts.ts';

test('a clone reads what GitHub tells, without a token, and moves no ref of the user’s', async () => {
  await using room = await openBranch();
  await using clone = await makeClone(room.repository);
  expect(await readLedgerFromGit(clone.folder)).toEqual({ events: [], head: undefined, commit: undefined });
  const listRefs = () => readGit(clone.folder, ['for-each-ref', 'refs/heads', 'refs/remotes', 'refs/tags']);
  const refs = await listRefs();
  for (const version of ['v1.0.0', 'v1.1.0']) {
    await room.open().append(() => ({ append: draftRelease('churn', version) }));
    expect(await readLedgerFromGit(clone.folder)).toEqual(await room.open().read());
  }
  expect(await listRefs()).toBe(refs);
});

test('without a remote, the branch of the repository itself is the ledger', async () => {
  await using room = await openBranch();
  await room.open().append(() => ({ append: draftRelease('churn', 'v1.0.0') }));
  expect((await readLedgerFromGit(room.repository.folder)).events).toHaveLength(1);
});

test('a remote that does not answer is told, with a way out', async () => {
  await using room = await openBranch();
  await using clone = await makeClone(room.repository);
  await readGit(clone.folder, ['remote', 'set-url', 'origin', join(clone.folder, 'nowhere')]);
  await expect(readLedgerFromGit(clone.folder)).rejects.toThrow(/could not be read with git[\s\S]*--repository/);
});

test('links and too large files of a commit are refused', async () => {
  await using room = await openBranch();
  const link = { mode: '120000' as const, content: '../up' };
  const linked = await room.repository.commit({ branch: 'links', files: { link } });
  await expect(readGitFiles(room.repository.folder, linked)).rejects.toThrow('"link" is a link or a submodule');
  const large = await room.repository.commit({ branch: 'large', files: { large: 'x'.repeat(50) } });
  const limits = { ...FILE_LIMITS, file: 49 };
  await expect(readGitFiles(room.repository.folder, large, undefined, limits)).rejects.toThrow('"large" has 50 bytes');
});
