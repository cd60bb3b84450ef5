import type { Client } from './client.ts';
import type { PullRequest } from './event.ts';
import { ask } from './faults.ts';
import { readPullRequest } from './pull-requests.ts';
import { nameParameters, type RepositoryName } from './repository.ts';
import type { Subject } from './subject.ts';

/** The pull request whose reviews count for a subject, and its head, which is what reviewers looked at. */
export interface ReviewedPull {
  readonly number: number;
  readonly headSha: string;
}

/**
 * Finds the pull request behind a subject: itself; of a merge queue the one that its branch names; of a push the one whose
 * merge made the commit. Undefined where nobody could have reviewed it.
 */
export async function findReviewedPull(
  client: Client,
  repository: RepositoryName,
  subject: Subject,
): Promise<ReviewedPull | undefined> {
  if (subject.kind === 'pull-request' && subject.number !== undefined) {
    return { number: subject.number, headSha: subject.head.sha };
  }
  if (subject.kind === 'merge-group') {
    // GitHub names these branches itself: gh-readonly-queue/main/pr-12-<sha of the base>.
    const [, number] = /^gh-readonly-queue\/.+\/pr-(\d+)-[0-9a-f]+$/.exec(subject.head.ref) ?? [];
    return number === undefined ? undefined : describe(await readPullRequest(client, repository, Number(number)));
  }
  const merged = await listMerged(client, repository, subject.head.sha);
  return merged === undefined ? undefined : describe(merged);
}

function describe({ number, head }: PullRequest): ReviewedPull {
  return { number, headSha: head.sha };
}

/** A commit may belong to several pull requests; only the one whose merge it is was reviewed for it. */
async function listMerged(client: Client, repository: RepositoryName, sha: string): Promise<PullRequest | undefined> {
  const doing = `find the pull request that was merged as ${sha.slice(0, 12)}`;
  const place = { ...nameParameters(repository), commit_sha: sha, per_page: 100 };
  const pulls = await ask({ doing, needs: 'pull-requests: read' }, () =>
    client.paginate(client.rest.repos.listPullRequestsAssociatedWithCommit, place),
  );
  return pulls.find((pull) => pull.merged_at !== null && pull.merge_commit_sha === sha) as PullRequest | undefined;
}
