import type { Client } from './client.ts';
import { ask } from './faults.ts';
import { unlessMissing } from './missing.ts';
import { nameParameters, type RepositoryName } from './repository.ts';

/** What a repository says of writing to it, as far as a token may read that. */
export interface RepositoryState {
  /** Nobody can write to an archived one. */
  readonly archived: boolean;
  /** Whether the token's user may push; undefined where GitHub does not say, as to the token of a job. */
  readonly push: boolean | undefined;
  readonly defaultBranch: string;
}

/** Asks a repository whether it can be written to. */
export async function readRepositoryState(client: Client, repository: RepositoryName): Promise<RepositoryState> {
  return await ask({ doing: 'read the repository', needs: 'contents: read' }, async () => {
    const { data } = await client.rest.repos.get(nameParameters(repository));
    const { archived, permissions, default_branch: defaultBranch } = data;
    // Of a job's token it says false to everything, even to reading.
    return { archived, push: permissions?.pull ? permissions.push : undefined, defaultBranch };
  });
}

/** Whether GitHub has a commit. */
export async function hasCommit(client: Client, repository: RepositoryName, commit: string): Promise<boolean> {
  const place = { ...nameParameters(repository), commit_sha: commit };
  const found = await ask({ doing: `read the commit ${commit.slice(0, 12)}`, needs: 'contents: read' }, () =>
    unlessMissing(() => client.rest.git.getCommit(place)),
  );
  return found !== undefined;
}
