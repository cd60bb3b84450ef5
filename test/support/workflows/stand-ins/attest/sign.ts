import { bundleToJSON } from '@sigstore/bundle';
import { CIContextProvider, DSSEBundleBuilder, FulcioSigner, RekorWitness } from '@sigstore/sign';
import { readVariable } from '../action-io.ts';

/**
 * Signs as the real action does for a public repository: with a key of this one time, a certificate for the identity of the
 * job, and an entry in a log. The real one knows Sigstore's public instance; here the machine names a local one.
 */
export async function signStatement(statement: string): Promise<unknown> {
  const url = readVariable('SIGSTORE_URL');
  const builder = new DSSEBundleBuilder({
    signer: new FulcioSigner({ fulcioBaseURL: url, identityProvider: new CIContextProvider('sigstore') }),
    witnesses: [new RekorWitness({ entryType: 'dsse', rekorBaseURL: url })],
  });
  return bundleToJSON(await builder.create({ data: Buffer.from(statement), type: 'application/vnd.in-toto+json' }));
}
