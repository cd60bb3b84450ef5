import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { UserMistake } from '../../errors.ts';
import { explainRefusal } from './refusal.ts';
import { ConnectionFault, type Wire } from './wire.ts';

/** A blob to be pushed: a file on this machine, or a few bytes. */
export interface Blob {
  /** For messages. */
  readonly name: string;
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
  readonly content: { readonly file: string } | { readonly bytes: Buffer };
}

interface Session {
  /** Where the next byte goes to; changes with every answer. */
  readonly location: string;
  /** Bytes that have arrived. */
  readonly offset: number;
}

/** What is read of a file at once: with the copies on the way, a few MB for each upload that runs. */
const READ_BYTES = 1024 * 1024;
/** After a broken upload the rest goes in chunks, so that the next break loses no more than one. */
const CHUNK_BYTES = 64 * 1024 * 1024;
/** Breaks in a row without a byte more at the registry. */
const TRIES = 5;

/**
 * Pushes a blob unless it is there. In one PUT as long as nothing breaks, which every registry takes; after a break the
 * registry is asked how far it came, and gets the rest in chunks (distribution specification 1.1, "Pushing Blobs").
 * A registry that forgot the session is sent everything anew; distribution 2.8 and what is built on it forget one that
 * broke within a request. Answers whether bytes were sent. Throws UserMistake.
 */
export async function pushBlob(wire: Wire, blob: Blob, chunkBytes = CHUNK_BYTES): Promise<'there' | 'sent'> {
  if (await isThere(wire, blob)) return 'there';
  let session: Session | undefined;
  let reached = 0;
  for (let tries = 0; ; ) {
    await checkSize(blob);
    try {
      session ??= await openSession(wire, blob);
      if (tries === 0) await finish(wire, blob, session, 0);
      else {
        for await (const next of sendChunks(wire, blob, session, chunkBytes)) session = next;
        await finish(wire, blob, session, blob.size);
      }
      return 'sent';
    } catch (error) {
      if (!(error instanceof ConnectionFault) || ++tries === TRIES) throw error;
      await wire.pause(tries ** 2);
      // The answer may have been lost after all bytes arrived.
      if (await isThere(wire, blob)) return 'sent';
      session = session && (await askSession(wire, session, blob));
      if ((session?.offset ?? 0) > reached) tries = 1;
      reached = Math.max(reached, session?.offset ?? 0);
    }
  }
}

/** Asks whether the registry has a blob, of the right size where it says one. */
async function isThere(wire: Wire, { digest, size, name }: Blob): Promise<boolean> {
  const url = `/v2/${wire.repository.name}/blobs/${digest}`;
  const response = await wire.send({ method: 'HEAD', url, actions: 'pull,push', repeatable: true });
  if (response.status === 404) return false;
  if (!response.ok) throw await explainRefusal(wire.repository, response, `${name} could not be looked up`);
  return (response.headers.get('content-length') ?? String(size)) === String(size);
}

async function openSession(wire: Wire, blob: Blob): Promise<Session> {
  const url = `/v2/${wire.repository.name}/blobs/uploads/`;
  const headers = { 'content-length': '0' };
  const response = await wire.send({ method: 'POST', url, headers, actions: 'pull,push', repeatable: true });
  return { location: await readLocation(wire, response, blob), offset: 0 };
}

/** How far a session came; undefined when the registry knows it no more. */
async function askSession(wire: Wire, session: Session, { size }: Blob): Promise<Session | undefined> {
  const request = { method: 'GET', url: session.location, actions: 'pull,push', repeatable: true } as const;
  const response = await wire.send(request);
  await response.body?.cancel();
  const offset = readOffset(response);
  if (response.status !== 204 || offset === undefined || offset > size) return undefined;
  return { location: absolute(wire, response) ?? session.location, offset };
}

async function* sendChunks(wire: Wire, blob: Blob, from: Session, chunkBytes: number): AsyncGenerator<Session> {
  let session = from;
  while (session.offset < blob.size) {
    const start = session.offset;
    const end = Math.min(start + chunkBytes, blob.size);
    const headers = { 'content-range': `${start}-${end - 1}`, ...describeBody(end - start) };
    const body = () => openBody(blob, start, end);
    const url = session.location;
    const response = await wire.send({ method: 'PATCH', url, headers, body, actions: 'pull,push', repeatable: false });
    const location = await readLocation(wire, response, blob);
    const offset = readOffset(response) ?? end;
    if (offset <= start || offset > end) throw new ConnectionFault({ found: `${blob.name} arrived at another place` });
    session = { location, offset };
    yield session;
  }
}

/** The last request: with all bytes from `offset` on, or with none. The registry checks the digest. */
async function finish(wire: Wire, blob: Blob, { location }: Session, offset: number): Promise<void> {
  const url = new URL(location);
  url.searchParams.set('digest', blob.digest);
  const headers = describeBody(blob.size - offset);
  const body = () => openBody(blob, offset, blob.size);
  const request = { method: 'PUT', url: url.href, headers, body, actions: 'pull,push', repeatable: false } as const;
  const response = await wire.send(request);
  if (response.status === 201 || response.status === 204) return void (await response.body?.cancel());
  throw await explainUpload(wire, response, blob);
}

async function readLocation(wire: Wire, response: Response, blob: Blob): Promise<string> {
  if (response.status !== 202) throw await explainUpload(wire, response, blob);
  await response.body?.cancel();
  const location = absolute(wire, response);
  if (location !== undefined) return location;
  const found = `${wire.repository.registry} opens no upload for ${blob.name}: it names no place`;
  throw new UserMistake({ found, fix: 'This is no registry of the OCI distribution spec. Name another one.' });
}

function absolute({ repository }: Wire, response: Response): string | undefined {
  const location = response.headers.get('location');
  return location === null ? undefined : new URL(location, repository.origin).href;
}

/** `Range: 0-1023`, of what arrived, inclusive. Registries write `0-0` of nothing, too: then it begins anew. */
function readOffset(response: Response): number | undefined {
  const last = /^(?:bytes=)?0-(\d{1,15})$/.exec(response.headers.get('range') ?? '')?.[1];
  return last === undefined ? undefined : last === '0' ? 0 : Number(last) + 1;
}

/** What broke may be tried again; what was refused may not. A session that was lost is opened anew. */
async function explainUpload(wire: Wire, response: Response, blob: Blob): Promise<Error> {
  const mistake = await explainRefusal(wire.repository, response, `${blob.name} could not be pushed`);
  const passes = response.status >= 500 || [404, 408, 416, 429].includes(response.status);
  return passes ? new ConnectionFault(mistake.problems) : mistake;
}

function describeBody(length: number): Record<string, string> {
  return { 'content-type': 'application/octet-stream', 'content-length': String(length) };
}

function openBody({ content }: Blob, start: number, end: number): RequestInit['body'] {
  if ('bytes' in content) return content.bytes.subarray(start, end);
  if (start === end) return '';
  const file = createReadStream(content.file, { start, end: end - 1, highWaterMark: READ_BYTES });
  return Readable.toWeb(file) as unknown as RequestInit['body'];
}

async function checkSize({ content, name, size }: Blob): Promise<void> {
  if ('bytes' in content) return;
  const { size: now } = await stat(content.file);
  if (now === size) return;
  throw new UserMistake({
    found: `${name} has ${now} bytes, and had ${size} when it was hashed`,
    fix: 'Let nothing write to the files of a model while it is published.',
  });
}
