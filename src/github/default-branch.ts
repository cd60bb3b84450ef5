import { RequestError } from 'octokit';
import { UserMistake } from '../errors.ts';
import { readBranchTip } from './branch-files.ts';
import type { Client } from './client.ts';
import { ask } from './faults.ts';
import { nameParameters, type RepositoryName } from './repository.ts';

/** The default branch of a repository, and the commit that it is at. */
export interface DefaultBranch {
  readonly name: string;
  readonly commit: string;
}

/** Reads which branch is the default one, and where it is, in two requests. Throws UserMistake where it has no commit. */
export async function readDefaultBranch(client: Client, repository: RepositoryName): Promise<DefaultBranch> {
  const doing = `read the repository ${repository.owner}/${repository.name}`;
  const name = await ask({ doing, needs: 'contents: read' }, async () => {
    return (await client.rest.repos.get(nameParameters(repository))).data.default_branch;
  });
  const commit = await readBranchTip(client, repository, name);
  if (commit !== undefined) return { name, commit };
  throw new UserMistake({ found: `the branch ${name} has no commit`, fix: 'Push to it first.' });
}

/**
 * Reads one file of a commit, of 1 MiB at most; undefined where there is none. `path` is from the root of the repository.
 * Throws UserMistake of what is no plain file.
 */
export async function readCommitFile(
  client: Client,
  repository: RepositoryName,
  commit: string,
  path: string,
): Promise<Uint8Array | undefined> {
  return await ask({ doing: `read ${path} of commit ${commit.slice(0, 12)}`, needs: 'contents: read' }, async () => {
    const place = { ...nameParameters(repository), path, ref: commit };
    try {
      const { data } = await client.rest.repos.getContent(place);
      const plain = !Array.isArray(data) && data.type === 'file' && 'encoding' in data && data.encoding === 'base64';
      if (plain) return Buffer.from(data.content, 'base64');
    } catch (error) {
      if (error instanceof RequestError && error.status === 404) return undefined;
      throw error;
    }
    throw new UserMistake({ file: path, found: 'this is no plain file of at most 1 MiB', fix: 'Commit it as one.' });
  });
}
