import { UserMistake } from '../../errors.ts';
import { type GitOptions, git, readFault } from '../../github/git.ts';
import { readGitFiles } from '../../github/git-files.ts';
import { resolveCommit } from '../../github/objects.ts';
import { parseLedger } from './chain.ts';
import { LEDGER_BRANCH, type Ledger } from './ledger.ts';

/** Where a clone keeps what it fetched: no branch and no remote-tracking one, so nothing of the user's moves. */
const KEPT = 'refs/modelgate/ledger';
/** Two minutes: a slow line, and whatever asks for a credential. */
const PATIENCE_MS = 2 * 60_000;

/**
 * Reads the ledger with git alone and git's own credentials: the branch of the remote `origin`, fetched, or that of the
 * repository itself where it has no such remote. Throws UserMistake outside of git, where origin does not answer, and of a
 * broken ledger.
 */
export async function readLedgerFromGit(folder: string, signal?: AbortSignal): Promise<Ledger> {
  const commit = await findCommit(folder, { patience: PATIENCE_MS, signal });
  if (commit === undefined) return { events: [], head: undefined, commit };
  return parseLedger(await readGitFiles(folder, commit, signal), commit);
}

async function findCommit(folder: string, options: GitOptions): Promise<string | undefined> {
  const branch = `refs/heads/${LEDGER_BRANCH}`;
  try {
    const remotes = (await git(folder, ['remote'], options)).split('\n');
    if (!remotes.includes('origin')) return await resolveCommit(folder, branch);
    const listed = await git(folder, ['ls-remote', '--', 'origin', branch], options);
    // The pattern also finds longer names that end so.
    const line = listed.split('\n').find((one) => one.endsWith(`\t${branch}`));
    if (line === undefined) return undefined;
    const commit = line.slice(0, line.indexOf('\t'));
    const there = await resolveCommit(folder, commit);
    if (there !== undefined) return there;
    const plain = [
      '--no-tags',
      '--refmap=',
      '--no-write-fetch-head',
      '--no-recurse-submodules',
      '--no-auto-maintenance',
      '--quiet',
    ];
    await git(folder, ['fetch', ...plain, '--', 'origin', `+${branch}:${KEPT}`], options);
    return await resolveCommit(folder, KEPT);
  } catch (error) {
    options.signal?.throwIfAborted();
    const found = `the branch ${LEDGER_BRANCH} could not be read with git: ${readFault(error)}`;
    const fix = 'Check that `git fetch origin` works here, or add --repository owner/name to ask GitHub with a token.';
    throw new UserMistake({ found, fix }, { cause: error });
  }
}
