import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ManifestFile } from '../../../src/evidence/schema/manifest.ts';
import type { LocalFile } from '../../../src/registry/model-store.ts';

/** What the artifact of a test says of itself. */
export const ABOUT = {
  model: 'churn',
  version: 'v1.4.0',
  commit: 'a'.repeat(40),
  created: '2026-03-01T12:00:00Z',
};

/** Writes files into a folder, and says of them what a release would. */
export async function writeModelFiles(folder: string, contents: Record<string, string | Buffer>): Promise<LocalFile[]> {
  return Promise.all(
    Object.entries(contents).map(async ([path, content]) => {
      const file = join(folder, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
      const sha256 = `sha256:${createHash('sha256').update(content).digest('hex')}`;
      return { path, file, mediaType: 'application/octet-stream', size: Buffer.byteLength(content), sha256 };
    }),
  );
}

/** The same files as the manifest of a release names them. */
export function toManifestFiles(files: readonly LocalFile[]): ManifestFile[] {
  return files.map(({ path, mediaType, size, sha256 }) => ({
    path,
    role: 'model',
    mediaType,
    size,
    sha256,
    assets: [],
  }));
}
