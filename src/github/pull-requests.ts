import type { Client } from './client.ts';
import type { PullRequest } from './event.ts';
import { ask } from './faults.ts';
import { nameParameters, type Repository, type RepositoryName } from './repository.ts';

/** Reads a pull request as it is now. */
export async function readPullRequest(
  client: Client,
  repository: RepositoryName,
  number: number,
): Promise<PullRequest> {
  return await ask({ doing: `read pull request ${number}`, needs: 'pull-requests: read' }, async () => {
    const { data } = await client.rest.pulls.get({ ...nameParameters(repository), pull_number: number });
    return data as PullRequest;
  });
}

/** The head of a pull request, by facts that only GitHub tells. */
export interface Head {
  readonly repository: Repository;
  readonly branch: string;
  readonly sha: string;
}

/** The open pull requests of one commit. */
export interface HeadPulls {
  /** Of this branch of this repository; of several, to one base each, the first. */
  readonly own: PullRequest | undefined;
  /** Those that would merge the same commit into another branch than `own`, from wherever. */
  readonly elsewhere: readonly PullRequest[];
}

/**
 * The open pull requests whose head is this commit. One branch can be for several bases, and so can several branches or forks
 * with the same commit, so all that are open are looked through. A branch's name alone proves nothing: commit and
 * repository id must agree.
 */
export async function findPullRequests(client: Client, base: RepositoryName, head: Head): Promise<HeadPulls> {
  const purpose = { doing: `find the pull request of ${head.branch}`, needs: 'pull-requests: read' } as const;
  const all = await ask(purpose, () =>
    client.paginate(client.rest.pulls.list, { ...nameParameters(base), state: 'open', per_page: 100 }),
  );
  const found = (all as PullRequest[]).filter((one) => one.head.sha === head.sha);
  const own = found.find((one) => one.head.repo?.id === head.repository.id && one.head.ref === head.branch);
  return { own, elsewhere: found.filter((one) => one.base.ref !== own?.base.ref) };
}

/** The commit that a branch points at now. */
export async function readBranchTip(client: Client, repository: RepositoryName, branch: string): Promise<string> {
  return await ask({ doing: `read the branch ${branch}`, needs: 'contents: read' }, async () => {
    const { data } = await client.rest.git.getRef({ ...nameParameters(repository), ref: `heads/${branch}` });
    return data.object.sha;
  });
}
