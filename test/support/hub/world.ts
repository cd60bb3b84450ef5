import { createHash } from 'node:crypto';

/** What a path of a revision holds: bytes, or the digest of a large file. */
export type Entry = { readonly bytes: Buffer } | { readonly oid: string; readonly size: number };

export interface StoredCommit {
  readonly id: string;
  readonly parent: string | undefined;
  readonly title: string;
  readonly message: string;
  readonly tree: ReadonlyMap<string, Entry>;
}

/** A model repository of the stand-in. */
export interface StoredRepository {
  readonly name: string;
  readonly private: boolean;
  readonly commits: Map<string, StoredCommit>;
  readonly branches: Map<string, string>;
  readonly tags: Map<string, string>;
}

/** A repository as the Hub makes it: with one commit, which holds .gitattributes. */
export function createRepository(name: string, isPrivate: boolean): StoredRepository {
  const repository = { name, private: isPrivate, commits: new Map(), branches: new Map(), tags: new Map() };
  const tree = new Map([['.gitattributes', { bytes: Buffer.from('*.bin filter=lfs diff=lfs merge=lfs -text\n') }]]);
  addCommit(repository, { title: 'initial commit', message: '', tree });
  return repository;
}

/** Puts a commit on main. */
export function addCommit(
  repository: StoredRepository,
  { title, message, tree }: Pick<StoredCommit, 'title' | 'message' | 'tree'>,
): StoredCommit {
  const parent = repository.branches.get('main');
  const id = createHash('sha1')
    .update(JSON.stringify([parent, title, message, repository.commits.size]))
    .digest('hex');
  const commit = { id, parent, title, message, tree };
  repository.commits.set(id, commit);
  repository.branches.set('main', id);
  return commit;
}

/** The commit of a branch, a tag or an id. */
export function findCommit(repository: StoredRepository, revision: string): StoredCommit | undefined {
  const id = repository.branches.get(revision) ?? repository.tags.get(revision) ?? revision;
  return repository.commits.get(id);
}

/** Of files that git itself holds, its blob id. */
export function computeBlobId(entry: Entry): string {
  if ('oid' in entry) return createHash('sha1').update(entry.oid).digest('hex');
  return createHash('sha1').update(`blob ${entry.bytes.length}\0`).update(entry.bytes).digest('hex');
}
