import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unpackArchive } from '../../../github/archive.ts';
import { type Artifact, downloadArtifact } from '../../../github/artifacts.ts';
import type { Client } from '../../../github/client.ts';
import type { RepositoryName } from '../../../github/repository.ts';

/** A larger zip is refused: 2 GiB. */
const MAX_ZIP = 2 * 1024 ** 3;

export interface WantedFolder {
  readonly repository: RepositoryName;
  readonly artifact: Artifact;
  /** The run that it must come from. */
  readonly runId: number;
  /** A digest that it must have beside the one that the API tells. */
  readonly digest?: string;
  /** Whether a name is one of our layout's. Nothing else is ever written. */
  readonly expects: (name: string) => boolean;
  /** A folder of ours. */
  readonly temporary: string;
}

/**
 * Downloads an artifact and lays it out below a fresh folder. The names come from a stranger, so each must be one that
 * `expects` knows; the rest of what a zip can do is refused by `unpackArchive`. A fault is data.
 */
export async function fetchArtifactFolder(
  client: Client,
  wanted: WantedFolder,
): Promise<{ readonly folder: string } | { readonly fault: string }> {
  const { artifact, runId, repository, digest, expects } = wanted;
  const home = await mkdtemp(join(wanted.temporary, 'artifact-'));
  const place = { repository, artifact, runId, limit: MAX_ZIP, file: join(home, 'zip'), ...(digest && { digest }) };
  const downloaded = await downloadArtifact(client, place);
  if (downloaded.state === 'refused') return { fault: `the artifact ${artifact.name}: ${downloaded.reason}` };
  const loose = join(home, 'loose');
  await mkdir(loose);
  const unpacked = await unpackArchive({ archive: downloaded.file, folder: loose, expects });
  await rm(downloaded.file);
  if (unpacked.state === 'refused') return { fault: `the artifact ${artifact.name}: ${unpacked.reason}` };
  const folder = join(home, 'files');
  await mkdir(folder);
  for (const [name, { file }] of unpacked.files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await rename(file, join(folder, name));
  }
  return { folder };
}
