import { UserMistake } from '../../errors.ts';

/** GitHub takes assets below 2 GiB; a whole MiB stays free. */
export const MAX_ASSET_BYTES = 2 * 1024 ** 3 - 1024 ** 2;
/** Assets of one release. */
export const MAX_ASSETS = 1000;
/**
 * So few that a release is sent within an hour: GitHub lets a client make some 500 things in one, and the token of a job
 * ask 1,000 times (rate limits for the REST API).
 */
const PLEASANT_ASSETS = 300;
/** What is sent again after a broken connection is at most this. */
export const PART_BYTES = 512 * 1024 ** 2;

/** Bytes of a file from `start` on. */
export interface Part {
  readonly start: number;
  readonly length: number;
}

/** Cuts a file of `size` bytes into parts of at most `limit`. An empty file has none: GitHub takes no empty asset. */
export function planParts(size: number, limit = PART_BYTES): Part[] {
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > MAX_ASSET_BYTES)
    throw new Error(`no part has ${limit} bytes`);
  return Array.from({ length: Math.ceil(size / limit) }, (_, index) => ({
    start: index * limit,
    length: Math.min(limit, size - index * limit),
  }));
}

/**
 * The limit of a part, in bytes, by which files of these sizes are at most 300 assets, or as few as can be: as small as
 * PART_BYTES where that fits. `others` counts the assets that come beside them. Throws UserMistake beyond 1000.
 */
export function choosePartLimit(sizes: readonly number[], others = 0): number {
  const count = (limit: number) => sizes.reduce((sum, size) => sum + Math.ceil(size / limit), others);
  let limit = PART_BYTES;
  while (count(limit) > PLEASANT_ASSETS && limit < MAX_ASSET_BYTES) limit = Math.min(MAX_ASSET_BYTES, limit * 2);
  if (count(limit) <= MAX_ASSETS) return limit;
  throw new UserMistake({
    found: `the release needs ${count(limit)} assets, and GitHub takes ${MAX_ASSETS} of less than 2 GiB each`,
    fix: 'Put the model into an OCI registry (`release.target: oci`), or pack its small files into one.',
  });
}
