import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type Aim, answerApi, findAim, takesFile } from './api.ts';
import { canPush, canRead } from './authorize.ts';
import type { Answer, Hub } from './call.ts';
import { cutShort } from './cut-short.ts';
import { ApiFault } from './fault.ts';
import type { Fault, Faults } from './faults.ts';
import { serveGit } from './git/http.ts';
import type { Limits } from './limits.ts';
import { description } from './openapi/description.ts';
import type { Grants } from './permissions.ts';
import type { ResultsService } from './results/service.ts';
import type { Token, Tokens } from './tokens.ts';

/** One request that the local GitHub was asked, in the order of arrival. */
export interface RequestRecord {
  /** The operation id; `graphql`, `git/<service>`, `twirp/<method>`, or the method and path of what there is not. */
  readonly operation: string;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** 0 until it is answered, and for a connection that was dropped. */
  status: number;
  /** Of the API and git; undefined without one, and for one that is not known. */
  token: { readonly kind: Token['kind']; readonly login: string; readonly permissions: Grants } | undefined;
  readonly body: unknown;
}

/** What the server serves. */
export interface Service {
  readonly root: string;
  readonly hub: Hub;
  readonly tokens: Tokens;
  readonly limits: Limits;
  readonly faults: Faults;
  readonly results: ResultsService;
  readonly requests: RequestRecord[];
  /** What was read before, by who read it and from where: for stale reads. */
  readonly memory: Map<string, Answer>;
  /** Faults of the local GitHub itself: an answer that GitHub never gives, or an exception. */
  readonly mistakes: string[];
}

const GIT_PATH = /^\/([^/]+)\/([^/]+?)(?:\.git)?(\/info\/refs|\/git-(?:upload|receive)-pack)$/;

/** Listens on a free port of the loopback interface. */
export async function listen(service: () => Service): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => {
    handle(service(), request, response).catch((error: unknown) => {
      if (!isGone(error))
        service().mistakes.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The local GitHub has no port');
  return { server, port: address.port };
}

async function handle(service: Service, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const method = request.method ?? 'GET';
  const url = new URL(request.url ?? '/', service.hub.world.apiUrl);
  const git = GIT_PATH.exec(url.pathname);
  const identity = url.pathname === '/id-token';
  const twirp = identity || /^\/(?:twirp|results-blob)\//.test(url.pathname);
  const aim = git === null && !twirp ? findAim(method, url.pathname) : undefined;
  const operation = git ? nameGit(git, url) : twirp ? `twirp/${url.pathname.split('/').at(-1)}` : (aim?.name ?? '');
  const record: RequestRecord = {
    operation: identity ? 'id-token' : url.pathname.startsWith('/results-blob/') ? 'results-blob' : operation,
    method,
    path: `${url.pathname}${url.search}`,
    status: 0,
    token: undefined,
    body: undefined,
  };
  service.requests.push(record);
  response.on('finish', () => {
    record.status = response.statusCode;
  });
  const faults = service.faults.match(record.operation);
  if (faults.some((fault) => fault.kind === 'cut')) cutShort(response);
  if (await meet(faults, 'before', request, response)) return;
  if (git !== null) return handleGit(service, git, url, request, response, record);
  if (aim === undefined) {
    await service.results.handle(request, response);
    return;
  }
  await handleApi(service, aim, url, request, response, record, faults);
}

async function handleApi(
  service: Service,
  aim: Aim,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
  record: RequestRecord,
  faults: readonly Fault[],
): Promise<void> {
  const bytes = takesFile(aim.name) ? Buffer.alloc(0) : await buffer(request);
  Object.assign(record, { body: parse(bytes) });
  const asked = { method: record.method, url, headers: request.headers, bytes, incoming: request };
  const see = (token: Token | undefined) => {
    record.token = token && { kind: token.kind, login: token.login, permissions: token.permissions };
  };
  const answer = () => answerApi(service, aim, asked, see).catch((error: unknown) => showFault(service, error));
  let given = await answer();
  const key = `${record.token?.login} ${record.path}`;
  if (faults.some((fault) => fault.kind === 'duplicate')) given = await answer();
  if (faults.some((fault) => fault.kind === 'stale')) given = findStale(service, key, given);
  else if (record.method === 'GET') service.memory.set(key, given);
  // Of a file that was refused, the rest is of no interest.
  request.resume();
  if (await meet(faults, 'after', request, response)) return;
  send(response, given);
}

/** A list that was never read before is empty, as on a replica that has not heard of the newest writes. */
function findStale(service: Service, key: string, given: Answer): Answer {
  const old = service.memory.get(key);
  if (old !== undefined) return old;
  const { body } = given;
  if (Array.isArray(body)) return { ...given, body: [], headers: {} };
  if (typeof body !== 'object' || body === null || !('total_count' in body)) return given;
  const empty = Object.entries(body).map(([name, value]) => [name, Array.isArray(value) ? [] : 0]);
  return { ...given, body: Object.fromEntries(empty), headers: {} };
}

/** Lets faults happen; true when one of them was the answer. */
async function meet(
  faults: readonly Fault[],
  when: Fault['when'],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  for (const fault of faults.filter((one) => one.when === when)) {
    if (fault.kind === 'delay') await fault.released;
    if (fault.kind === 'drop') {
      request.socket.destroy();
      return true;
    }
    if (fault.kind === 'status') {
      if (when === 'before') request.resume();
      const message = fault.message ?? `Fault on demand: ${fault.status}`;
      const shown = new ApiFault(fault.status ?? 502, message, { headers: { ...fault.headers } });
      send(response, { status: shown.status, body: shown.show(), headers: shown.headers });
      return true;
    }
  }
  return false;
}

function showFault(service: Service, error: unknown): Answer {
  if (error instanceof ApiFault) return { status: error.status, body: error.show(), headers: error.headers };
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (!isGone(error)) service.mistakes.push(text);
  return { status: 500, body: { message: text } };
}

/** Whether the client went away in the middle of its request, as one that is killed does: Node's reading says so. */
function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ECONNRESET' && error.message === 'aborted';
}

function send(response: ServerResponse, answer: Answer): void {
  const headers = { 'x-github-request-id': '0000', 'x-openapi-version': description.info.version, ...answer.headers };
  if (answer.bytes !== undefined) {
    response.writeHead(answer.status, { 'content-length': answer.bytes.length, ...headers }).end(answer.bytes);
    return;
  }
  const text = answer.body === undefined ? '' : JSON.stringify(answer.body);
  const type = text === '' ? {} : { 'content-type': 'application/json; charset=utf-8' };
  response.writeHead(answer.status, { ...type, 'content-length': Buffer.byteLength(text), ...headers }).end(text);
}

function parse(bytes: Buffer): unknown {
  try {
    return bytes.length === 0 ? undefined : JSON.parse(bytes.toString('utf8'));
  } catch {
    return bytes;
  }
}

function nameGit(match: RegExpExecArray, url: URL): string {
  return `git/${url.searchParams.get('service') ?? match[3]?.slice(1)}`;
}

async function handleGit(
  service: Service,
  match: RegExpExecArray,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
  record: RequestRecord,
): Promise<void> {
  const refuse = (status: number, text: string) => {
    const ask = status === 401 ? { 'www-authenticate': 'Basic realm="GitHub"' } : {};
    request.resume();
    response.writeHead(status, { 'content-type': 'text/plain', ...ask }).end(text);
  };
  const [, owner, name, rest = ''] = match;
  let token: Token | undefined;
  try {
    token = service.tokens.identify(request.headers.authorization);
  } catch {
    return refuse(401, 'Invalid username or token. Password authentication is not supported for Git operations.');
  }
  record.token = token && { kind: token.kind, login: token.login, permissions: token.permissions };
  const repository = service.hub.findRepository(`${owner}/${name}`);
  const pushes = record.operation === 'git/git-receive-pack';
  if (repository === undefined || !canRead(repository, token)) {
    return token === undefined ? refuse(401, 'Authentication required') : refuse(404, 'Repository not found.');
  }
  if (pushes && !canPush(repository, token)) {
    return token === undefined
      ? refuse(401, 'Authentication required')
      : refuse(403, `Permission to ${repository.fullName}.git denied to ${token.login}.`);
  }
  const writer = pushes ? token?.login : undefined;
  const asked = { root: service.root, fullName: repository.fullName, rest, query: url.search.slice(1), writer };
  const ended = rest === '/git-receive-pack' ? () => repository.announcePush() : undefined;
  await serveGit(asked, request, response, ended);
}
