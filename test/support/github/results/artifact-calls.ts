import type { ArtifactRecord, ArtifactRecords, FinishedRecord } from './artifact-store.ts';
import type { BlobStore } from './blobs.ts';
import { computeRunBackendId, type RuntimeIdentity } from './runtime-tokens.ts';
import { type Call, readCount, readText, TwirpFault } from './twirp.ts';

export type CallHandler = (call: Call, identity: RuntimeIdentity) => object;

/** `github.actions.results.api.v1.ArtifactService`, as `@actions/artifact` 6.2.1 calls it. */
export function createArtifactCalls(
  records: ArtifactRecords,
  blobs: BlobStore,
  now: () => Date,
): Record<string, CallHandler> {
  /** The artifact that a call names, which must lie in the run of the token. */
  function find(call: Call, identity: RuntimeIdentity): ArtifactRecord {
    const record = records.find(identity.runId, readText(call, 'workflow_run_backend_id'), readText(call, 'name'));
    if (record === undefined) throw new TwirpFault('not_found', 'artifact not found');
    return record;
  }

  function requireOwn(call: Call, identity: RuntimeIdentity): void {
    const own =
      call['workflow_run_backend_id'] === identity.runBackendId &&
      call['workflow_job_run_backend_id'] === identity.jobBackendId;
    if (!own) throw new TwirpFault('permission_denied', 'the token belongs to another job');
  }

  return {
    CreateArtifact(call, identity) {
      requireOwn(call, identity);
      const { runId, attempt, jobBackendId } = identity;
      const expires = call['expires_at'] === undefined ? undefined : new Date(readText(call, 'expires_at'));
      const artifact = { runId, attempt, jobBackendId, name: readText(call, 'name') };
      // Versions before 7 tell no type: those clients upload archives only.
      const contentType = String(call['mime_type'] ?? 'application/zip');
      const record = records.create({ ...artifact, contentType, ...(expires && { expires }) });
      return { ok: true, signed_upload_url: blobs.sign(record.blob, 'w') };
    },
    FinalizeArtifact(call, identity) {
      requireOwn(call, identity);
      const record = find(call, identity);
      records.finish(record, { size: readCount(call, 'size'), hash: call['hash'] });
      return { ok: true, artifact_id: String(record.id) };
    },
    ListArtifacts(call, identity) {
      requireOwn(call, identity);
      const { name_filter: name, id_filter: id } = call;
      const isAsked = (record: FinishedRecord) =>
        (name === undefined || name === record.name) && (id === undefined || id === String(record.id));
      return { artifacts: records.listFinished(identity.runId).filter(isAsked).map(describe) };
    },
    GetSignedArtifactURL(call, identity) {
      const record = find(call, identity);
      if (record.finished === undefined) throw new TwirpFault('not_found', 'artifact not found');
      if (record.expires <= now()) throw new TwirpFault('not_found', 'artifact has expired');
      return { name: record.name, signed_url: blobs.sign(record.blob, 'r') };
    },
    DeleteArtifact(call, identity) {
      const record = find(call, identity);
      records.store.remove(record.id);
      return { ok: true, artifact_id: String(record.id) };
    },
  };
}

function describe(record: FinishedRecord): object {
  return {
    workflow_run_backend_id: computeRunBackendId(record.runId, record.attempt),
    workflow_job_run_backend_id: record.jobBackendId,
    database_id: String(record.id),
    name: record.name,
    size: String(record.finished.bytes.length),
    created_at: record.created.toISOString(),
    digest: record.finished.digest,
  };
}
