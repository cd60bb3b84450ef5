import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { messageOf, UserMistake } from '../errors.ts';
import type { Client } from './client.ts';
import { ask } from './faults.ts';
import { nameParameters, type RepositoryName } from './repository.ts';

/** Ten minutes for one archive. */
const PATIENCE_MS = 10 * 60_000;
const TRIES = 3;

/** An artifact as the API tells it. */
export interface Artifact {
  readonly id: number;
  readonly name: string;
  /** Bytes of its zip. */
  readonly size: number;
  /** `sha256:` and hexadecimal, of its zip; undefined of old ones. */
  readonly digest: string | undefined;
  readonly expired: boolean;
  /** ISO 8601, to the second; undefined where GitHub does not tell. */
  readonly created: string | undefined;
  /** The run that it was uploaded in. */
  readonly runId: number | undefined;
}

type Answer = Awaited<ReturnType<Client['rest']['actions']['getArtifact']>>['data'];

/** The artifacts of a run, of all its attempts; of one name where asked. Newest first. */
export async function listArtifacts(
  client: Client,
  repository: RepositoryName,
  runId: number,
  name?: string,
): Promise<Artifact[]> {
  const purpose = { doing: `list the artifacts of run ${runId}`, needs: 'actions: read' } as const;
  const place = { ...nameParameters(repository), run_id: runId, per_page: 100, ...(name !== undefined && { name }) };
  const all = await ask(purpose, () => client.paginate(client.rest.actions.listWorkflowRunArtifacts, place));
  const wanted = all.map(readAnswer).filter((one) => name === undefined || one.name === name);
  return wanted.sort((a, b) => b.id - a.id);
}

/** Reads one artifact by its id. */
export async function readArtifact(client: Client, repository: RepositoryName, id: number): Promise<Artifact> {
  return await ask({ doing: `read the artifact ${id}`, needs: 'actions: read' }, async () => {
    const { data } = await client.rest.actions.getArtifact({ ...nameParameters(repository), artifact_id: id });
    return readAnswer(data);
  });
}

export interface DownloadArtifact {
  readonly repository: RepositoryName;
  readonly artifact: Artifact;
  /** The run that it must come from. */
  readonly runId: number;
  /** The digest that it must have beside the one that the API tells, such as a job's output: `sha256:…`. */
  readonly digest?: string;
  /** Bytes of the zip at most. */
  readonly limit: number;
  /** A file that is not there yet. */
  readonly file: string;
}

/** The downloaded zip, or why it was refused; a refusal leaves no file behind. */
export type Downloaded =
  | { readonly state: 'read'; readonly file: string; readonly digest: string }
  | { readonly state: 'refused'; readonly reason: string };

/**
 * Downloads the zip of an artifact within a limit and compares its digest. A download that breaks off starts anew, a few
 * times. Throws a UserMistake when GitHub refuses.
 */
export async function downloadArtifact(client: Client, wanted: DownloadArtifact): Promise<Downloaded> {
  const { artifact, runId, limit, file } = wanted;
  const fault = findFault(wanted);
  if (fault !== undefined) return { state: 'refused', reason: fault };
  for (let attempt = 1; ; attempt++) {
    const body = await request(client, wanted);
    try {
      const digest = await save(body, file, limit);
      const expected = [artifact.digest, wanted.digest].filter((one) => one !== undefined);
      if (expected.every((one) => one === digest)) return { state: 'read', file, digest };
      await rm(file, { force: true });
      const reason = `the artifact ${artifact.id} of run ${runId} has not the digest that it should have`;
      return { state: 'refused', reason };
    } catch (error) {
      await rm(file, { force: true });
      if (error instanceof TooLarge) return { state: 'refused', reason: describeSize(wanted) };
      // A full disk is no fault of the download.
      if ((error as NodeJS.ErrnoException).syscall === 'write') throw error;
      if (attempt === TRIES) throw describeBreak(wanted, error);
      await client.pause(attempt ** 2);
    }
  }
}

function findFault(wanted: DownloadArtifact): string | undefined {
  const { artifact, runId, limit } = wanted;
  if (artifact.runId !== runId) return `the artifact ${artifact.id} does not come from run ${runId}`;
  if (artifact.expired) return `the artifact ${artifact.id} of run ${runId} has expired`;
  if (artifact.size > limit) return describeSize(wanted);
  if (artifact.digest === undefined && wanted.digest === undefined) {
    return `GitHub tells no digest of the artifact ${artifact.id} of run ${runId}`;
  }
  return undefined;
}

function describeSize({ artifact, limit }: DownloadArtifact): string {
  return `the artifact ${artifact.id} is larger than ${limit} bytes`;
}

function describeBreak({ artifact }: DownloadArtifact, error: unknown): UserMistake {
  const found = `the download of the artifact ${artifact.id} broke off ${TRIES} times (${messageOf(error)})`;
  return new UserMistake({ found, fix: 'Check the network of the runner, then re-run the job.' }, { cause: error });
}

class TooLarge extends Error {}

async function request(client: Client, { repository, artifact }: DownloadArtifact): Promise<ReadableStream> {
  return await ask({ doing: `download the artifact ${artifact.id}`, needs: 'actions: read' }, async () => {
    const { data } = await client.rest.actions.downloadArtifact({
      ...nameParameters(repository),
      artifact_id: artifact.id,
      archive_format: 'zip',
      request: { parseSuccessResponseBody: false, signal: AbortSignal.timeout(PATIENCE_MS) },
    });
    return data as ReadableStream;
  });
}

async function save(body: ReadableStream, file: string, limit: number): Promise<string> {
  const hash = createHash('sha256');
  let size = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      hash.update(chunk);
      done(size > limit ? new TooLarge() : null, chunk);
    },
  });
  const source = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
  await pipeline(source, count, createWriteStream(file, { flags: 'wx', mode: 0o600 }));
  return `sha256:${hash.digest('hex')}`;
}

function readAnswer(data: Answer): Artifact {
  return {
    id: data.id,
    name: data.name,
    size: data.size_in_bytes,
    digest: data.digest ?? undefined,
    expired: data.expired,
    created: data.created_at ?? undefined,
    runId: data.workflow_run?.id,
  };
}
