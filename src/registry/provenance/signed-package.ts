import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { computeSha256 } from '../../evidence/digest.ts';
import type { Package, PackagedFile } from '../package/package.ts';
import { SIGNATURE_FILE } from '../verify/evidence.ts';
import { SIGNATURE_MEDIA_TYPE, type Sign, signModel } from './model-signature.ts';

/**
 * Adds the signature of the model's files to a package; it lies in `folder`, which must stay until the release is
 * published. Every signature is another one, and none counts for what the package contains: a run after a crash signs
 * anew, and finds its draft by the content.
 */
export async function signPackage<Made extends Package>(made: Made, sign: Sign, folder: string): Promise<Made> {
  const model = made.files.filter(({ role }) => role === 'model');
  const text = await signModel(made.model, model, sign);
  await mkdir(folder, { recursive: true });
  const file = join(folder, SIGNATURE_FILE);
  await writeFile(file, text);
  const signature: PackagedFile = {
    ...{ path: SIGNATURE_FILE, file, role: 'signature', mediaType: SIGNATURE_MEDIA_TYPE },
    ...{ size: Buffer.byteLength(text), sha256: computeSha256(text) },
  };
  return { ...made, files: [...made.files, signature] };
}
