import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type Client, type ClientOptions, createClient } from '../../src/github/client.ts';
import { NO_DELAYS } from './hub.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server that answers as told, and a client of it. `asked` are the requests it got. */
async function serve(answer: RequestListener, options: Partial<ClientOptions> = {}) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.resume().on('end', () => answer(request, response));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { asked, client: createClient({ token: 'secret', apiUrl, delays: NO_DELAYS, ...options }) };
}

const PLACE = { owner: 'octo', repo: 'penguins' };
const ask = (client: Client) => client.rest.repos.get(PLACE);
const write = (client: Client) => client.rest.issues.createComment({ ...PLACE, issue_number: 1, body: 'Hello' });

test('a request shows the token, who asks, and which version of the API is meant', async () => {
  const headers: IncomingHttpHeaders[] = [];
  const { client } = await serve((request, response) => {
    headers.push(request.headers);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await ask(client);
  expect(headers).toMatchObject([{ authorization: 'token secret', 'x-github-api-version': '2022-11-28' }]);
  expect(headers[0]?.['user-agent']).toMatch(/^modelgate\//);
});

const FAULTS: readonly (readonly [string, RequestListener])[] = [
  ['answers 500', (_, response) => response.writeHead(500).end()],
  ['answers 502', (_, response) => response.writeHead(502).end()],
  ['answers 503', (_, response) => response.writeHead(503).end()],
  ['hangs up', (request) => request.socket.destroy()],
  [
    'hangs up in the middle of its answer',
    (request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
      response.write('{"id": 1, ', () => request.socket.destroy());
    },
  ],
];

test.each(FAULTS)('what only asks is asked four times at most, when the server %s', async (_, fault) => {
  const { asked, client } = await serve(fault);
  await expect(ask(client)).rejects.toMatchObject({ status: expect.any(Number) });
  expect(asked).toHaveLength(4);
});

test.each(FAULTS)('a write is sent once and never again, when the server %s', async (_, fault) => {
  const { asked, client } = await serve(fault);
  await expect(write(client)).rejects.toMatchObject({ status: expect.any(Number) });
  expect(asked).toEqual(['POST /repos/octo/penguins/issues/1/comments']);
});

test.each([400, 401, 403, 404, 410, 422])('%i is an answer: nothing is sent again', async (status) => {
  const { asked, client } = await serve((_, response) => response.writeHead(status).end());
  await expect(ask(client)).rejects.toMatchObject({ status });
  expect(asked).toHaveLength(1);
});

test.each([
  ['403 that names a time', 403, { 'retry-after': '2' }],
  ['429 that names a time', 429, { 'retry-after': '2' }],
  ['429 that names none', 429, {}],
  ['403 of a used-up limit', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Date.now() / 1000 + 5) }],
])('a %s refused for certain, so a write is sent again too', async (_, status, headers) => {
  let count = 0;
  const { asked, client } = await serve((_request, response) => {
    count += 1;
    if (count === 1) response.writeHead(status, headers).end();
    else response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":1}');
  });
  expect((await write(client)).data.id).toBe(1);
  expect(asked).toHaveLength(2);
});

test('a limit that lasts longer than two minutes is not waited for', async () => {
  const { asked, client } = await serve((_, response) => response.writeHead(403, { 'retry-after': '3600' }).end());
  await expect(write(client)).rejects.toMatchObject({ status: 403 });
  expect(asked).toHaveLength(1);
});

test('waits are as long as GitHub asks, and writes keep a second between them', async () => {
  let count = 0;
  // A second takes 20 milliseconds here.
  const { client } = await serve(
    (_, response) => {
      count += 1;
      if (count === 1) response.writeHead(403, { 'retry-after': '10' }).end();
      else response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":1}');
    },
    { delays: { second: 20 } },
  );
  const began = performance.now();
  await Promise.all([write(client), write(client), write(client)]);
  expect(performance.now() - began).toBeGreaterThanOrEqual(199);
});

test('an abort ends a request that hangs, and a wait for a limit', async () => {
  const hanging = new AbortController();
  const one = await serve(() => hanging.abort(), { signal: hanging.signal });
  await expect(ask(one.client)).rejects.toMatchObject({ name: 'AbortError' });
  expect(one.asked).toHaveLength(1);
  const waiting = new AbortController();
  const two = await serve(
    (_, response) => {
      response.writeHead(429, { 'retry-after': '100' }).end(() => setImmediate(() => waiting.abort()));
    },
    { signal: waiting.signal, delays: { second: 1000 } },
  );
  await expect(write(two.client)).rejects.toMatchObject({ name: 'AbortError' });
  expect(two.asked).toHaveLength(1);
});

test('a query of GraphQL is asked again, a mutation is not', async () => {
  const { asked, client } = await serve((_, response) => response.writeHead(502).end());
  await expect(client.graphql('query { viewer { login } }')).rejects.toThrow();
  await expect(client.graphql('mutation { x }')).rejects.toThrow();
  expect(asked).toEqual(Array.from({ length: 5 }, () => 'POST /graphql'));
});
