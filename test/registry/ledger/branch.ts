import { type LedgerOptions, openLedger } from '../../../src/registry/ledger/branch-ledger.ts';
import { LEDGER_BRANCH, type LedgerStore } from '../../../src/registry/ledger/ledger.ts';
import { startBusyGitHub } from '../../github/fault-ring.ts';
import { connect } from '../../github/hub.ts';
import { readGit } from '../../support/github/git/commands.ts';
import type { Repository } from '../../support/github/start.ts';

const BEGIN = Date.parse('2026-11-22T09:00:00Z');

/** A local GitHub with one repository, and ledgers of it. */
export async function openBranch() {
  const github = await startBusyGitHub();
  const repository = await github.createRepository({ owner: 'octo', name: 'zoo', files: { 'README.md': 'Hello' } });
  const place = { owner: 'octo', name: 'zoo', fullName: 'octo/zoo', id: repository.id };
  let seconds = 0;
  const now = () => new Date(BEGIN + 1000 * seconds++);
  return {
    github,
    repository,
    place,
    /** A store with a client of its own. */
    open(options: Partial<LedgerOptions> = {}): LedgerStore {
      const client = connect(github, repository, { contents: 'write' });
      return openLedger(client, place, { now, random: () => 0.5, ...options });
    },
    connect: (permissions: Parameters<typeof connect>[2]) => connect(github, repository, permissions),
    /** The operations that were asked since so many requests. */
    asked: (since: number) => github.requests.slice(since).map(({ operation }) => operation),
    [Symbol.asyncDispose]: () => github[Symbol.asyncDispose](),
  };
}

/** The files of the branch, as git itself has them, by path; none where there is no branch. */
export async function readBranchByGit(repository: Repository): Promise<Map<string, Buffer>> {
  const ref = `refs/heads/${LEDGER_BRANCH}`;
  const names = await readGit(repository.folder, ['ls-tree', '-r', '-z', '--name-only', ref]).catch(() => '');
  const paths = names.split('\0').filter(Boolean);
  const files = paths.map(async (path) => {
    const text = await readGit(repository.folder, ['cat-file', 'blob', `${ref}:${path}`]);
    return [path, Buffer.from(`${text}\n`)] as const;
  });
  return new Map(await Promise.all(files));
}
