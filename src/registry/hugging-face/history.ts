import { UserMistake } from '../../errors.ts';
import { readLimited } from '../oci/authorization.ts';

/** One repository of the Hub, asked with the user's token. */
export interface HubRepository {
  readonly name: string;
  readonly hubUrl: string;
  readonly token: string;
  readonly fetch: typeof fetch;
}

/** A commit of a repository on the Hub. */
export interface HubCommit {
  readonly id: string;
  readonly title: string;
  readonly message: string;
}

/** What of a repository's state a push looks at. */
export interface HubState {
  /** The newest commit of `main`; undefined in a repository without any. */
  readonly head: string | undefined;
  /** Commits by the names of their tags. */
  readonly tags: ReadonlyMap<string, string>;
}

/** An answer that is no success, in the shape that the Hub's library throws. */
class HubAnswer extends Error {
  readonly statusCode: number;
  readonly data: { error?: unknown };

  constructor(statusCode: number, data: { error?: unknown }) {
    super(`the Hub answered ${statusCode}`);
    this.statusCode = statusCode;
    this.data = data;
  }
}

/** Pages are as long as the Hub says; a list of 100,000 tags would be longer than this. Bytes. */
const LIMIT = 32 * 1024 * 1024;
/** How far back a commit of ours is looked for: nothing is pushed in between but by people. */
const DEPTH = 100;

/** Reads branches and tags: `GET /api/models/{repository}/refs`, as `list_repo_refs` of huggingface_hub does. */
export async function readHubState(repository: HubRepository): Promise<HubState> {
  const refs = (await ask(repository, `/api/models/${repository.name}/refs`)) as Record<'branches' | 'tags', unknown>;
  return { head: readRefs(refs.branches).get('main'), tags: readRefs(refs.tags) };
}

/** The newest commits up to a revision, newest first. */
export async function listHubCommits(repository: HubRepository, revision: string): Promise<HubCommit[]> {
  const path = `/api/models/${repository.name}/commits/${encodeURIComponent(revision)}?limit=${DEPTH}`;
  const answer = await ask(repository, path);
  const list = Array.isArray(answer) ? (answer as Partial<HubCommit>[]) : [];
  return list.map(({ id, title, message }) => ({
    id: String(id),
    title: String(title),
    message: String(message ?? ''),
  }));
}

/** Tags a commit. The Hub answers 409 where the tag is there: then whoever was faster wrote it. */
export async function createHubTag(
  repository: HubRepository,
  tag: string,
  commit: string,
  message: string,
): Promise<void> {
  const path = `/api/models/${repository.name}/tag/${encodeURIComponent(commit)}`;
  try {
    await ask(repository, path, { method: 'POST', body: JSON.stringify({ tag, message }) });
  } catch (error) {
    if (!(error instanceof HubAnswer) || error.statusCode !== 409) throw error;
  }
  const now = (await readHubState(repository)).tags.get(tag);
  if (now === commit) return;
  const found = `the tag ${tag} of ${repository.name} is at another commit: ${now ?? 'none'}`;
  throw new UserMistake({ found, fix: 'Somebody else made it. Remove that tag on the Hub, then run it again.' });
}

/** The text of a small file at a revision; undefined where there is none, or a larger one. */
export async function readHubFile(
  repository: HubRepository,
  revision: string,
  path: string,
  limit: number,
): Promise<string | undefined> {
  const { hubUrl, name, token, fetch } = repository;
  const url = `${hubUrl}/${name}/resolve/${encodeURIComponent(revision)}/${path}`;
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  if (response.ok) return (await readLimited(response, limit))?.toString('utf8');
  await response.body?.cancel();
  if (response.status === 404) return undefined;
  throw new HubAnswer(response.status, {});
}

async function ask({ hubUrl, token, fetch }: HubRepository, path: string, init: RequestInit = {}): Promise<unknown> {
  const headers = { authorization: `Bearer ${token}`, ...(init.body && { 'content-type': 'application/json' }) };
  const response = await fetch(`${hubUrl}${path}`, { ...init, headers });
  const text = (await readLimited(response, LIMIT))?.toString('utf8') ?? '';
  if (!response.ok) throw new HubAnswer(response.status, parse(text) as { error?: unknown });
  return parse(text);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

function readRefs(list: unknown): Map<string, string> {
  const refs = Array.isArray(list) ? (list as { name?: unknown; targetCommit?: unknown }[]) : [];
  return new Map(refs.map(({ name, targetCommit }) => [String(name), String(targetCommit)]));
}
