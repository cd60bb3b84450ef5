import { pipeline, Readable, Transform } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { UserMistake } from '../../errors.ts';
import type { ManifestFile } from '../../evidence/schema/manifest.ts';
import { explainRefusal } from './refusal.ts';
import type { Wire } from './wire.ts';

/**
 * Opens a blob from byte `start` on. A registry without ranges sends everything, and the beginning is dropped here. The
 * bytes are checked by nobody yet: the reader knows the digest. Throws UserMistake where the blob is not there.
 */
export async function openBlob(wire: Wire, { path, sha256 }: ManifestFile, start: number): Promise<Readable> {
  const response = await wire.send({
    method: 'GET',
    url: `/v2/${wire.repository.name}/blobs/${sha256}`,
    // Compressed on the way, the ranges would count other bytes.
    headers: { 'accept-encoding': 'identity', ...(start > 0 && { range: `bytes=${start}-` }) },
    actions: 'pull',
    repeatable: true,
  });
  if (!response.ok || response.body === null) {
    throw await explainRefusal(wire.repository, response, `${path} could not be read`);
  }
  const body = Readable.fromWeb(response.body as ReadableStream, wire.signal && { signal: wire.signal });
  if (start === 0) return body;
  if (response.status !== 206) return pipeline(body, dropBytes(start), () => {});
  if (new RegExp(`^bytes ${start}-`).test(response.headers.get('content-range') ?? '')) return body;
  body.destroy();
  const found = `${wire.repository.registry} sent another part of ${path} than was asked for`;
  throw new UserMistake({
    found,
    fix: 'Run it again. If it stays so, a proxy on the way changes ranges: go round it.',
  });
}

function dropBytes(count: number): Transform {
  let left = count;
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      const dropped = Math.min(left, chunk.length);
      left -= dropped;
      done(null, dropped === chunk.length ? undefined : chunk.subarray(dropped));
    },
  });
}
