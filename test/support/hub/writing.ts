import { text } from 'node:stream/consumers';
import type { Call, HubAnswer } from './call.ts';
import { addCommit, type Entry, findCommit } from './world.ts';

/** The Hub keeps text below this in git itself, and all else as a large file. Bytes. */
const REGULAR_LIMIT = 10 * 1024 * 1024;
const BINARY = /\.(bin|onnx|safetensors|parquet|pt|h5|pkl)$/;

interface BatchObject {
  readonly oid: string;
  readonly size: number;
}

/** Which files go the long way. */
export async function takePreupload({ request }: Call): Promise<HubAnswer> {
  const { files } = JSON.parse(await text(request)) as { files: { path: string; size: number; sample: string }[] };
  const modes = files.map(({ path, size }) => {
    const uploadMode = size > REGULAR_LIMIT || BINARY.test(path) ? 'lfs' : 'regular';
    return { path, uploadMode, shouldIgnore: false };
  });
  return { status: 200, body: { files: modes } };
}

/** Git LFS's batch API, with the Hub's own `multipart`: part addresses under numbers in the header. */
export async function serveBatch({ hub, request, repository }: Call): Promise<HubAnswer> {
  const { objects } = JSON.parse(await text(request)) as { objects: BatchObject[] };
  const { partBytes = Number.POSITIVE_INFINITY } = hub.options;
  const place = `${hub.url}/storage/${repository.name}`;
  const answers = objects.map(async ({ oid, size }) => {
    if (await hub.objects.has(oid)) return { oid, size };
    const session = ++hub.uploads;
    const count = Math.ceil(size / partBytes);
    if (count <= 1) return { oid, size, actions: { upload: { href: `${place}/${oid}/${session}/whole` } } };
    const parts = Array.from({ length: count }, (_, i) => [
      String(i + 1).padStart(5, '0'),
      `${place}/${oid}/${session}/${i + 1}`,
    ]);
    const header = { chunk_size: String(partBytes), ...Object.fromEntries(parts) };
    return { oid, size, actions: { upload: { href: `${place}/${oid}/complete/${session}`, header } } };
  });
  return { status: 200, headers: { 'x-request-id': 'batch-1' }, body: { objects: await Promise.all(answers) } };
}

/** A file, or a part of one. */
export async function takePart({ hub, request, parts: [oid = '', session = '', part = ''] }: Call): Promise<HubAnswer> {
  // S3 wants to know how long a body is.
  if (request.headers['content-length'] === undefined) return { status: 411, body: { error: 'MissingContentLength' } };
  await hub.objects.receive(request, oid, `${session}-${part}`);
  if (part === 'whole' && !(await hub.objects.complete(oid, [`${session}-whole`])))
    return { status: 400, body: { error: 'sha256' } };
  return { status: 200, headers: { etag: `"${oid.slice(0, 8)}-${part}"` } };
}

/** All parts are there. */
export async function takeComplete({ hub, request, parts: [oid = '', session = ''] }: Call): Promise<HubAnswer> {
  const { parts } = JSON.parse(await text(request)) as { parts: { partNumber: number; etag: string }[] };
  if (parts.some(({ etag }) => etag === '')) return { status: 400, body: { error: 'a part without its ETag' } };
  const whole = await hub.objects.complete(
    oid,
    parts.map(({ partNumber }) => `${session}-${partNumber}`),
  );
  return whole ? { status: 200, body: {} } : { status: 400, body: { error: 'sha256' } };
}

/** A commit: lines of JSON, a header first. */
export async function takeCommit({ hub, request, repository, parts: [revision = ''] }: Call): Promise<HubAnswer> {
  type Line = { key: string; value: Record<string, string> };
  const lines = (await text(request)).split('\n').map((line) => JSON.parse(line) as Line);
  const header = lines.find(({ key }) => key === 'header')?.value ?? {};
  for (const { key, value } of lines) {
    if (key !== 'lfsFile' || (await hub.objects.has(value['oid'] ?? ''))) continue;
    return { status: 400, body: { error: `LFS pointer to what is not there: ${value['oid']}` } };
  }
  // From here on nothing is waited for: of two commits on one parent the second is refused.
  const head = findCommit(repository, revision);
  const { parentCommit, summary = '', description = '' } = header;
  if (parentCommit !== undefined && parentCommit !== head?.id) {
    return { status: 412, body: { error: 'A commit has happened since. Please refresh and try again.' } };
  }
  const tree = new Map<string, Entry>(head?.tree);
  for (const { key, value } of lines) {
    const { path = '', content = '', oid = '', size = '0' } = value;
    if (key === 'file') tree.set(path, { bytes: Buffer.from(content, 'base64') });
    if (key === 'deletedFile' && !tree.delete(path)) return { status: 400, body: { error: `${path} is not there` } };
    if (key === 'lfsFile') tree.set(path, { oid, size: Number(size) });
  }
  const { id } = addCommit(repository, { title: summary, message: description, tree });
  return {
    status: 200,
    body: { commitOid: id, commitUrl: `${hub.url}/${repository.name}/commit/${id}`, success: true },
  };
}

/** A tag on a revision. */
export async function takeTag({ request, repository, parts: [revision = ''] }: Call): Promise<HubAnswer> {
  const { tag } = JSON.parse(await text(request)) as { tag: string };
  const commit = findCommit(repository, revision);
  if (commit === undefined) return { status: 404, body: { error: 'RevisionNotFound' } };
  if (repository.tags.has(tag)) return { status: 409, body: { error: `Tag ${tag} already exists` } };
  repository.tags.set(tag, commit.id);
  return { status: 200 };
}
