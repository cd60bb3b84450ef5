import type { Blob, BlobStore } from './blobs.ts';
import type { CacheScope } from './cache-scopes.ts';

/** One saved cache. */
export interface CacheEntry {
  readonly id: number;
  readonly key: string;
  /** A digest of the paths and the compression: other paths, another cache. */
  readonly version: string;
  /** The ref that it belongs to. */
  readonly scope: string;
  readonly created: Date;
  /** In bytes. */
  readonly size: number;
}

interface CacheRecord extends Omit<CacheEntry, 'size'> {
  readonly blob: Blob;
  used: Date;
  finished: boolean;
}

/** Caches of every ref, for the service and for tests. */
export interface CacheStore {
  /** Saved caches, oldest first. */
  list(): CacheEntry[];
}

/** The store, and what only the service does with it. */
export interface CacheRecords {
  readonly store: CacheStore;
  /** Undefined where the ref has this key and version already, finished or not. */
  create(key: string, version: string, scope: string): CacheRecord | undefined;
  find(key: string, version: string, scope: string): CacheRecord | undefined;
  /**
   * Looks through the refs in the order of the scope; within a ref, for the very key, then for the newest whose key
   * begins with the key, then with each restore key (docs.github.com, "Dependency caching", cache key matching).
   */
  match(keys: readonly string[], version: string, scope: CacheScope): CacheRecord | undefined;
}

/** Caches that nobody read for this many milliseconds are gone. */
const UNUSED = 7 * 86_400_000;

export function createCacheRecords(blobs: BlobStore, now: () => Date): CacheRecords {
  let records: CacheRecord[] = [];
  let lastId = 0;

  function listKept(): CacheRecord[] {
    records = records.filter((record) => now().getTime() - record.used.getTime() < UNUSED);
    return records;
  }
  const find = (key: string, version: string, scope: string) =>
    listKept().find((record) => record.key === key && record.version === version && record.scope === scope);

  return {
    store: {
      list: () =>
        listKept()
          .filter((record) => record.finished)
          .map(({ id, key, version, scope, created, blob }) => {
            return { id, key, version, scope, created, size: blob.bytes?.length ?? 0 };
          }),
    },
    create(key, version, scope) {
      if (find(key, version, scope) !== undefined) return undefined;
      lastId += 1;
      const blob = blobs.create('', 'application/octet-stream');
      const record = { id: lastId, key, version, scope, created: now(), used: now(), blob, finished: false };
      records.push(record);
      return record;
    },
    find,
    match(keys, version, scope) {
      const usable = listKept()
        .filter((record) => record.finished && record.version === version)
        .toReversed();
      for (const ref of scope.read) {
        const own = usable.filter((record) => record.scope === ref);
        const exact = own.find((record) => record.key === keys[0]);
        const found = [exact, ...keys.map((key) => own.find((record) => record.key.startsWith(key)))].find(Boolean);
        if (found) found.used = now();
        if (found) return found;
      }
      return undefined;
    },
  };
}
