import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Manifest } from '../../../src/evidence/schema/manifest.ts';
import { signModel } from '../../../src/registry/provenance/model-signature.ts';
import { checkSignature } from '../../../src/registry/provenance/signature-check.ts';
import { createKeySigner } from '../../../src/registry/provenance/signing-key.ts';

const FILES = [{ path: 'out/model.bin', sha256: `sha256:${'ab'.repeat(32)}`, role: 'model' }];
const manifest = { files: FILES } as unknown as Manifest;
const policy = { workflow: 'octo/zoo/.github/workflows/x.yml', repository: 'octo/zoo', sourceRef: undefined };
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const signer = createKeySigner(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 'model.key');
const text = await signModel('churn', FILES, signer);

const check = (signature: string | undefined, key: string | undefined, roots?: []) =>
  checkSignature({ manifest, signature, publicKey: key, roots, policy }).map(({ outcome, counts }) => [
    outcome,
    counts,
  ]);

test('a key asks for a signature by it: none, and one by another key, do not verify', () => {
  expect(check(text, pem)).toEqual([['pass', true]]);
  expect(check(undefined, pem)).toEqual([['fail', true]]);
  const other = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).publicKey;
  expect(check(text, other.export({ type: 'spki', format: 'pem' }).toString())).toEqual([['fail', true]]);
});

test('a signature that nobody gave what verifies it is left open, and does not count', () => {
  expect(check(undefined, undefined)).toEqual([]);
  expect(check(text, undefined)).toEqual([['cannot-measure', false]]);
  expect(check(text, undefined, [])).toEqual([['cannot-measure', false]]);
  expect(check('nonsense', undefined, [])).toEqual([['fail', true]]);
});
