import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** The sha256 of a file in hexadecimal digits. Throws what the file system throws. */
export async function computeSha256(path: string): Promise<string> {
  return (await digestFile(path, 'sha256')).toString('hex');
}

/** The sha512 of a file as npm and browsers write it: `sha512-` and base64. Throws what the file system throws. */
export async function computeIntegrity(path: string): Promise<string> {
  return `sha512-${(await digestFile(path, 'sha512')).toString('base64')}`;
}

async function digestFile(path: string, algorithm: 'sha256' | 'sha512'): Promise<Buffer> {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path, { highWaterMark: 4 * 1024 * 1024 }), hash);
  return hash.digest();
}
