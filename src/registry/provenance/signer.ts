import { readFile } from 'node:fs/promises';
import { describeFileFault, UserMistake } from '../../errors.ts';
import type { Sign } from './model-signature.ts';

/** Names a file with a private key in PEM. */
export const KEY_VARIABLE = 'MODELGATE_SIGNING_KEY';

/**
 * What models are signed with: the key file that the environment names, else what stands for the running job, with the
 * instance of Sigstore at SIGSTORE_FULCIO_URL and SIGSTORE_REKOR_URL, or the public one. Throws UserMistake where there is
 * neither.
 */
export async function openSigner(environment: NodeJS.ProcessEnv): Promise<Sign> {
  const file = environment[KEY_VARIABLE] || undefined;
  if (file !== undefined) {
    const { createKeySigner } = await import('./signing-key.ts');
    return createKeySigner(await readKey(file), file);
  }
  if (!environment['ACTIONS_ID_TOKEN_REQUEST_URL']) {
    const found = '`release.sign` is true, and there is nothing to sign with';
    const fix = `Let ${KEY_VARIABLE} name a file with a private key, or publish in a job with the permission \`id-token: write\`.`;
    throw new UserMistake({ found, fix });
  }
  const { createKeylessSigner } = await import('./keyless-signer.ts');
  const fulcio = environment['SIGSTORE_FULCIO_URL'] || undefined;
  return createKeylessSigner({ fulcio, rekor: environment['SIGSTORE_REKOR_URL'] || undefined });
}

async function readKey(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const found = `the key that ${KEY_VARIABLE} names cannot be read: ${describeFileFault(cause) ?? 'it is no file'}`;
    throw new UserMistake({ file, found, fix: 'Name a file with a private key in PEM.' }, { cause });
  }
}
