import { createHash, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';

const TYPE = 'application/vnd.in-toto+json';

/**
 * A bundle in the form of Sigstore's (v0.3), signed with a key that nobody knows: it stands for the certificate and the
 * log entry of the real one, which a test on this machine cannot have.
 */
export function signStatement(statement: string): Record<string, unknown> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const payload = Buffer.from(statement);
  // https://github.com/secure-systems-lab/dsse/blob/master/protocol.md
  const encoded = Buffer.concat([Buffer.from(`DSSEv1 ${TYPE.length} ${TYPE} ${payload.length} `), payload]);
  const hint = createHash('sha256').update(createPublicKey(privateKey).export({ type: 'spki', format: 'der' }));
  return {
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: { publicKey: { hint: hint.digest('base64') }, tlogEntries: [] },
    dsseEnvelope: {
      payload: payload.toString('base64'),
      payloadType: TYPE,
      signatures: [{ sig: sign('sha256', encoded, privateKey).toString('base64'), keyid: '' }],
    },
  };
}
