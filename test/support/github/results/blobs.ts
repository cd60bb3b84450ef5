import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { StoredFile } from '../stored-file.ts';

/** A file in storage: what was staged, and what was committed of it. */
export interface Blob {
  readonly path: string;
  contentType: string;
  /** The name that a download is saved under when it is no archive. */
  fileName: string | undefined;
  readonly staged: Map<string, Buffer>;
  bytes: Buffer | undefined;
  /** In place of bytes: a file of any size. */
  stored?: StoredFile;
  /** No upload changes it any more. */
  sealed: boolean;
}

/** How long a signed address works, in milliseconds. */
const LIFETIME = 10 * 60_000;

export interface BlobStore {
  /** A blob without content. `suffix` ends its path. */
  create(suffix: string, contentType: string, fileName?: string): Blob;
  remove(blob: Blob): void;
  /** An address that alone permits the download ('r') or the upload ('w') of one blob for ten minutes. */
  sign(blob: Blob, permission: 'r' | 'w'): string;
  handle(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/**
 * Speaks as much of Azure's blob storage as the toolkit uses (Azure REST, "Put Block", "Put Block List", "Put Blob",
 * "Get Blob"): blocks count only once a list names them, and in the order of that list.
 */
export function createBlobStore(options: { origin(): string; now(): Date }): BlobStore {
  const blobs = new Map<string, Blob>();
  const secret = randomBytes(16).toString('hex');
  const signature = (...parts: string[]) =>
    createHash('sha256')
      .update(JSON.stringify([secret, ...parts]))
      .digest('base64');

  async function put(blob: Blob, url: URL, request: IncomingMessage): Promise<number> {
    const body = await buffer(request);
    if (blob.sealed) return 409;
    const kind = url.searchParams.get('comp');
    if (kind === 'block') {
      blob.staged.set(url.searchParams.get('blockid') ?? '', body);
      return 201;
    }
    if (kind === 'blocklist') {
      const ids = [...body.toString().matchAll(/<(?:Latest|Uncommitted)>([^<]*)</g)].map((match) => match[1] ?? '');
      const blocks = ids.map((id) => blob.staged.get(id));
      if (blocks.some((block) => block === undefined)) return 400;
      blob.bytes = Buffer.concat(blocks as Buffer[]);
    } else if (request.headers['x-ms-blob-type'] === 'BlockBlob') blob.bytes = body;
    else return 400;
    blob.staged.clear();
    blob.contentType = String(request.headers['x-ms-blob-content-type'] ?? blob.contentType);
    return 201;
  }

  return {
    create(suffix, contentType, fileName) {
      // Two folders: the library takes the first for the account's name where the host is an address.
      const blob: Blob = {
        path: `/results-blob/store/${randomUUID()}${suffix}`,
        contentType,
        fileName,
        staged: new Map(),
        bytes: undefined,
        sealed: false,
      };
      blobs.set(blob.path, blob);
      return blob;
    },
    remove: (blob) => void blobs.delete(blob.path),
    sign(blob, permission) {
      const url = new URL(blob.path, options.origin());
      const end = new Date(options.now().getTime() + LIFETIME).toISOString();
      url.searchParams.set('sp', permission);
      url.searchParams.set('se', end);
      url.searchParams.set('sig', signature(blob.path, permission, end));
      return url.href;
    },
    async handle(url, request, response) {
      const [permission = '', end = ''] = ['sp', 'se'].map((name) => url.searchParams.get(name) ?? '');
      const signed = url.searchParams.get('sig') === signature(url.pathname, permission, end);
      const allowed = signed && new Date(end) > options.now() && permission === (request.method === 'PUT' ? 'w' : 'r');
      const blob = blobs.get(url.pathname);
      if (!allowed) request.resume();
      if (!allowed) response.writeHead(403).end();
      else if (blob === undefined) response.writeHead(404).end();
      else if (request.method === 'PUT') response.writeHead(await put(blob, url, request)).end();
      else if (blob.stored !== undefined) await serveFile(blob, blob.stored, request, response);
      else if (blob.bytes === undefined) response.writeHead(404).end();
      else response.writeHead(200, describe(blob, blob.bytes.length)).end(blob.bytes);
    },
  };
}

/** All of a file, or what lies behind the byte that `Range` names. */
async function serveFile(
  blob: Blob,
  { file, size }: StoredFile,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [, from] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? [];
  const start = Number(from ?? 0);
  if (start >= size) {
    response.writeHead(416, { 'content-range': `bytes */${size}` }).end();
    return;
  }
  const part = from === undefined ? {} : { 'content-range': `bytes ${start}-${size - 1}/${size}` };
  response.writeHead(from === undefined ? 200 : 206, { ...describe(blob, size - start), ...part });
  // Who reads may go away in the middle.
  await pipeline(createReadStream(file, { start, highWaterMark: 256 * 1024 }), response).catch(() => {});
}

function describe(blob: Blob, size: number): Record<string, string | number> {
  const name = blob.fileName;
  return {
    'content-type': blob.contentType,
    'content-length': size,
    ...(name && { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}` }),
  };
}
