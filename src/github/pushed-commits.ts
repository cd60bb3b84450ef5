import { readBranchTip } from './branch-files.ts';
import type { Client } from './client.ts';
import { ask } from './faults.ts';
import { nameParameters, type RepositoryName } from './repository.ts';

/** Pages of a hundred commits that are looked through. */
const PAGES = 10;

/**
 * Whether a commit is where a branch is, or on its line of first parents: what was pushed to it, or merged into it. What a
 * run says of its branch does not tell that: for a push of a tag, GitHub writes the tag's name there. Nor does being an
 * ancestor: a merge brings in every commit of a change, also one that a later commit of the change took back. Costs a
 * request, and one more for each hundred commits since; false beyond the newest thousand. Throws a UserMistake when GitHub
 * refuses.
 */
export async function isPushedCommit(
  client: Client,
  repository: RepositoryName,
  branch: string,
  commit: string,
): Promise<boolean> {
  // A tag may have the name of the branch; the full name of a ref has no second meaning, and neither has its commit.
  let next = await readBranchTip(client, repository, branch);
  if (next === undefined || next === commit) return next !== undefined;
  const parents = new Map<string, string | undefined>();
  const place = { ...nameParameters(repository), sha: next, per_page: 100 };
  return await ask({ doing: `list the commits of ${branch}`, needs: 'contents: read' }, async () => {
    let pages = 0;
    for await (const { data } of client.paginate.iterator(client.rest.repos.listCommits, place)) {
      for (const one of data) parents.set(one.sha, one.parents[0]?.sha);
      while (next !== undefined && parents.has(next)) {
        if (next === commit) return true;
        next = parents.get(next);
      }
      pages += 1;
      if (next === undefined || pages === PAGES) return false;
    }
    return false;
  });
}
