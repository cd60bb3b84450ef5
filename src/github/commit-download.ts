import { messageOf, UserMistake } from '../errors.ts';
import type { Client } from './client.ts';
import { readCommitArchive } from './commit-archive.ts';
import { ask } from './faults.ts';
import { FILE_LIMITS, type FileLimits, type Files } from './file-limits.ts';
import { nameParameters, type RepositoryName } from './repository.ts';

/** Two minutes for an archive of a few MiB. */
const PATIENCE_MS = 2 * 60_000;
const TRIES = 3;

/** Reads all files of a commit, in two requests. Throws UserMistake as `readBranchFiles` does. */
export async function readCommitFiles(
  client: Client,
  repository: RepositoryName,
  commit: string,
  limits: FileLimits = FILE_LIMITS,
): Promise<Files> {
  const doing = `download the files of commit ${commit.slice(0, 12)}`;
  for (let attempt = 1; ; attempt++) {
    const body = await ask({ doing, needs: 'contents: read' }, () => request(client, repository, commit));
    const packed = await collect(body, limits.packed);
    const read = Buffer.isBuffer(packed) ? await readCommitArchive(packed, commit, limits) : packed;
    if (read.state === 'read') return read.files;
    if (read.state === 'broken' && attempt < TRIES) {
      await client.pause(attempt ** 2);
      continue;
    }
    const found = `the archive of commit ${commit.slice(0, 12)} of ${repository.owner}/${repository.name} is not read: ${read.reason}`;
    const again = 'Check the network, then run it again.';
    throw new UserMistake({
      found,
      fix: read.state === 'broken' ? again : 'Look at what was committed there, and by whom.',
    });
  }
}

/** octokit follows the redirect; the token does not go to another host. */
async function request(
  client: Client,
  repository: RepositoryName,
  commit: string,
): Promise<ReadableStream<Uint8Array>> {
  const { data } = await client.rest.repos.downloadTarballArchive({
    ...nameParameters(repository),
    ref: commit,
    request: { parseSuccessResponseBody: false, signal: AbortSignal.timeout(PATIENCE_MS) },
  });
  return data as unknown as ReadableStream<Uint8Array>;
}

async function collect(
  body: ReadableStream<Uint8Array>,
  limit: number,
): Promise<Buffer | { state: 'refused' | 'broken'; reason: string }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      size += chunk.length;
      if (size > limit) return { state: 'refused', reason: `it has more than ${limit} bytes` };
      chunks.push(chunk);
    }
  } catch (error) {
    return { state: 'broken', reason: messageOf(error) };
  }
  return Buffer.concat(chunks);
}
