import { messageOf } from '../../errors.ts';
import type { EvidenceSet } from '../../evidence/document.ts';
import { KINDS } from '../../evidence/schema/envelope.ts';
import type { Manifest, ManifestFile } from '../../evidence/schema/manifest.ts';
import { findViolations } from '../../evidence/validation.ts';
import { type Check, fail, leaveOpen } from './checks.ts';

/** A document larger than this is not read: 64 MiB. */
export const MAX_DOCUMENT_BYTES = 64 * 1024 * 1024;

/** Where the signature of a model lies, as the tools of OpenSSF model signing expect it. */
export const SIGNATURE_FILE = 'model.sig';

/** The files of a manifest that have to be read and not only hashed: evidence documents, and the signature. */
export function listDocuments({ files, evidence }: Manifest): ManifestFile[] {
  const paths = new Set([...evidence.map(({ kind }) => `evidence/${kind}.json`), SIGNATURE_FILE]);
  return files.filter(({ path, size }) => paths.has(path) && size <= MAX_DOCUMENT_BYTES);
}

/** Reads the documents of a release from their bytes by path, and says what is wrong with those that cannot be read. */
export function parseDocuments(
  manifest: Manifest,
  bytes: ReadonlyMap<string, Buffer>,
): { documents: EvidenceSet; checks: Check[] } {
  const checks: Check[] = [];
  const released = new Set(manifest.files.map(({ path }) => path));
  const documents: Record<string, unknown> = {};
  for (const { kind } of manifest.evidence) {
    const path = `evidence/${kind}.json`;
    const found = bytes.get(path);
    const known = KINDS.find((one) => one === kind);
    // `reveal: verdict` keeps the numbers back: the manifest names what holds them by digest alone.
    if (!released.has(path)) checks.push(leaveOpen(path, 'evidence', 'it is not released, only its digest is', false));
    else if (known === undefined) checks.push(fail(path, 'evidence', `there is no evidence of the kind ${kind}`));
    else if (found === undefined) checks.push(fail(path, 'evidence', 'the manifest names it, and it is missing'));
    else {
      const value = parseJson(found);
      const violations = 'fault' in value ? [value.fault] : findViolations(known, value.value);
      if (violations.length > 0) checks.push(fail(path, 'schema', violations.join('; ')));
      else documents[kind] = 'value' in value ? value.value : undefined;
    }
  }
  return { documents: documents as EvidenceSet, checks };
}

function parseJson(bytes: Buffer): { value: unknown } | { fault: string } {
  try {
    return { value: JSON.parse(bytes.toString('utf8')) };
  } catch (error) {
    return { fault: `this is not JSON: ${messageOf(error)}` };
  }
}
