import type { CallHandler } from './artifact-calls.ts';
import type { BlobStore } from './blobs.ts';
import type { CacheRecords } from './cache-store.ts';
import type { RuntimeIdentity } from './runtime-tokens.ts';
import { readCount, readText, TwirpFault } from './twirp.ts';

/** The words that `@actions/cache` knows a refusal by policy by (its `constants.ts` and `cache.ts`). */
const WRITE_DENIED = 'cache write denied: the token has no writable scope';
const READ_DENIED = 'cache read denied: the token has no readable scope';
/** Longest key, in characters. */
const LONGEST_KEY = 512;

/** `github.actions.results.api.v1.CacheService`, as `@actions/cache` 6.3.0 calls it. */
export function createCacheCalls(records: CacheRecords, blobs: BlobStore): Record<string, CallHandler> {
  const findWritable = (identity: RuntimeIdentity) => identity.cacheScope.write[0];

  return {
    GetCacheEntryDownloadURL(call, { cacheScope }) {
      if (cacheScope.read.length === 0) throw new TwirpFault('permission_denied', READ_DENIED);
      const more = Array.isArray(call['restore_keys']) ? call['restore_keys'].map(String) : [];
      const found = records.match([readText(call, 'key'), ...more], readText(call, 'version'), cacheScope);
      if (found === undefined) return { ok: false };
      return { ok: true, signed_download_url: blobs.sign(found.blob, 'r'), matched_key: found.key };
    },
    CreateCacheEntry(call, identity) {
      const scope = findWritable(identity);
      if (scope === undefined) return { ok: false, message: WRITE_DENIED };
      const key = readText(call, 'key');
      if (key.length > LONGEST_KEY || key.includes(',')) throw new TwirpFault('invalid_argument', 'key is not valid');
      const record = records.create(key, readText(call, 'version'), scope);
      if (record === undefined) return { ok: false, message: `cache entry ${key} exists already` };
      return { ok: true, signed_upload_url: blobs.sign(record.blob, 'w') };
    },
    FinalizeCacheEntryUpload(call, identity) {
      const scope = findWritable(identity) ?? '';
      const record = records.find(readText(call, 'key'), readText(call, 'version'), scope);
      if (record === undefined) throw new TwirpFault('not_found', 'cache entry not found');
      if (record.blob.bytes?.length !== readCount(call, 'size_bytes')) {
        return { ok: false, message: 'the size is not the size of what was uploaded' };
      }
      record.blob.sealed = true;
      record.finished = true;
      return { ok: true, entry_id: String(record.id) };
    },
  };
}
