import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { SILENT } from '../../../src/progress.ts';
import { openOciStore } from '../../../src/registry/oci/store.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => {
    response.setHeader('connection', 'close');
    answer(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const CREDENTIALS = { username: 'octocat', password: 'secret' };
const FILE = {
  path: 'model.bin',
  role: 'model',
  mediaType: 'application/octet-stream',
  size: 7,
  sha256: `sha256:${'a'.repeat(64)}`,
  assets: [],
} as const;

/** Reads a file from a registry that answers as it likes. */
async function read(host: string, options: { fetch?: typeof fetch } = {}): Promise<string> {
  const repository = `${host}/octo/churn`;
  const store = openOciStore({
    repository,
    credentials: CREDENTIALS,
    delays: { second: 0 },
    progress: SILENT,
    ...options,
  });
  return text(await store.open(`${repository}@sha256:${'b'.repeat(64)}`, { ...FILE, assets: [] }, 0));
}

describe('a registry', () => {
  test('that redirects to a storage provider does not hand it the credentials', async () => {
    const seen: (string | undefined)[] = [];
    const storage = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.end('weights');
    });
    const host = await serve((request, response) => {
      if (request.headers.authorization === undefined) {
        return response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
      }
      seen.push(request.headers.authorization);
      return response.writeHead(307, { location: `http://${storage}/blob` }).end();
    });
    expect(await read(host)).toBe('weights');
    expect(seen).toEqual([`Basic ${Buffer.from('octocat:secret').toString('base64')}`, undefined]);
  });

  test.each([
    ['a token server without encryption', { 'www-authenticate': 'Bearer realm="http://tokens.example/token"' }, 401],
    ['a token server that is a file', { 'www-authenticate': 'Bearer realm="file:///etc/passwd"' }, 401],
    ['storage without encryption', { location: 'http://storage.example/blob' }, 302],
  ])('cannot send to %s', async (_name, headers, status) => {
    const host = await serve((_request, response) => response.writeHead(status, headers as never).end());
    await expect(read(host)).rejects.toThrow(/sends to (http|file):\/\//);
  });

  test('far away cannot send to this machine', async () => {
    const asked: string[] = [];
    const answer = async (url: unknown) => {
      asked.push(String(url));
      return new Response(null, { status: 307, headers: { location: 'http://127.0.0.1:8080/admin' } });
    };
    await expect(read('registry.example', { fetch: answer as unknown as typeof fetch })).rejects.toThrow(
      'sends to http://127',
    );
    expect(asked).toEqual([`https://registry.example/v2/octo/churn/blobs/${FILE.sha256}`]);
  });

  test('that redirects in a circle, or is not there, is said to be so', async () => {
    const host = await serve((request, response) => response.writeHead(302, { location: request.url ?? '/' }).end());
    await expect(read(host)).rejects.toThrow('it redirects in a circle');
    await expect(read('127.0.0.1:1')).rejects.toThrow(/127\.0\.0\.1:1 could not be asked/);
  });

  test('that says anything is quoted without control characters, and briefly', async () => {
    const message = `no\u001b[31m red${'!'.repeat(1000)}`;
    const host = await serve((_request, response) => {
      response.writeHead(404).end(JSON.stringify({ errors: [{ code: 'BLOB_UNKNOWN', message }] }));
    });
    const refused = String(await read(host).catch((error: unknown) => error));
    expect(refused).toContain('answered 404 (BLOB_UNKNOWN: no [31m red!!!');
    expect(refused.length).toBeLessThan(700);
  });

  test('whose token server gives no token, or a whole book, is not followed further', async () => {
    for (const answer of ['{}', `{"token": "${'x'.repeat(300_000)}"}`, '{"token": "a\\nb"}', 'no json']) {
      const tokens = await serve((_request, response) => response.end(answer));
      const challenge = `Bearer realm="http://${tokens}/token",service="x"`;
      const host = await serve((_request, response) =>
        response.writeHead(401, { 'www-authenticate': challenge }).end(),
      );
      await expect(read(host)).rejects.toThrow('answered without a token');
    }
  });
});
