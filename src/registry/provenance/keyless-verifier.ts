import { isBundleWithDsseEnvelope } from '@sigstore/bundle';
import type { TrustedRoot } from '@sigstore/protobuf-specs';
import { type SignerPolicy, verifyCertificate } from './bundle.ts';
import type { VerifySignature } from './model-signature.ts';

/** Verifies that the pinned workflow signed, by trusted roots of Sigstore's. */
export function createKeylessVerifier(roots: readonly TrustedRoot[], policy: SignerPolicy): VerifySignature {
  return (bundle) => {
    if (!isBundleWithDsseEnvelope(bundle)) throw new Error('it holds no statement');
    const result = verifyCertificate(bundle, roots, policy);
    if ('fault' in result) throw new Error(result.fault);
  };
}
