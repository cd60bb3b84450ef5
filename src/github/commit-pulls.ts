import type { Client } from './client.ts';
import { ask } from './faults.ts';
import { nameParameters, type RepositoryName } from './repository.ts';

/** A pull request that was merged. */
export interface MergedPull {
  readonly number: number;
  /** A stranger's text. */
  readonly title: string;
  readonly author: string;
}

/** The merged pull requests that commits came in by, each once. One request for each commit. */
export async function listPullsOfCommits(
  client: Client,
  repository: RepositoryName,
  commits: readonly string[],
): Promise<MergedPull[]> {
  const found = new Map<number, MergedPull>();
  for (const sha of commits) {
    const doing = `list the pull requests of ${sha.slice(0, 12)}`;
    const place = { ...nameParameters(repository), commit_sha: sha, per_page: 10 };
    const { data } = await ask({ doing, needs: 'pull-requests: read' }, () =>
      client.rest.repos.listPullRequestsAssociatedWithCommit(place),
    );
    for (const { number, title, user, merged_at: merged } of data) {
      if (merged) found.set(number, { number, title, author: user?.login ?? 'ghost' });
    }
  }
  return [...found.values()].sort((a, b) => b.number - a.number);
}
