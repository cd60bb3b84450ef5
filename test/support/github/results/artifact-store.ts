import { createHash } from 'node:crypto';
import type { StoredFile } from '../stored-file.ts';
import type { Blob, BlobStore } from './blobs.ts';
import { computeRunBackendId } from './runtime-tokens.ts';
import { TwirpFault } from './twirp.ts';

/** A finished artifact. */
export interface Artifact {
  readonly id: number;
  readonly runId: number;
  readonly name: string;
  /** In bytes, of the archive or of the single file. */
  readonly size: number;
  /** `sha256:` and 64 hexadecimal digits, of the same bytes. */
  readonly digest: string;
  readonly created: Date;
  readonly expires: Date;
  readonly expired: boolean;
  bytes(): Buffer;
}

/** An artifact from its announcement on; it has a size and a digest once it is finished. */
export interface ArtifactRecord {
  readonly id: number;
  readonly runId: number;
  readonly attempt: number;
  readonly jobBackendId: string;
  readonly name: string;
  readonly blob: Blob;
  readonly created: Date;
  readonly expires: Date;
  finished: { readonly bytes: Buffer; readonly digest: string } | undefined;
}

/** Days that artifacts are kept for (GitHub's default). */
const RETENTION_DAYS = 90;
const DAY = 86_400_000;

/** What a job says of an artifact before it uploads. */
export type NewArtifact = Pick<ArtifactRecord, 'runId' | 'attempt' | 'jobBackendId' | 'name'> & {
  readonly contentType: string;
  readonly expires?: Date;
};

/** Artifacts of every run, for the service, for the REST routes and for tests. */
export interface ArtifactStore {
  /** Finished artifacts of a run, oldest first; of every attempt, and expired ones too. */
  list(runId: number): Artifact[];
  get(id: number): Artifact | undefined;
  /** Puts a zip into a run as if a job had uploaded it. Throws for a name that the attempt has. */
  add(runId: number, name: string, zip: Buffer, options?: { attempt?: number; expires?: Date }): Artifact;
  /** Whether there was one to remove. */
  remove(id: number): boolean;
  /** An address that serves the bytes for ten minutes, for the redirect of the REST download; none once expired. */
  sign(id: number): string | undefined;
  /** Such an address for any other file: GitHub keeps the assets of releases in the same kind of storage. */
  share(
    file: { readonly name: string; readonly contentType: string } & (
      | { readonly bytes: Buffer }
      | { readonly content: StoredFile }
    ),
  ): string;
}

/** The store, and what only the service does with it. */
export interface ArtifactRecords {
  readonly store: ArtifactStore;
  /** Throws `already_exists` for a name that the attempt has, finished or not. */
  create(artifact: NewArtifact): ArtifactRecord;
  /** The artifact of a run by the backend id of its attempt. */
  find(runId: number, runBackendId: string, name: string): ArtifactRecord | undefined;
  listFinished(runId: number): FinishedRecord[];
  /**
   * Takes what was uploaded, for good. Throws `invalid_argument` where it has another size or hash (`sha256:…`) than
   * was told.
   */
  finish(record: ArtifactRecord, told: { size: number; hash?: unknown }): FinishedRecord;
}

export type FinishedRecord = ArtifactRecord & { readonly finished: NonNullable<ArtifactRecord['finished']> };

export function createArtifactRecords(blobs: BlobStore, now: () => Date): ArtifactRecords {
  const records = new Map<number, ArtifactRecord>();
  let lastId = 0;

  function create({ contentType, expires, ...artifact }: NewArtifact): ArtifactRecord {
    if (find(artifact.runId, computeRunBackendId(artifact.runId, artifact.attempt), artifact.name) !== undefined) {
      throw new TwirpFault('already_exists', 'an artifact with this name already exists on the workflow run');
    }
    const archive = contentType === 'application/zip';
    const blob = blobs.create(archive ? '.zip' : '', contentType, archive ? `${artifact.name}.zip` : artifact.name);
    const created = now();
    lastId += 1;
    const last = expires ?? new Date(created.getTime() + RETENTION_DAYS * DAY);
    const record: ArtifactRecord = { ...artifact, id: lastId, blob, created, expires: last, finished: undefined };
    records.set(record.id, record);
    return record;
  }

  function find(runId: number, runBackendId: string, name: string): ArtifactRecord | undefined {
    const isNamed = (record: ArtifactRecord) => record.runId === runId && record.name === name;
    return [...records.values()].find(
      (record) => isNamed(record) && computeRunBackendId(runId, record.attempt) === runBackendId,
    );
  }

  function finish(record: ArtifactRecord, told: { size: number; hash?: unknown }): FinishedRecord {
    const bytes = record.blob.bytes;
    if (bytes?.length !== told.size) {
      throw new TwirpFault('invalid_argument', `size ${told.size} is not the size of what was uploaded`);
    }
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    if (told.hash !== undefined && told.hash !== digest) {
      throw new TwirpFault('invalid_argument', 'hash is not the hash of what was uploaded');
    }
    record.blob.sealed = true;
    record.finished = { bytes, digest };
    return record as FinishedRecord;
  }

  const isFinished = (record: ArtifactRecord | undefined): record is FinishedRecord => record?.finished !== undefined;
  const listFinished = (runId: number) =>
    [...records.values()].filter(isFinished).filter((record) => record.runId === runId);

  function describe({ id, runId, name, created, expires, finished }: FinishedRecord): Artifact {
    const { bytes, digest } = finished;
    const expired = expires <= now();
    return { id, runId, name, size: bytes.length, digest, created, expires, expired, bytes: () => bytes };
  }

  const store: ArtifactStore = {
    list: (runId) => listFinished(runId).map(describe),
    get(id) {
      const record = records.get(id);
      return isFinished(record) ? describe(record) : undefined;
    },
    add(runId, name, zip, { attempt = 1, expires } = {}) {
      const artifact = { runId, attempt, jobBackendId: 'none', name, contentType: 'application/zip' };
      const record = create(expires ? { ...artifact, expires } : artifact);
      record.blob.bytes = zip;
      return describe(finish(record, { size: zip.length }));
    },
    remove(id) {
      const record = records.get(id);
      if (record) blobs.remove(record.blob);
      return records.delete(id);
    },
    sign(id) {
      const record = records.get(id);
      return isFinished(record) && record.expires > now() ? blobs.sign(record.blob, 'r') : undefined;
    },
    share({ name, contentType, ...held }) {
      const blob = blobs.create('', contentType, name);
      Object.assign(blob, { ...('content' in held ? { stored: held.content } : held), sealed: true });
      return blobs.sign(blob, 'r');
    },
  };
  return { store, create, find, listFinished, finish };
}
