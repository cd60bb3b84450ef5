import type { RepositoryState } from '../repository.ts';

/** An attestation: a bundle of Sigstore's whose statement names what it is about. */
export interface AttestationRecord {
  readonly id: number;
  readonly bundle: Record<string, unknown>;
  /** `sha256:` and the digest of each subject. */
  readonly subjects: readonly string[];
  readonly predicateType: string;
}

/** The attestations of a repository, oldest first; for `RepositoryState.part`. */
export function keepAttestations(_: RepositoryState): AttestationRecord[] {
  return [];
}
