import type { TrustedRoot } from '@sigstore/protobuf-specs';
import type { Manifest } from '../../evidence/schema/manifest.ts';
import { type Check, fail, judge, leaveOpen } from '../verify/checks.ts';
import { SIGNATURE_FILE } from '../verify/evidence.ts';
import type { SignerPolicy } from './bundle.ts';
import { createKeylessVerifier } from './keyless-verifier.ts';
import { findSignatureFaults } from './model-signature.ts';
import { createKeyVerifier } from './signing-key.ts';

export interface CheckSignature {
  readonly manifest: Manifest;
  /** The text of `model.sig`; undefined where the release has none. */
  readonly signature: string | undefined;
  /** A public key in PEM, where the model was signed with a key. */
  readonly publicKey: string | undefined;
  readonly roots: readonly TrustedRoot[] | undefined;
  readonly policy: SignerPolicy;
}

/**
 * Verifies the signature of a model (OpenSSF model signing). Whoever names a key asks for a signature by it: without one, the
 * model does not verify. A signature that nobody gave a key or a root for is left open and does not count: it is a file of
 * the manifest, so it cannot have been taken out or exchanged, and whether somebody's key must have signed is for whoever
 * uses the model to say.
 */
export function checkSignature({ manifest, signature, publicKey, roots, policy }: CheckSignature): Check[] {
  const text = 'signs exactly the files of the model';
  if (signature === undefined) {
    const reason = 'there is none, and a public key was given to verify it by';
    return publicKey === undefined ? [] : [fail(SIGNATURE_FILE, text, reason)];
  }
  const files = manifest.files.filter(({ role }) => role === 'model');
  if (publicKey === undefined && roots === undefined) {
    const reason = 'it was not verified: add --public-key with a file, --attestations, or --trusted-root with a file';
    return [leaveOpen(SIGNATURE_FILE, text, reason, false)];
  }
  if (publicKey === undefined && isSignedByKey(signature)) {
    return [leaveOpen(SIGNATURE_FILE, text, 'somebody signed with a key: add --public-key with its file', false)];
  }
  const verify = publicKey === undefined ? createKeylessVerifier(roots ?? [], policy) : createKeyVerifier(publicKey);
  const faults = findSignatureFaults(signature, files, verify);
  return [judge(SIGNATURE_FILE, text, faults.length > 0 ? faults.join('; ') : undefined)];
}

/** A bundle says whether it holds a certificate or the hint to a key. Without either it is no signature. */
function isSignedByKey(signature: string): boolean {
  try {
    const { verificationMaterial } = JSON.parse(signature) as { verificationMaterial?: { publicKey?: unknown } };
    return verificationMaterial?.publicKey !== undefined;
  } catch {
    return false;
  }
}
