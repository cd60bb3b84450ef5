import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { RequestError } from 'octokit';
import { UserMistake } from '../errors.ts';
import type { Client } from './client.ts';
import { ask, describeApiFault } from './faults.ts';
import { FilePart } from './file-part.ts';
import { unlessMissing } from './missing.ts';
import { watchReading } from './patience.ts';
import { readLimit, readLimitEnd } from './persistence.ts';
import { nameParameters, type RepositoryName } from './repository.ts';
import { findUploadUrl } from './upload-host.ts';
import { writeOnce } from './writing.ts';

/** A file of a release as the API tells it. */
export interface ReleaseAsset {
  readonly id: number;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** `uploaded`; anything else is an upload that broke off, which keeps its name until it is deleted. */
  readonly state: string;
  /** `sha256:…`, computed by GitHub; undefined of what was uploaded before it did. */
  readonly digest: string | undefined;
  readonly mediaType: string;
}

type Answer = Awaited<ReturnType<Client['rest']['repos']['getReleaseAsset']>>['data'];

/** All assets of a release, by pages: a release itself may tell fewer than it has. */
export async function listAssets(
  client: Client,
  repository: RepositoryName,
  releaseId: number,
): Promise<ReleaseAsset[]> {
  return await ask(describeListing(releaseId), () => readPages(client, repository, releaseId));
}

/** The same; undefined where the release is gone, as a draft that another run has deleted. */
export async function findAssets(
  client: Client,
  repository: RepositoryName,
  releaseId: number,
): Promise<ReleaseAsset[] | undefined> {
  return await ask(describeListing(releaseId), () => unlessMissing(() => readPages(client, repository, releaseId)));
}

function describeListing(releaseId: number) {
  return { doing: `list the assets of the release ${releaseId}`, needs: 'contents: read' } as const;
}

async function readPages(client: Client, repository: RepositoryName, releaseId: number): Promise<ReleaseAsset[]> {
  const place = { ...nameParameters(repository), release_id: releaseId, per_page: 100 };
  return (await client.paginate(client.rest.repos.listReleaseAssets, place)).map(readAssetAnswer);
}

export interface UploadAsset {
  readonly repository: RepositoryName;
  readonly release: { readonly id: number; readonly uploadUrl: string };
  readonly name: string;
  readonly mediaType: string;
  /** The file, and the bytes of it that are the asset. */
  readonly file: string;
  readonly start: number;
  readonly length: number;
  readonly signal?: AbortSignal | undefined;
}

/** What became of an upload as far as anybody knows. */
export type Uploaded =
  | { readonly state: 'sent'; readonly asset: ReleaseAsset }
  /**
   * Nobody knows: whoever looks at the assets sees it. `fault` says what happened; `began` is false where another asset
   * has the name, or is sent at this moment. `until` is when the limit ends that refused it, where one did.
   */
  | { readonly state: 'unknown'; readonly fault: unknown; readonly began: boolean; readonly until: Date | undefined };

/**
 * Sends bytes of a file as an asset, once. Holds a few hundred KiB of it at a time, tells its length beforehand, and gives
 * up when no byte moves for two minutes; a slow line may take as long as it takes. Throws UserMistake where the token may
 * not, and where the file is shorter; an Error where the upload would go to another host than GitHub's.
 */
export async function uploadAsset(client: Client, wanted: UploadAsset): Promise<Uploaded> {
  const { repository, release, name, mediaType, file, start, length, signal } = wanted;
  const url = findUploadUrl(client, repository, release);
  url.searchParams.set('name', name);
  const found = await stat(file).catch(() => undefined);
  if (found === undefined || found.size < start + length) {
    throw new UserMistake({ file, found: 'the file has changed while it was sent', fix: 'Run it again.' });
  }
  const body = new FilePart({ file, start, length, signal });
  try {
    const { data } = await client.request({
      method: 'POST',
      url: url.href,
      data: body,
      headers: { 'content-type': mediaType, 'content-length': String(length) },
      request: { signal: body.signal, fetch: fetchOnce },
    });
    return { state: 'sent', asset: readAssetAnswer(data as Answer) };
  } catch (error) {
    signal?.throwIfAborted();
    const fault = describeApiFault(error, { doing: `upload ${name}`, needs: 'contents: write' });
    if (isFinal(error)) throw fault;
    const until = error instanceof RequestError ? readLimitEnd(error) : undefined;
    const began = until === undefined && !(error instanceof RequestError && error.status === 422);
    return { state: 'unknown', fault, began, until };
  } finally {
    body.close();
  }
}

/**
 * fetch keeps a second copy of a body that it streams, all of it, in case a redirect or a question for a password makes it
 * send again (Fetch standard, HTTP-network-or-cache fetch, step 3). Without a window and without redirects it keeps none.
 */
function fetchOnce(url: string, init: RequestInit): Promise<Response> {
  return fetch(url, { ...init, window: null, redirect: 'error' });
}

/** A refusal that a later look does not change. */
function isFinal(error: unknown): boolean {
  if (!(error instanceof RequestError)) return false;
  return error.status === 401 || (error.status === 403 && readLimit(error) === undefined);
}

/**
 * Opens an asset from byte `start` on. The stream ends with an error when no byte comes for two minutes. GitHub redirects
 * to its storage, on another host, which never gets the token. Throws UserMistake where it is not there.
 */
export async function openAsset(
  client: Client,
  repository: RepositoryName,
  assetId: number,
  start: number,
  signal?: AbortSignal,
): Promise<Readable> {
  const patience = watchReading(signal);
  const body = await ask({ doing: `download the asset ${assetId}`, needs: 'contents: read' }, async () => {
    const { data, status } = await client.rest.repos.getReleaseAsset({
      ...nameParameters(repository),
      asset_id: assetId,
      headers: { accept: 'application/octet-stream', ...(start > 0 && { range: `bytes=${start}-` }) },
      request: { parseSuccessResponseBody: false, signal: patience.signal },
    });
    // A server that knows no ranges answers 200 and begins at the beginning.
    const skip = (status as number) === 206 ? 0 : start;
    return { bytes: data as unknown as ReadableStream<Uint8Array>, skip };
  });
  return Readable.from(patience.pass(body.bytes, body.skip), { objectMode: false });
}

/** Deletes an asset of a draft; nothing where it is gone. */
export async function deleteAsset(client: Client, repository: RepositoryName, assetId: number): Promise<void> {
  const place = { ...nameParameters(repository), asset_id: assetId };
  await ask({ doing: `delete the asset ${assetId}`, needs: 'contents: write' }, () =>
    writeOnce<'there' | 'gone'>(client, {
      find: async () => ((await unlessMissing(() => client.rest.repos.getReleaseAsset(place))) ? 'there' : 'gone'),
      agrees: (found) => found === 'gone',
      write: async () => {
        await unlessMissing(() => client.rest.repos.deleteReleaseAsset(place));
        return 'gone';
      },
    }),
  );
}

/** An asset of an answer of GitHub's. */
export function readAssetAnswer(data: Answer): ReleaseAsset {
  return {
    id: data.id,
    name: data.name,
    size: data.size,
    state: data.state,
    digest: data.digest ?? undefined,
    mediaType: data.content_type,
  };
}
