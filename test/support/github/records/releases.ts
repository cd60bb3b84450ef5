import type { RepositoryState } from '../repository.ts';
import type { StoredFile } from '../stored-file.ts';

/** A file of a release. */
export interface AssetRecord {
  readonly id: number;
  name: string;
  label: string | null;
  readonly contentType: string;
  /** `starter` while it is uploaded, and once an upload has broken off: the name is taken, and there are no bytes. */
  state: 'uploaded' | 'starter';
  /** What lies in storage; a test may put another file there. Undefined of a `starter`. */
  content: StoredFile | undefined;
  readonly uploader: string;
  readonly created: Date;
  updated: Date;
  downloads: number;
  /** Uploaded before GitHub computed digests: it tells none. */
  undigested?: true;
}

/** A release. */
export interface ReleaseRecord {
  readonly id: number;
  tag: string;
  target: string;
  name: string | null;
  body: string | null;
  draft: boolean;
  prerelease: boolean;
  latest: 'true' | 'false' | 'legacy';
  immutable: boolean;
  readonly author: string;
  readonly created: Date;
  updated: Date;
  published: Date | null;
  assets: AssetRecord[];
}

/** The releases of a repository, oldest first, and what a test may set of them. */
export interface ReleaseRecords {
  readonly all: ReleaseRecord[];
  /** Whether releases that are published from now on are immutable. */
  immutable: boolean;
  /** Tags of immutable releases, for good: no second release has one, and no tag comes back once it is gone. */
  readonly burned: Set<string>;
  /** In bytes: what an asset must stay below (docs.github.com, "About releases": 2 GiB). */
  assetLimit: number;
  /** So many of the next uploads break off in GitHub's storage: 502, and a `starter` is left. */
  brokenUploads: number;
}

/** The releases of a repository; for `RepositoryState.part`. */
export function keepReleases(_: RepositoryState): ReleaseRecords {
  return { all: [], immutable: false, burned: new Set(), assetLimit: 2 ** 31, brokenUploads: 0 };
}

/** Whether a ref is the tag of an immutable release: it can neither move nor go. */
export function isProtectedTag(repository: RepositoryState, ref: string): boolean {
  return repository.part(keepReleases).all.some((one) => one.immutable && ref === `refs/tags/${one.tag}`);
}

/** Whether a ref is a tag that an immutable release has had. */
export function hasBurned(repository: RepositoryState, ref: string): boolean {
  return ref.startsWith('refs/tags/') && repository.part(keepReleases).burned.has(ref.slice('refs/tags/'.length));
}

/** The release that `releases/latest` means. */
export function findLatest(all: readonly ReleaseRecord[]): ReleaseRecord | undefined {
  const open = all.filter((release) => !release.draft && !release.prerelease && release.latest !== 'false');
  const byTime = open.toSorted((a, b) => (a.published?.getTime() ?? 0) - (b.published?.getTime() ?? 0));
  return byTime.findLast((release) => release.latest === 'true') ?? byTime.at(-1);
}

/**
 * The name that GitHub gives to a file. It documents that other characters than letters and digits and periods at the ends
 * are renamed (docs.github.com/rest/releases/assets), not how: nobody may depend on more than that the name is another one.
 */
export function renameAsset(name: string): string {
  const plain = name.startsWith('.') ? `default${name}` : name;
  return plain
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[^a-z0-9\-_+@]+/gi, '.')
    .replace(/^\.|\.$/g, '');
}
