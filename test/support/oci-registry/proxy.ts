import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request that passed, in the order of arrival. */
export interface Passed {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  /** Of the request; grows while it runs. */
  bytes: number;
  status: number;
}

/** What happens to a request instead of passing: the connection breaks after some bytes, or an answer is made up. */
export type Interference =
  | { readonly breakAfter: number }
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string };

export interface RunningProxy {
  /** `127.0.0.1:port`. */
  readonly host: string;
  readonly passed: Passed[];
  /** Looks at every request before it passes. */
  interfere: (request: Passed) => Interference | undefined;
  stop(): Promise<void>;
}

/** A proxy on loopback that counts, and lets nothing or something else through where a test asks for it. */
export async function startProxy(target: string): Promise<RunningProxy> {
  const passed: Passed[] = [];
  const server = createServer((incoming, response) => {
    const { method = 'GET', url: path = '/' } = incoming;
    const record: Passed = { method, path, authorization: incoming.headers.authorization, bytes: 0, status: 0 };
    passed.push(record);
    incoming.on('error', () => {});
    response.on('error', () => {});
    const wanted = proxy.interfere(record);
    incoming.on('data', (chunk: Buffer) => {
      record.bytes += chunk.length;
    });
    if (wanted !== undefined && 'status' in wanted) {
      record.status = wanted.status;
      incoming.resume();
      incoming.on('end', () => response.writeHead(wanted.status, wanted.headers).end(wanted.body));
      return;
    }
    pass(target, incoming, response, record, wanted?.breakAfter);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: RunningProxy = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed,
    interfere: () => undefined,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}

function pass(
  target: string,
  incoming: IncomingMessage,
  response: ServerResponse,
  record: Passed,
  breakAfter: number | undefined,
): void {
  const [host, port] = target.split(':');
  const outgoing = request({ host, port, method: incoming.method, path: incoming.url, headers: incoming.headers });
  outgoing.on('error', () => response.destroy());
  outgoing.on('response', (answer) => {
    record.status = answer.statusCode ?? 0;
    response.writeHead(record.status, answer.headers);
    answer.pipe(response);
    if (breakAfter === undefined) return;
    let sent = 0;
    answer.on('data', (chunk: Buffer) => {
      sent += chunk.length;
      if (incoming.method === 'GET' && sent >= breakAfter) response.destroy();
    });
  });
  incoming.on('data', () => {
    if (breakAfter === undefined || incoming.method === 'GET' || record.bytes < breakAfter) return;
    // Let the bytes that were read arrive; the registry then sees the end of a broken request.
    setImmediate(() => {
      outgoing.destroy();
      incoming.destroy();
    });
  });
  incoming.pipe(outgoing);
}
