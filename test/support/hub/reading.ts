import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { Call, HubAnswer } from './call.ts';
import { computeBlobId, findCommit } from './world.ts';

/** What a repository is, at a revision. */
export function serveInfo({ repository, parts: [revision = 'main'] }: Call): HubAnswer {
  const commit = findCommit(repository, revision === 'HEAD' ? 'main' : revision);
  if (commit === undefined) return notThere('RevisionNotFound');
  const siblings = [...commit.tree.keys()].map((rfilename) => ({ rfilename }));
  const { name: id, private: isPrivate } = repository;
  return { status: 200, body: { _id: id, id, modelId: id, sha: commit.id, private: isPrivate, tags: [], siblings } };
}

/** All files of a revision. Folders are left out: nobody here asks for them. */
export function serveTree({ repository, parts: [revision = 'main'] }: Call): HubAnswer {
  const commit = findCommit(repository, revision);
  if (commit === undefined) return notThere('RevisionNotFound');
  const body = [...commit.tree].map(([path, entry]) => {
    const oid = computeBlobId(entry);
    if ('bytes' in entry) return { type: 'file', oid, size: entry.bytes.length, path };
    return { type: 'file', oid, size: entry.size, path, lfs: { oid: entry.oid, size: entry.size, pointerSize: 135 } };
  });
  return { status: 200, body };
}

/** One file, with the headers that clients keep their caches by. */
export function serveFile({ hub, repository, request, parts: [revision = 'main', path = ''] }: Call): HubAnswer {
  const commit = findCommit(repository, revision);
  if (commit === undefined) return notThere('RevisionNotFound');
  const entry = commit.tree.get(path);
  if (entry === undefined) return notThere('EntryNotFound');
  const size = 'bytes' in entry ? entry.bytes.length : entry.size;
  const etag = `"${'oid' in entry ? entry.oid : computeBlobId(entry)}"`;
  const start = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const headers = {
    'content-type': 'application/octet-stream',
    'content-length': String(size - start),
    'accept-ranges': 'bytes',
    etag,
    'x-repo-commit': commit.id,
    ...(start > 0 && { 'content-range': `bytes ${start}-${size - 1}/${size}` }),
  };
  const send = () =>
    'bytes' in entry
      ? Readable.from([entry.bytes.subarray(start)])
      : createReadStream(hub.objects.file(entry.oid), { start });
  return { status: start > 0 ? 206 : 200, headers, send };
}

function notThere(code: string): HubAnswer {
  return { status: 404, headers: { 'x-error-code': code }, body: { error: code } };
}
