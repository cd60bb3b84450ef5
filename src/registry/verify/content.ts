import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { messageOf } from '../../errors.ts';
import type { Manifest, ManifestAsset, ManifestFile } from '../../evidence/schema/manifest.ts';
import { describePlace } from '../fetch/sources.ts';
import { type Check, fail, leaveOpen, pass } from './checks.ts';

/** Opens the bytes of a part of a file, or of the whole file where it is no asset; undefined where there are none. */
export type OpenContent = (file: ManifestFile, asset: ManifestAsset | undefined) => Promise<Readable | undefined>;

/** A file that was read: what was found, and its bytes where they were asked for. */
export interface ContentCheck {
  readonly checks: readonly Check[];
  readonly bytes: Buffer | undefined;
}

/** Reads a file part by part, and compares the digest of each and of all together. Bytes are kept only of a document. */
export async function checkContent(file: ManifestFile, open: OpenContent, keep: boolean): Promise<ContentCheck> {
  const whole = createHash('sha256');
  const kept: Buffer[] = [];
  const checks: Check[] = [];
  const parts = file.assets.length === 0 && file.size > 0 ? [undefined] : file.assets;
  let size = 0;
  for (const asset of parts) {
    const subject = asset?.name ?? file.path;
    const expected = asset ?? file;
    const hash = createHash('sha256');
    let length = 0;
    try {
      const body = await open(file, asset);
      if (body === undefined) {
        checks.push(fail(subject, 'content', `${describe(file, asset)} is missing`));
        continue;
      }
      for await (const chunk of body as AsyncIterable<Buffer>) {
        length += chunk.length;
        if (length > expected.size) break;
        hash.update(chunk);
        whole.update(chunk);
        if (keep) kept.push(chunk);
      }
    } catch (error) {
      if (error instanceof Error && error.name === 'AbortError') throw error;
      checks.push(leaveOpen(subject, 'content', `${describe(file, asset)} cannot be read: ${messageOf(error)}`, true));
      continue;
    }
    size += length;
    const fault = compare({ size: length, sha256: `sha256:${hash.digest('hex')}` }, expected);
    if (fault !== undefined) checks.push(fail(subject, 'content', `${describe(file, asset)} ${fault}`));
  }
  const fault = compare({ size, sha256: `sha256:${whole.digest('hex')}` }, file);
  if (checks.length === 0) {
    const text = parts.length > 1 ? `digest, and those of its ${parts.length} parts` : 'digest';
    checks.push(fault === undefined ? pass(file.path, text, file.sha256) : fail(file.path, text, fault));
  }
  return { checks, bytes: keep && fault === undefined ? Buffer.concat(kept) : undefined };
}

function compare(found: { size: number; sha256: string }, expected: { size: number; sha256: string }) {
  if (found.size > expected.size) return `has more than ${expected.size} bytes`;
  if (found.size < expected.size) return `has ${found.size} bytes instead of ${expected.size}`;
  return found.sha256 === expected.sha256 ? undefined : `has the digest ${found.sha256} instead of ${expected.sha256}`;
}

function describe(file: ManifestFile, asset: ManifestAsset | undefined): string {
  return asset === undefined ? file.path : describePlace(file, asset);
}

/** The names of all assets that a manifest speaks of. */
export function listAssetNames({ files }: Manifest): string[] {
  return files.flatMap(({ assets }) => assets.map(({ name }) => name));
}
