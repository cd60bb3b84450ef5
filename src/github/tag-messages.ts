import { RequestError } from 'octokit';
import { UserMistake } from '../errors.ts';
import type { Client } from './client.ts';
import { ask } from './faults.ts';
import { git } from './git.ts';
import { OBJECTS } from './objects.ts';
import { nameParameters, type RepositoryName } from './repository.ts';
import { listTagNames } from './tags.ts';

/** A tag as the registry reads it. A lightweight one has no message. */
export interface TagMessage {
  readonly name: string;
  readonly message: string;
  /** What it leads to in the end. */
  readonly commit: string;
}

/** Requests at a time: GitHub allows a hundred, and reading is not urgent. */
const AT_ONCE = 8;
/** Where a clone keeps the tags of origin: the user's own stay as they are. */
const KEPT = 'refs/modelgate/tags/';
const PATIENCE_MS = 10 * 60_000;

/**
 * The tags of a repository with their messages, of those whose names are wanted. One request for the names, and **one for
 * each of them**, as GitHub's REST API has no other way; a clone is asked with `fetchTagMessages` for one fetch. Throws
 * UserMistake of more tags than `limit`, before the first of them is read.
 */
export async function listTagMessages(
  client: Client,
  repository: RepositoryName,
  wants: (name: string) => boolean,
  limit = Number.POSITIVE_INFINITY,
): Promise<TagMessage[]> {
  const all = (await listTagNames(client, repository, '')).filter(({ name }) => wants(name));
  if (all.length > limit) {
    const found = `${all.length} tags would have to be read, each with a request of its own, and ${limit} are at most`;
    throw new UserMistake({ found, fix: 'Run it in a clone of the repository, where one fetch tells all of them.' });
  }
  const read: TagMessage[] = new Array(all.length);
  const left = [...all.entries()];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [index, { name, object }] = next;
      read[index] = { name, ...(await readMessage(client, repository, name, object)) };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return read;
}

async function readMessage(client: Client, repository: RepositoryName, name: string, object: string) {
  return await ask({ doing: `read the tag ${name}`, needs: 'contents: read' }, async () => {
    try {
      const { data } = await client.rest.git.getTag({ ...nameParameters(repository), tag_sha: object });
      return { message: data.message, commit: data.object.sha };
    } catch (error) {
      // No tag object: the ref is the commit's.
      if (error instanceof RequestError && error.status === 404) return { message: '', commit: object };
      throw error;
    }
  });
}

/**
 * The tags of a clone's remote `origin` with their messages, by one fetch with git's own credentials; those of the
 * repository itself where it has no such remote. Throws what git throws.
 */
export async function fetchTagMessages(
  folder: string,
  wants: (name: string) => boolean,
  signal?: AbortSignal,
): Promise<TagMessage[]> {
  const options = { patience: PATIENCE_MS, environment: OBJECTS, signal };
  const isClone = (await git(folder, ['remote'], options)).split('\n').includes('origin');
  const place = isClone ? KEPT : 'refs/tags/';
  if (isClone) {
    const plain = ['--refmap=', '--no-write-fetch-head', '--no-recurse-submodules', '--no-auto-maintenance', '--quiet'];
    const what = `+refs/tags/*:${KEPT}*`;
    await git(folder, ['fetch', ...plain, '--no-tags', '--prune', '--', 'origin', what], options);
  }
  const format = '%(refname)%00%(objecttype)%00%(objectname)%00%(*objectname)%00%(contents)%00';
  const text = await git(folder, ['for-each-ref', `--format=${format}`, place], options);
  const fields = text.split('\0');
  const tags: TagMessage[] = [];
  for (let at = 0; at + 5 <= fields.length; at += 5) {
    const [ref = '', type = '', object = '', peeled = '', contents = ''] = fields.slice(at, at + 5);
    const name = ref.trimStart().slice(place.length);
    const annotated = type === 'tag';
    if (wants(name)) tags.push({ name, message: annotated ? contents : '', commit: annotated ? peeled : object });
  }
  return tags;
}
