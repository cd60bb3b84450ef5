import { pathToFileURL } from 'node:url';
import type { CommitOperation, ListFileEntry } from '@huggingface/hub';
import { type HubPush, OURS, renderMark, renderTitle } from './copy.ts';
import { type HubRepository, listHubCommits, readHubFile } from './history.ts';
import { POINTER, POINTER_LIMIT, readPointedFiles, renderPointer } from './pointer.ts';

/** The commit that holds this very content under this version. */
export async function findOwnCommit(
  repository: HubRepository,
  push: HubPush,
  from?: string,
): Promise<string | undefined> {
  if (from === undefined) return undefined;
  const commits = await listHubCommits(repository, from);
  const own = commits.find(({ title, message }) => title === renderTitle(push) && message.includes(renderMark(push)));
  return own && (await holdsFiles(repository, push, own.id)) ? own.id : undefined;
}

/** Whether a commit has all files: by digest the large ones, by size those that git itself keeps. */
export async function holdsFiles(repository: HubRepository, push: HubPush, commit: string): Promise<boolean> {
  const there = new Map<string, string>();
  for await (const { path, size, lfs } of listAll(repository, commit)) there.set(path, lfs?.oid ?? String(size));
  return push.files.every(({ path, sha256, size }) => {
    const found = there.get(path);
    return found === sha256.slice('sha256:'.length) || found === String(size);
  });
}

async function* listAll(
  { name, hubUrl, token, fetch }: HubRepository,
  revision: string,
): AsyncGenerator<ListFileEntry> {
  const { listFiles } = await import('@huggingface/hub');
  const repo = { type: 'model', name } as const;
  yield* listFiles({ repo, hubUrl, accessToken: token, fetch, recursive: true, revision });
}

/** Writes the version's commit on top of `head`. Its id. Throws what the Hub's library throws. */
export async function writeCommit(
  repository: HubRepository,
  push: HubPush,
  card: string,
  head: string | undefined,
): Promise<string> {
  // Loaded by those who copy to the Hub, and by nobody else.
  const { commit } = await import('@huggingface/hub');
  const operations: CommitOperation[] = push.files.map(({ path, file }) => add(path, pathToFileURL(file)));
  operations.push(add('README.md', new Blob([card])), add(POINTER, new Blob([renderPointer(push, push.files)])));
  for (const path of await findStale(repository, push, head)) operations.push({ operation: 'delete', path });
  const written = await commit({
    repo: { type: 'model', name: repository.name },
    accessToken: repository.token,
    hubUrl: repository.hubUrl,
    fetch: repository.fetch,
    title: renderTitle(push),
    description: `${push.releaseUrl}\n\n${renderMark(push)}`,
    operations,
    // The Hub's storage of chunks would load and run WebAssembly; the older way takes files of any size in parts, too.
    useXet: false,
    ...(head !== undefined && { parentCommit: head }),
    ...(push.signal && { abortSignal: push.signal }),
  });
  if (written !== undefined) return written.commit.oid;
  throw new Error('The Hub answered a commit to a model repository without the commit');
}

/** The files of the version before that this one has not, and that are still there. */
async function findStale(repository: HubRepository, push: HubPush, head: string | undefined): Promise<string[]> {
  const pointer = head && (await readHubFile(repository, head, POINTER, POINTER_LIMIT));
  const kept = new Set(push.files.map(({ path }) => path));
  const stale = new Set(
    readPointedFiles(pointer || '').filter((path) => !kept.has(path) && !OURS.has(path.toLowerCase())),
  );
  if (stale.size === 0) return [];
  const there: string[] = [];
  for await (const { path, type } of listAll(repository, head ?? 'main')) {
    if (type === 'file' && stale.has(path)) there.push(path);
  }
  return there;
}

function add(path: string, content: Blob | URL): CommitOperation {
  return { operation: 'addOrUpdate', path, content };
}
