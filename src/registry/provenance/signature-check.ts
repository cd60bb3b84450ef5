import type { TrustedRoot } from '@sigstore/protobuf-specs';
import type { Manifest } from '../../evidence/schema/manifest.ts';
import { type Check, judge, leaveOpen } from '../verify/checks.ts';
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

/** Verifies the signature of a model (OpenSSF model signing), where the release has one. */
export function checkSignature({ manifest, signature, publicKey, roots, policy }: CheckSignature): Check[] {
  if (signature === undefined) return [];
  const text = 'signs exactly the files of the model';
  const files = manifest.files.filter(({ role }) => role === 'model');
  if (publicKey === undefined && roots === undefined) {
    const reason = 'it was not verified: add --public-key with a file, --attestations, or --trusted-root with a file';
    return [leaveOpen(SIGNATURE_FILE, text, reason, false)];
  }
  const verify = publicKey === undefined ? createKeylessVerifier(roots ?? [], policy) : createKeyVerifier(publicKey);
  const faults = findSignatureFaults(signature, files, verify);
  return [judge(SIGNATURE_FILE, text, faults.length > 0 ? faults.join('; ') : undefined)];
}
