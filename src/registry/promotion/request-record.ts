import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unpackArchive } from '../../github/archive.ts';
import { downloadArtifact, listArtifacts } from '../../github/artifacts.ts';
import type { Client } from '../../github/client.ts';
import type { RepositoryName } from '../../github/repository.ts';
import type { ActingRun } from './asked.ts';

/** The file in the artifact of a request: the text of its issue. */
export const RECORD_FILE = 'request.md';

/** Bytes of the zip, and of the text: an issue has 65,536 characters at most. */
const LIMIT = 512 * 1024;

/** The artifact that an attempt of a run keeps its request in. */
export function nameRecord({ attempt }: Pick<ActingRun, 'attempt'>): string {
  return `modelgate-request-${attempt}`;
}

/**
 * Reads the text that a run keeps of what it asked: nobody but a job of that very run can have uploaded it. Undefined where
 * there is none (any more), or more than one.
 */
export async function readRecord(
  client: Client,
  repository: RepositoryName,
  run: Pick<ActingRun, 'id' | 'attempt'>,
): Promise<string | undefined> {
  const [artifact, second] = await listArtifacts(client, repository, run.id, nameRecord(run));
  if (artifact === undefined || second !== undefined) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'modelgate-request-'));
  try {
    const file = join(folder, 'request.zip');
    const wanted = { repository, artifact, runId: run.id, limit: LIMIT, file };
    const downloaded = await downloadArtifact(client, wanted);
    if (downloaded.state === 'refused') return undefined;
    const limits = { entries: 1, bytes: LIMIT };
    const expects = (name: string) => name === RECORD_FILE;
    const unpacked = await unpackArchive({ archive: file, folder, expects, limits });
    const kept = unpacked.state === 'read' ? unpacked.files.get(RECORD_FILE) : undefined;
    return kept && (await readFile(kept.file, 'utf8'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
