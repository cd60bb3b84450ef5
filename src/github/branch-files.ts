import { RequestError } from 'octokit';
import type { Client } from './client.ts';
import { readCommitFiles } from './commit-download.ts';
import { ask } from './faults.ts';
import { FILE_LIMITS, type FileLimits, type Files } from './file-limits.ts';
import { isUncertain } from './persistence.ts';
import { nameParameters, type RepositoryName } from './repository.ts';

/** How often an object is sent at most. */
const SENDS = 3;
/** Seconds before each look at a branch after an answer was lost. */
const LOOKS_S = [1, 2, 4] as const;

/** A branch as it was read: all of one commit. */
export interface BranchFiles {
  readonly commit: string;
  readonly files: Files;
}

/** The commit that a branch is at; undefined where there is no such branch. Costs one request. */
export async function readBranchTip(
  client: Client,
  repository: RepositoryName,
  branch: string,
): Promise<string | undefined> {
  return await ask({ doing: `read the branch ${branch}`, needs: 'contents: read' }, async () => {
    try {
      const place = { ...nameParameters(repository), ref: `heads/${branch}` };
      return (await client.rest.git.getRef(place)).data.object.sha;
    } catch (error) {
      // 409 is what GitHub says of a repository without a single commit.
      if (error instanceof RequestError && [404, 409].includes(error.status)) return undefined;
      throw error;
    }
  });
}

/**
 * Reads all files of a branch, in three requests: its commit, GitHub's redirect to the archive of that commit, and the
 * archive. undefined where there is no such branch. Throws UserMistake on what is larger or stranger than plain files.
 */
export async function readBranchFiles(
  client: Client,
  repository: RepositoryName,
  branch: string,
  limits: FileLimits = FILE_LIMITS,
): Promise<BranchFiles | undefined> {
  const commit = await readBranchTip(client, repository, branch);
  if (commit === undefined) return undefined;
  return { commit, files: await readCommitFiles(client, repository, commit, limits) };
}

export interface NewBranchFile {
  readonly branch: string;
  /** The commit that the branch is believed to be at; undefined makes the branch, with no history. */
  readonly parent: string | undefined;
  readonly path: string;
  readonly content: string;
  readonly message: string;
}

/**
 * Puts one file on a branch as one commit, never by force. `moved`: the branch is somewhere else than believed, or is
 * there already; nothing was written, unless an answer was lost and somebody wrote behind us: who calls reads the branch
 * and looks for its file. Three writes and a read.
 */
export async function commitBranchFile(
  client: Client,
  repository: RepositoryName,
  wanted: NewBranchFile,
): Promise<{ commit: string } | 'moved'> {
  const { branch, parent } = wanted;
  return await ask({ doing: `write to the branch ${branch}`, needs: 'contents: write' }, async () => {
    const place = nameParameters(repository);
    const commit = await makeCommit(client, place, wanted);
    for (let sent = 1; ; sent++) {
      try {
        await moveBranch(client, place, wanted, commit);
        return { commit };
      } catch (error) {
        // GitHub says 422 of a branch that has moved, is gone, or is there already. A rule that forbids it is a 422, too.
        const refused = error instanceof RequestError && error.status === 422;
        if (!refused && !isUncertain(error)) throw error;
        const tip = await findTip(client, repository, wanted, refused);
        if (tip === commit) return { commit };
        if (tip !== parent) return 'moved';
        if (refused || sent === SENDS) throw error;
      }
    }
  });
}

/** Where the branch is, asked several times while it seems to be where it was: GitHub’s answers can lag behind. */
async function findTip(
  client: Client,
  repository: RepositoryName,
  { branch, parent }: NewBranchFile,
  refused: boolean,
): Promise<string | undefined> {
  let tip: string | undefined = parent;
  for (const seconds of LOOKS_S) {
    // A refusal is certain, so it is looked at without waiting first.
    if (!refused || seconds > LOOKS_S[0]) await client.pause(seconds);
    tip = await readBranchTip(client, repository, branch);
    if (tip !== parent) return tip;
  }
  return tip;
}

type Place = ReturnType<typeof nameParameters>;

async function makeCommit(client: Client, place: Place, wanted: NewBranchFile): Promise<string> {
  const { parent, path, content, message } = wanted;
  const base =
    parent === undefined
      ? undefined
      : (await client.rest.git.getCommit({ ...place, commit_sha: parent })).data.tree.sha;
  const entry = { path, mode: '100644', type: 'blob', content } as const;
  const tree = await send(client, async () => {
    const answer = await client.rest.git.createTree({ ...place, tree: [entry], ...(base && { base_tree: base }) });
    return answer.data.sha;
  });
  return await send(client, async () => {
    const parents = parent === undefined ? [] : [parent];
    const { data } = await client.rest.git.createCommit({ ...place, message, tree, parents });
    return data.sha;
  });
}

/** An object that no ref names is nobody's: one that was made twice, because an answer was lost, does no harm. */
async function send<T>(client: Client, make: () => Promise<T>): Promise<T> {
  for (let sent = 1; ; sent++) {
    try {
      return await make();
    } catch (error) {
      if (!isUncertain(error) || sent === SENDS) throw error;
      await client.pause(sent ** 2);
    }
  }
}

async function moveBranch(client: Client, place: Place, wanted: NewBranchFile, commit: string): Promise<void> {
  const { branch, parent } = wanted;
  if (parent === undefined) await client.rest.git.createRef({ ...place, ref: `refs/heads/${branch}`, sha: commit });
  else await client.rest.git.updateRef({ ...place, ref: `heads/${branch}`, sha: commit, force: false });
}
