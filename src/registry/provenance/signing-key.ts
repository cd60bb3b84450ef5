import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign as signBytes, verify } from 'node:crypto';
import { type Bundle, isBundleWithDsseEnvelope, isBundleWithPublicKey, toDSSEBundle } from '@sigstore/bundle';
import { messageOf, UserMistake } from '../../errors.ts';
import type { Sign, VerifySignature } from './model-signature.ts';
import { PAYLOAD_TYPE } from './statement.ts';

/** The curves of OpenSSF model signing, by OpenSSL's names, each with the hash that goes with it. */
const HASHES: Readonly<Record<string, string>> = { prime256v1: 'sha256', secp384r1: 'sha384', secp521r1: 'sha512' };

/** Signs with a private key on an elliptic curve, in PEM. Throws UserMistake where it is no such key. */
export function createKeySigner(pem: string, file?: string): Sign {
  const key = readKey(() => createPrivateKey(pem), file);
  const hint = computeHint(createPublicKey(key));
  const hash = findHash(key, file);
  return async (statement) =>
    toDSSEBundle({
      artifact: statement,
      artifactType: PAYLOAD_TYPE,
      signature: signBytes(hash, encode(statement), key),
      keyHint: hint,
    });
}

/** Verifies with a public key on an elliptic curve, in PEM. Throws UserMistake where it is no such key. */
export function createKeyVerifier(pem: string, file?: string): VerifySignature {
  const key = readKey(() => createPublicKey(pem), file);
  const hash = findHash(key, file);
  return (bundle: Bundle) => {
    if (!isBundleWithPublicKey(bundle)) throw new Error('it was not signed with a key');
    if (!isBundleWithDsseEnvelope(bundle)) throw new Error('it holds no statement');
    const { hint } = bundle.verificationMaterial.content.publicKey;
    // Other tools of before 1.1 left no hint.
    if (hint !== '' && hint !== computeHint(key)) throw new Error('it was signed with another key');
    const { payload, signatures } = bundle.content.dsseEnvelope;
    const [signature] = signatures;
    if (signature === undefined || !verify(hash, encode(payload), key, signature.sig)) {
      throw new Error('its signature does not hold');
    }
  };
}

/** What is signed of an envelope (DSSE 1.0, pre-authentication encoding). */
function encode(payload: Buffer): Buffer {
  const head = `DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${payload.length} `;
  return Buffer.concat([Buffer.from(head), payload]);
}

/** How a bundle names its key: sha256 of the public key in PEM, in hexadecimal. */
function computeHint(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'pem' }))
    .digest('hex');
}

function readKey(read: () => KeyObject, file: string | undefined): KeyObject {
  try {
    return read();
  } catch (error) {
    throw refuse(`it cannot be read: ${messageOf(error)}`, file);
  }
}

function findHash(key: KeyObject, file: string | undefined): string {
  const hash = HASHES[key.asymmetricKeyDetails?.namedCurve ?? ''];
  if (hash === undefined) throw refuse('it does not lie on one of the curves P-256, P-384 and P-521', file);
  return hash;
}

function refuse(fault: string, file: string | undefined): UserMistake {
  const fix = 'Make one with: openssl ecparam -name prime256v1 -genkey -noout -out model.key';
  return new UserMistake({ ...(file !== undefined && { file }), found: `this is no key for models: ${fault}`, fix });
}
