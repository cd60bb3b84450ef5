import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { computeSha256 } from '../../../src/evidence/digest.ts';
import { createKeylessVerifier } from '../../../src/registry/provenance/keyless-verifier.ts';
import { findSignatureFaults, signModel } from '../../../src/registry/provenance/model-signature.ts';
import { createKeySigner, createKeyVerifier } from '../../../src/registry/provenance/signing-key.ts';
import { Sigstore } from '../../support/sigstore/sigstore.ts';

const FILES = ['out/model.bin', 'out-b/x.txt', 'labels.txt'].map((path) => ({ path, sha256: computeSha256(path) }));

function createKeys(curve = 'prime256v1') {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: curve });
  return {
    secret: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    open: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
  };
}

test.each(['prime256v1', 'secp384r1', 'secp521r1'])(
  'a model that is signed with a key on %s verifies',
  async (curve) => {
    const keys = createKeys(curve);
    const text = await signModel('churn', FILES, createKeySigner(keys.secret));
    expect(findSignatureFaults(text, FILES, createKeyVerifier(keys.open))).toEqual([]);
    const other = createKeyVerifier(createKeys(curve).open);
    expect(findSignatureFaults(text, FILES, other)).toEqual(['it was signed with another key']);
  },
);

test('every file that is other, missing or more is named', async () => {
  const keys = createKeys();
  const text = await signModel('churn', FILES, createKeySigner(keys.secret));
  const [first, second, third] = FILES;
  if (!first || !second || !third) throw new Error('no files');
  const faults = findSignatureFaults(
    text,
    [first, { ...second, sha256: first.sha256 }, { path: 'new.bin', sha256: third.sha256 }],
    createKeyVerifier(keys.open),
  );
  expect(faults).toEqual([
    expect.stringMatching(/^it lists out-b\/x.txt as sha256:/),
    'it does not list new.bin',
    'it lists labels.txt, which is no file of the model',
  ]);
});

test('a signature with a changed payload does not hold', async () => {
  const keys = createKeys();
  const bundle = JSON.parse(await signModel('churn', FILES, createKeySigner(keys.secret))) as {
    dsseEnvelope: { payload: string };
  };
  const payload = Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString('utf8');
  bundle.dsseEnvelope.payload = Buffer.from(payload.replace('churn', 'chorn')).toString('base64');
  const text = JSON.stringify(bundle);
  expect(findSignatureFaults(text, FILES, createKeyVerifier(keys.open))).toEqual(['its signature does not hold']);
  expect(findSignatureFaults('{', FILES, createKeyVerifier(keys.open))).toHaveLength(1);
});

test('what is no key on such a curve is refused', () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  expect(() => createKeySigner(pem, 'model.key')).toThrow('model.key: this is no key for models');
  expect(() => createKeyVerifier('nonsense')).toThrow('this is no key for models');
});

test('a model that a job signed without a key verifies by the workflow that signed', async () => {
  await using sigstore = await Sigstore.open();
  const workflow = 'octo/zoo/.github/workflows/release.yml';
  const identity = { workflow: `${workflow}@refs/heads/main`, repository: 'octo/zoo', repositoryId: 3 };
  const text = await signModel('churn', FILES, sigstore.signAs(identity));
  const believe = (policy: { workflow: string; repository: string }) =>
    findSignatureFaults(
      text,
      FILES,
      createKeylessVerifier([sigstore.root], { ...policy, sourceRef: 'refs/heads/main' }),
    );
  expect(believe({ workflow, repository: 'octo/zoo' })).toEqual([]);
  expect(believe({ workflow: 'evil/zoo/.github/workflows/release.yml', repository: 'octo/zoo' })).toHaveLength(1);
});
