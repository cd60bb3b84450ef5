import { execFile } from 'node:child_process';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, type TestContext, test } from 'vitest';
import { messageOf } from '../../../src/errors.ts';
import { computeSha256 } from '../../../src/evidence/digest.ts';
import { findSignatureFaults, signModel } from '../../../src/registry/provenance/model-signature.ts';
import { createKeySigner, createKeyVerifier } from '../../../src/registry/provenance/signing-key.ts';

/** The reference of OpenSSF model signing, from PyPI, in an environment of this test's own. */
const REFERENCE = 'model-signing==1.1.1';
const run = promisify(execFile);

const MODEL = { 'out/model.bin': 'weights', 'out-b/vocabulary.txt': 'a\nb\n', 'labels.txt': 'no\nyes\n' };
const FILES = Object.entries(MODEL).map(([path, text]) => ({ path, sha256: computeSha256(text) }));

let root: string;
let missing: string | undefined;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'model-signing-'));
  try {
    await run('python3', ['-m', 'venv', join(root, 'venv')]);
    await run(join(root, 'venv/bin/pip'), [
      'install',
      '--quiet',
      '--disable-pip-version-check',
      REFERENCE,
      'pyOpenSSL',
    ]);
  } catch (error) {
    missing = messageOf(error).split('\n')[0];
  }
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function layOut(name: string) {
  const folder = join(root, name);
  for (const [path, text] of Object.entries(MODEL)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const secret = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const open = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
  await writeFile(join(root, `${name}.key`), secret);
  await writeFile(join(root, `${name}.pub`), open);
  return { folder, secret, open, key: join(root, `${name}.key`), pub: join(root, `${name}.pub`) };
}

function requireReference(context: TestContext): void {
  context.skip(missing !== undefined, `${REFERENCE} cannot be installed here: ${missing}`);
}

test('the reference verifies what we sign, in a folder as fetching leaves it', async (context) => {
  requireReference(context);
  const { folder, secret, pub } = await layOut('ours');
  const signature = join(folder, 'model.sig');
  await writeFile(signature, await signModel('churn', FILES, createKeySigner(secret)));
  await writeFile(join(folder, 'manifest.json'), '{}');
  await writeFile(join(folder, 'ledger-event.json'), '{}');
  const args = ['verify', 'key', folder, '--signature', signature, '--public_key', pub];
  const { stdout } = await run(join(root, 'venv/bin/model_signing'), args);
  expect(stdout).toContain('Verification succeeded');
  await writeFile(join(folder, 'labels.txt'), 'yes\nno\n');
  await expect(run(join(root, 'venv/bin/model_signing'), args)).rejects.toThrow(/labels.txt/);
});

test('we verify what the reference signs', async (context) => {
  requireReference(context);
  const { folder, key, open } = await layOut('theirs');
  const signature = join(root, 'theirs.sig');
  await run(join(root, 'venv/bin/model_signing'), [
    'sign',
    'key',
    folder,
    '--signature',
    signature,
    '--private_key',
    key,
  ]);
  const text = await readFile(signature, 'utf8');
  expect(findSignatureFaults(text, FILES, createKeyVerifier(open))).toEqual([]);
  const changed = FILES.map((file) => ({ ...file, sha256: computeSha256('other') }));
  expect(findSignatureFaults(text, changed, createKeyVerifier(open))).toHaveLength(3);
});
