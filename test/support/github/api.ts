import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { authorize } from './authorize.ts';
import type { Answer, Call, Hub } from './call.ts';
import { ApiFault, notFound } from './fault.ts';
import type { Limits } from './limits.ts';
import { checkAnswer, checkBody, readQuery } from './openapi/checks.ts';
import { findOperation, type Operation } from './openapi/description.ts';
import { fill } from './openapi/fill.ts';
import type { RepositoryState } from './repository.ts';
import { routes } from './routes/all.ts';
import { answerGraphql } from './routes/graphql.ts';
import type { Token, Tokens } from './tokens.ts';

/** A request of the API with its whole body, unless that is a file, which is still to be read. */
export interface ApiRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly incoming: IncomingMessage;
}

/** What a request is before anybody looks at it closely. `fault` is the answer to one that no operation has. */
export interface Aim {
  /** An operation id, `graphql`, or the method and path of what GitHub does not have. */
  readonly name: string;
  readonly operation: Operation | undefined;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds what a request aims at. Assets are uploaded below `/uploads`, which stands for uploads.github.com. */
export function findAim(method: string, pathname: string): Aim {
  if (pathname === '/graphql') return { name: 'graphql', operation: undefined, params: {} };
  const found = findOperation(method, pathname.replace(/^\/uploads\//, '/'));
  if (found === undefined || found === 'other') {
    return { name: `${method} ${pathname}`, operation: undefined, params: {} };
  }
  return { name: found.operation.id, operation: found.operation, params: found.params };
}

/** Answers one request, without faults on demand. Every fault of the client is an ApiFault; others are ours. */
export async function answerApi(
  parts: { hub: Hub; tokens: Tokens; limits: Limits },
  aim: Aim,
  request: ApiRequest,
  see: (token: Token | undefined) => void,
): Promise<Answer> {
  const token = parts.tokens.identify(request.headers.authorization);
  see(token);
  const { operation } = aim;
  const writes = operation !== undefined && operation.method !== 'GET';
  const limits = parts.limits.count(token, `${token?.kind} ${token?.login} ${token?.repository}`, writes);
  if (aim.name === 'graphql') return { ...answerGraphql(parts.hub, readJson(request), token), headers: limits };
  if (operation === undefined) throw notFound();
  const repository = authorize(parts.hub, operation, aim.params, token);
  const handler = routes[operation.id];
  if (handler === undefined) throw new ApiFault(501, `The local GitHub has no route for ${operation.id}`);
  const answer = await handler(readCall(parts.hub, operation, aim.params, request, token, repository) as Call<never>);
  const body = finishBody(operation, answer);
  return { ...answer, ...(body !== undefined && { body }), headers: { ...limits, ...answer.headers } };
}

function readCall(
  hub: Hub,
  operation: Operation,
  params: Readonly<Record<string, string>>,
  request: ApiRequest,
  token: Token | undefined,
  repository: RepositoryState | undefined,
): Call {
  for (const { name, in: place, schema } of operation.parameters) {
    if (place === 'path' && schema.type === 'integer' && !/^\d+$/.test(params[name] ?? '')) throw notFound();
  }
  const { query, faults } = readQuery(operation, request.url.searchParams);
  const raw = takesFile(operation.id);
  const body = raw ? undefined : readJson(request);
  const wrong = [...faults, ...(raw ? [] : checkBody(operation, body))];
  if (wrong.length > 0) throw new ApiFault(422, `Invalid request.\n\n${wrong.join('\n')}`);
  return {
    hub,
    world: hub.world,
    get repository() {
      if (repository === undefined) throw new Error(`${operation.id} has no repository`);
      return repository;
    },
    params,
    query,
    body: body ?? {},
    incoming: request.incoming,
    headers: request.headers,
    url: request.url,
    token,
  };
}

/** Whether the body of an operation is a file, of any size. */
export function takesFile(operation: string): boolean {
  return operation === 'repos/upload-release-asset';
}

function readJson(request: ApiRequest): unknown {
  if (request.bytes.length === 0) return undefined;
  try {
    return JSON.parse(request.bytes.toString('utf8'));
  } catch {
    throw new ApiFault(400, 'Problems parsing JSON');
  }
}

/** The whole body of an answer. Throws where a route answers what GitHub never would: that is a fault of the route. */
function finishBody(operation: Operation, answer: Answer): unknown {
  if (answer.bytes !== undefined) return undefined;
  const schema = operation.answers.get(answer.status);
  const body = schema === undefined || answer.body === undefined ? answer.body : fill(schema, answer.body);
  const faults = checkAnswer(operation, answer.status, body);
  if (faults.length > 0) throw new Error(`${operation.id} answers wrongly:\n${faults.join('\n')}`);
  return body;
}
