import { RequestError } from 'octokit';
import type { Client } from './client.ts';
import { ask } from './faults.ts';
import { unlessMissing } from './missing.ts';
import { nameParameters, type RepositoryName } from './repository.ts';
import { writeOnce } from './writing.ts';

/** A tag. A lightweight one, as publishing a release makes it, has no message, and its object is the commit. */
export interface AnnotatedTag {
  readonly name: string;
  readonly annotated: boolean;
  readonly message: string;
  /** What it leads to in the end. */
  readonly commit: string;
  /** The id of the tag's own object. */
  readonly object: string;
  /** Who made it, as the tag says: anybody can write anything there. `date` in ISO 8601. */
  readonly tagger?: { readonly name: string; readonly email: string; readonly date: string };
}

export interface NewTag {
  readonly name: string;
  readonly message: string;
  /** The id of a commit. */
  readonly commit: string;
  /** Who is said to have made it, and when; without it GitHub writes whose token it is, and now. */
  readonly tagger?: { readonly name: string; readonly email: string };
  readonly date?: Date;
}

/**
 * Makes an annotated tag where there is none of the name, and answers with the tag that stands there then: it may be an
 * older one, on another commit or with another message; who calls compares. Never moves one. A lost answer is looked up.
 * Throws UserMistake where GitHub refuses, as of a name that an immutable release has burnt.
 */
export async function createAnnotatedTag(
  client: Client,
  repository: RepositoryName,
  wanted: NewTag,
): Promise<AnnotatedTag> {
  const { value } = await ask({ doing: `make the tag ${wanted.name}`, needs: 'contents: write' }, () =>
    writeOnce(client, {
      find: () => find(client, repository, wanted.name),
      agrees: () => true,
      write: () => write(client, repository, wanted),
    }),
  );
  return value;
}

/** The tag of a name; undefined where there is none. */
export async function readAnnotatedTag(
  client: Client,
  repository: RepositoryName,
  name: string,
): Promise<AnnotatedTag | undefined> {
  return await ask({ doing: `read the tag ${name}`, needs: 'contents: read' }, () => find(client, repository, name));
}

/** The tags whose names begin with a text, with the objects that they are: ids of tags, or of commits. */
export async function listTagNames(
  client: Client,
  repository: RepositoryName,
  prefix: string,
): Promise<{ readonly name: string; readonly object: string }[]> {
  const place = { ...nameParameters(repository), ref: `tags/${prefix}` };
  const all = await ask({ doing: `list the tags that begin with ${prefix}`, needs: 'contents: read' }, () =>
    client.paginate(client.rest.git.listMatchingRefs, place),
  );
  return all.map(({ ref, object }) => ({ name: ref.replace(/^refs\/tags\//, ''), object: object.sha }));
}

async function write(client: Client, repository: RepositoryName, wanted: NewTag): Promise<AnnotatedTag> {
  const { name, message, commit } = wanted;
  const place = nameParameters(repository);
  const tagger = wanted.tagger && { ...wanted.tagger, ...(wanted.date && { date: wanted.date.toISOString() }) };
  // An object without a ref is nothing to anybody, so it does no harm when the ref then fails.
  const { data } = await client.rest.git.createTag({
    ...place,
    tag: name,
    message,
    object: commit,
    type: 'commit',
    ...(tagger && { tagger }),
  });
  try {
    await client.rest.git.createRef({ ...place, ref: `refs/tags/${name}`, sha: data.sha });
  } catch (error) {
    const taken = error instanceof RequestError && error.status === 422 && /already exists/i.test(error.message);
    const there = taken ? await findSoon(client, repository, name) : undefined;
    if (there === undefined) throw error;
    return there;
  }
  return readTagObject(data, name);
}

/** Somebody else made it a moment ago: reading can lag behind that. */
async function findSoon(client: Client, repository: RepositoryName, name: string): Promise<AnnotatedTag | undefined> {
  for (const seconds of [0, 1, 2, 4]) {
    await client.pause(seconds);
    const there = await find(client, repository, name);
    if (there !== undefined) return there;
  }
  return undefined;
}

async function find(client: Client, repository: RepositoryName, name: string): Promise<AnnotatedTag | undefined> {
  const place = nameParameters(repository);
  return await unlessMissing(async () => {
    const { object } = (await client.rest.git.getRef({ ...place, ref: `tags/${name}` })).data;
    if (object.type !== 'tag') return { name, annotated: false, message: '', commit: object.sha, object: object.sha };
    return readTagObject((await client.rest.git.getTag({ ...place, tag_sha: object.sha })).data, name);
  });
}

type Answer = Awaited<ReturnType<Client['rest']['git']['getTag']>>['data'];

/** The name is that of the ref: the one inside of the object can be another. */
function readTagObject({ sha, message, object, tagger }: Answer, name: string): AnnotatedTag {
  return { name, annotated: true, message, commit: object.sha, object: sha, tagger };
}
