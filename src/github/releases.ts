import { RequestError } from 'octokit';
import { UserMistake } from '../errors.ts';
import { type ReleaseAsset, readAssetAnswer } from './assets.ts';
import type { Client } from './client.ts';
import { ask } from './faults.ts';
import { unlessMissing } from './missing.ts';
import { nameParameters, type RepositoryName } from './repository.ts';
import { writeOnce } from './writing.ts';

/** A release as the API tells it. Everything in it but numbers may be a stranger's text. */
export interface Release {
  readonly id: number;
  readonly tagName: string;
  readonly name: string;
  /** A draft has no tag yet, and only who can push sees it. */
  readonly draft: boolean;
  readonly prerelease: boolean;
  readonly immutable: boolean;
  readonly body: string;
  /** What a tag would be made on: a branch or a commit. */
  readonly commitish: string;
  /** Its page. */
  readonly url: string;
  readonly uploadUrl: string;
  readonly created: string;
  readonly published: string | undefined;
  readonly author: string;
  readonly assets: readonly ReleaseAsset[];
}

type Answer = Awaited<ReturnType<Client['rest']['repos']['getRelease']>>['data'];

/** All releases, newest first; drafts too where the token can push. */
export async function listReleases(client: Client, repository: RepositoryName): Promise<Release[]> {
  const place = { ...nameParameters(repository), per_page: 100 };
  const all = await ask({ doing: 'list the releases', needs: 'contents: read' }, () =>
    client.paginate(client.rest.repos.listReleases, place),
  );
  return all.map(readAnswer);
}

/** Reads one release by its id; undefined where there is none, and of a draft where the token cannot push. */
export async function readRelease(
  client: Client,
  repository: RepositoryName,
  id: number,
): Promise<Release | undefined> {
  return await ask({ doing: `read the release ${id}`, needs: 'contents: read' }, () => get(client, repository, id));
}

/** The published release of a tag; undefined where there is none. A draft is never found by its tag. */
export async function findReleaseByTag(
  client: Client,
  repository: RepositoryName,
  tag: string,
): Promise<Release | undefined> {
  return await ask({ doing: `read the release of ${tag}`, needs: 'contents: read' }, () =>
    unlessMissing(async () => {
      const { data } = await client.rest.repos.getReleaseByTag({ ...nameParameters(repository), tag });
      return readAnswer(data);
    }),
  );
}

/** What a draft is made with. */
export interface NewDraft {
  readonly tagName: string;
  /** A commit by its id: a branch would move on. */
  readonly commitish: string;
  readonly name: string;
  readonly body: string;
  readonly prerelease: boolean;
  /** Whether a release is the draft that is wanted: it is then taken, and none is made. */
  readonly isWanted: (release: Release) => boolean;
}

/** Finds the wanted draft, of several the one with the lowest id, or makes it. A lost answer is looked up. */
export async function createDraft(client: Client, repository: RepositoryName, wanted: NewDraft): Promise<Release> {
  const { tagName, commitish, name, body, prerelease } = wanted;
  const purpose = { doing: `make a draft of the release ${tagName}`, needs: 'contents: write' } as const;
  const place = nameParameters(repository);
  const { value } = await ask(purpose, () =>
    writeOnce(client, {
      find: async () => {
        const drafts = (await listReleases(client, repository)).filter((one) => one.draft && wanted.isWanted(one));
        return drafts.sort((a, b) => a.id - b.id)[0];
      },
      agrees: () => true,
      write: async () => {
        const fields = { tag_name: tagName, target_commitish: commitish, name, body, prerelease };
        try {
          return readAnswer((await client.rest.repos.createRelease({ ...place, ...fields, draft: true })).data);
        } catch (error) {
          throw describeBurnt(error, tagName);
        }
      },
    }),
  );
  return value;
}

/** GitHub never gives the tag of an immutable release again, even once the release is deleted. */
function describeBurnt(error: unknown, tag: string): unknown {
  if (!(error instanceof RequestError && error.status === 422 && /immutable release/i.test(error.message)))
    return error;
  return new BurntTag(tag, error);
}

/** A draft wanted the name of a tag that an immutable release had. */
export class BurntTag extends UserMistake {
  readonly tag: string;

  constructor(tag: string, cause: unknown) {
    const found = `the tag ${tag} was that of an immutable release, and GitHub gives such a name to nobody again`;
    super({ found, fix: 'Choose another number with --bump.' }, { cause });
    this.tag = tag;
  }
}

/** What can be changed of a release; what is absent stays. */
export interface ReleaseChange {
  readonly tagName?: string;
  readonly commitish?: string;
  readonly name?: string;
  readonly body?: string;
  readonly prerelease?: boolean;
  /** false publishes it. Nothing makes it a draft again. */
  readonly draft?: false;
}

/**
 * Changes a release, where it is not so already. It never becomes the one that the page of the repository shows as the
 * latest: several models share a repository. Throws UserMistake where GitHub refuses, as of a burnt tag.
 */
export async function updateRelease(
  client: Client,
  repository: RepositoryName,
  id: number,
  change: ReleaseChange,
): Promise<Release> {
  const verb = change.draft === false ? 'publish' : 'change';
  const { value } = await ask({ doing: `${verb} the release ${id}`, needs: 'contents: write' }, () =>
    writeOnce(client, {
      find: () => get(client, repository, id),
      agrees: (found) =>
        Object.entries(change).every(([field, value]) => found[field as keyof ReleaseChange] === value),
      write: async () => {
        const { tagName, commitish, ...fields } = change;
        const { data } = await client.rest.repos.updateRelease({
          ...nameParameters(repository),
          release_id: id,
          ...fields,
          ...(tagName !== undefined && { tag_name: tagName }),
          ...(commitish !== undefined && { target_commitish: commitish }),
          make_latest: 'false',
        });
        return readAnswer(data);
      },
    }),
  );
  return value;
}

/** Deletes a draft; nothing where it is gone, or published meanwhile: no published release is ever deleted. */
export async function deleteDraft(client: Client, repository: RepositoryName, id: number): Promise<void> {
  await ask({ doing: `delete the draft ${id}`, needs: 'contents: write' }, () =>
    writeOnce(client, {
      find: async () => (await get(client, repository, id))?.draft ?? false,
      agrees: (isDraft) => !isDraft,
      write: async () => {
        await unlessMissing(() => client.rest.repos.deleteRelease({ ...nameParameters(repository), release_id: id }));
        return false;
      },
    }),
  );
}

async function get(client: Client, repository: RepositoryName, id: number): Promise<Release | undefined> {
  return await unlessMissing(async () => {
    const { data } = await client.rest.repos.getRelease({ ...nameParameters(repository), release_id: id });
    return readAnswer(data);
  });
}

function readAnswer(data: Answer): Release {
  return {
    id: data.id,
    tagName: data.tag_name,
    name: data.name ?? '',
    draft: data.draft,
    prerelease: data.prerelease,
    immutable: data.immutable ?? false,
    body: data.body ?? '',
    commitish: data.target_commitish,
    url: data.html_url,
    uploadUrl: data.upload_url,
    created: data.created_at,
    published: data.published_at ?? undefined,
    author: data.author.login,
    assets: data.assets.map(readAssetAnswer),
  };
}
