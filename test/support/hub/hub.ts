import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hub, HubOptions, HubRequest } from './call.ts';
import { Objects } from './objects.ts';
import { findRoute } from './routes.ts';
import { createRepository, type StoredRepository } from './world.ts';

/**
 * Starts a Hub on loopback: the part of the HTTP API that publishing and reading a model needs, as `@huggingface/hub`
 * 2.17 and Python's `huggingface_hub` 2.4 ask it (their sources are what it was written from). No Xet.
 */
export async function startHub(options: HubOptions = {}): Promise<Hub> {
  const folder = await mkdtemp(join(tmpdir(), 'modelgate-hub-'));
  const server = createServer((request, response) => {
    answer(hub, request, response).catch((error: unknown) => {
      response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: String(error) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const repositories = new Map<string, StoredRepository>();
  const hub: Hub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    repositories,
    objects: new Objects(folder),
    requests: [],
    options,
    uploads: 0,
    token: 'hf_writer',
    interfere: () => undefined,
    addRepository(name, { private: isPrivate = false } = {}) {
      const repository = createRepository(name, isPrivate);
      repositories.set(name, repository);
      return repository;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
  return hub;
}

async function answer(hub: Hub, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = 'GET', url: path = '/' } = request;
  const record: HubRequest = { method, path, authorization: request.headers.authorization, status: 0 };
  hub.requests.push(record);
  response.on('finish', () => {
    record.status = response.statusCode;
  });
  const wanted = hub.interfere(record);
  if (wanted === 'break before') return void request.socket.destroy();
  if (typeof wanted === 'number') {
    request.resume();
    response.writeHead(wanted, { 'content-type': 'application/json' });
    return void response.end(JSON.stringify({ error: 'made up by the test' }));
  }
  const found = findRoute(method, new URL(path, hub.url));
  const result = found ? await found(hub, request) : { status: 404, body: { error: 'no such route' } };
  if (wanted === 'break after') return void request.socket.destroy();
  response.writeHead(result.status, { 'content-type': 'application/json', ...result.headers });
  if (result.send) return void (method === 'HEAD' ? response.end() : result.send().pipe(response));
  response.end(result.body === undefined ? undefined : JSON.stringify(result.body));
}
