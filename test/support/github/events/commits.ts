import { type CommitRecord, findMergeBase, listChanges, listCommits, readCommit } from '../git/reading.ts';
import type { Repository } from '../handle.ts';
import type { RepositoryState } from '../repository.ts';
import { showAccount } from '../show-account.ts';
import { showRepository } from '../show-repository.ts';
import { createPayload, type Payload } from './payload.ts';

const NOTHING = '0'.repeat(40);

/** `push` to a branch. Without `before`, the branch is new. */
export async function createPushEvent(
  { state }: Repository,
  push: { ref?: string; before?: string; after: string; sender?: string },
): Promise<Payload> {
  const { ref = `refs/heads/${state.defaultBranch}`, before = NOTHING, after, sender = state.owner } = push;
  const created = before === NOTHING;
  const known = created ? [] : await listCommits(state.folder, `${before}..${after}`);
  const forced = !created && (await findMergeBase(state.folder, before, after)) !== before;
  const commits = await Promise.all(known.toReversed().map((commit) => showPushed(state, commit)));
  const owner = { ...showAccount(state.world, state.owner), name: state.owner, email: null };
  const seconds = Math.floor(state.created.getTime() / 1000);
  return createPayload('push', state, sender, {
    ref,
    before,
    after,
    created,
    deleted: false,
    forced,
    base_ref: null,
    compare: `${state.htmlUrl}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
    commits,
    head_commit: await showPushed(state, await readCommit(state.folder, after)),
    pusher: { name: sender, email: `${sender}@users.noreply.github.com` },
    repository: {
      ...showRepository(state),
      owner,
      created_at: seconds,
      pushed_at: seconds,
      stargazers: 0,
      master_branch: state.defaultBranch,
    },
  });
}

/** `merge_group` for a commit that the merge queue has made of a base and a pull request. */
export async function createMergeGroupEvent(
  { state }: Repository,
  group: { headSha: string; baseSha: string; baseRef?: string; headRef?: string },
): Promise<Payload> {
  const { headSha, baseSha, baseRef = state.defaultBranch } = group;
  const { sha, tree, message, author, committer } = await readCommit(state.folder, headSha);
  const show = ({ name, email }: CommitRecord['author']) => ({ name, email });
  const merge_group = {
    head_sha: headSha,
    head_ref: group.headRef ?? `refs/heads/gh-readonly-queue/${baseRef}/pr-1-${baseSha}`,
    base_sha: baseSha,
    base_ref: `refs/heads/${baseRef}`,
    head_commit: {
      id: sha,
      tree_id: tree,
      message,
      timestamp: author.date,
      author: show(author),
      committer: show(committer),
    },
  };
  const queue = 'github-merge-queue[bot]';
  return createPayload('merge-group-checks-requested', state, queue, { action: 'checks_requested', merge_group });
}

async function showPushed(state: RepositoryState, commit: CommitRecord): Promise<Payload> {
  const parent = commit.parents[0];
  const changes = parent === undefined ? [] : await listChanges(state.folder, parent, commit.sha);
  const list = (...statuses: string[]) =>
    changes.filter(({ status }) => statuses.includes(status)).map(({ path }) => path);
  const show = ({ name, email, date }: CommitRecord['author']) => ({ name, email, date, username: name });
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: commit.committer.date,
    url: `${state.htmlUrl}/commit/${commit.sha}`,
    author: show(commit.author),
    committer: show(commit.committer),
    added: list('added'),
    removed: list('removed'),
    modified: list('modified', 'renamed'),
  };
}
