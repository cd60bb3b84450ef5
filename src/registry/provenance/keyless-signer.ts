import {
  CIContextProvider,
  DSSEBundleBuilder,
  FulcioSigner,
  type IdentityProvider,
  RekorWitness,
  TSAWitness,
} from '@sigstore/sign';
import { messageOf, UserMistake } from '../../errors.ts';
import type { Sign } from './model-signature.ts';
import { PAYLOAD_TYPE } from './statement.ts';

/** Which instance of Sigstore signs; without addresses, the public one. */
export interface KeylessOptions {
  readonly fulcio?: string | undefined;
  readonly rekor?: string | undefined;
  /** A time stamp authority; none without. */
  readonly timestamps?: string | undefined;
  /** Where the token comes from; without it, the job's own (`id-token: write`). */
  readonly identity?: IdentityProvider | undefined;
}

/**
 * Signs with a key that lives for one signature, by a certificate for who runs the job, and with an entry in a public log:
 * the digests of the model, the repository and the workflow can be read there by anybody, for good. Throws UserMistake
 * when the job has no token, or the instance cannot be reached.
 */
export function createKeylessSigner(options: KeylessOptions): Sign {
  const { fulcio, rekor, timestamps } = options;
  const identityProvider = options.identity ?? new CIContextProvider('sigstore');
  const builder = new DSSEBundleBuilder({
    signer: new FulcioSigner({ identityProvider, ...(fulcio !== undefined && { fulcioBaseURL: fulcio }) }),
    witnesses: [
      new RekorWitness({ entryType: 'dsse', ...(rekor !== undefined && { rekorBaseURL: rekor }) }),
      ...(timestamps === undefined ? [] : [new TSAWitness({ tsaBaseURL: timestamps })]),
    ],
  });
  return async (statement) => {
    try {
      return await builder.create({ data: statement, type: PAYLOAD_TYPE });
    } catch (error) {
      const found = `Sigstore did not sign the model: ${messageOf(error)}`;
      const fix = 'Give the job the permission `id-token: write`, or sign with a key file.';
      throw new UserMistake({ found, fix }, { cause: error });
    }
  };
}
