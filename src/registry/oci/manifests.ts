import { computeSha256 } from '../../evidence/digest.ts';
import { type Document, MANIFEST_LIMIT, MANIFEST_TYPE, type OciManifest, parseManifest } from './artifact.ts';
import { readLimited } from './authorization.ts';
import { explainRefusal } from './refusal.ts';
import type { Wire } from './wire.ts';

/** A manifest that a registry gave, with the digest of its bytes. */
export interface StoredManifest extends OciManifest {
  readonly digest: string;
  readonly bytes: Buffer;
}

/**
 * Reads the manifest under a tag or a digest; of a digest, the bytes are checked. A sentence where there is none, or
 * none that is whole. Throws UserMistake where the registry refuses.
 */
export async function readManifest(wire: Wire, name: string): Promise<StoredManifest | string> {
  const { registry, text } = wire.repository;
  const url = `/v2/${wire.repository.name}/manifests/${name}`;
  const headers = { accept: MANIFEST_TYPE };
  const response = await wire.send({ method: 'GET', url, headers, actions: 'pull', repeatable: true });
  if (response.status === 404) {
    await response.body?.cancel();
    return `${registry} has no artifact ${text} ${name}`;
  }
  if (!response.ok) throw await explainRefusal(wire.repository, response, `${text} ${name} could not be read`);
  const bytes = await readLimited(response, MANIFEST_LIMIT);
  const digest = bytes && computeSha256(bytes);
  const manifest = bytes && parseManifest(bytes);
  if (bytes === undefined || digest === undefined || manifest === undefined) {
    return `${text} ${name} is no artifact with layers`;
  }
  if (name.startsWith('sha256:') && name !== digest)
    return `${text} ${name} holds other bytes: their digest is ${digest}`;
  return { ...manifest, digest, bytes };
}

/** Puts a manifest under a tag or its digest. Throws UserMistake. */
export async function pushManifest(wire: Wire, { bytes }: Pick<Document, 'bytes'>, name: string): Promise<void> {
  const response = await wire.send({
    method: 'PUT',
    url: `/v2/${wire.repository.name}/manifests/${name}`,
    headers: { 'content-type': MANIFEST_TYPE, 'content-length': String(bytes.length) },
    body: () => new Uint8Array(bytes),
    actions: 'pull,push',
    // The same bytes under the same name, however often.
    repeatable: true,
  });
  if (!response.ok) throw await explainRefusal(wire.repository, response, `the manifest ${name} could not be pushed`);
  await response.body?.cancel();
}

/** Lets a tag name the manifest of a digest, whatever it named before. Throws UserMistake. */
export async function setTag(wire: Wire, digest: string, tag: string): Promise<void> {
  const manifest = await readManifest(wire, digest);
  if (typeof manifest === 'string') throw new Error(manifest);
  await pushManifest(wire, manifest, tag);
}
