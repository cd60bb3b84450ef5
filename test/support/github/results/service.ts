import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { type CallHandler, createArtifactCalls } from './artifact-calls.ts';
import { type ArtifactStore, createArtifactRecords } from './artifact-store.ts';
import { createBlobStore } from './blobs.ts';
import { createCacheCalls } from './cache-calls.ts';
import { type CacheStore, createCacheRecords } from './cache-store.ts';
import { createIdentityTokens, type IdentityClaims } from './identity-tokens.ts';
import { createRuntimeTokens, type RuntimeTokenRequest } from './runtime-tokens.ts';
import { type Call, TwirpFault } from './twirp.ts';

/** GitHub's services for artifacts, caches and identities of running jobs. */
export interface ResultsService {
  readonly store: ArtifactStore;
  readonly cache: CacheStore;
  /** Answers a request under `/twirp/`, `/results-blob/` or `/id-token`; false for any other, which it leaves untouched. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** A value for `ACTIONS_RUNTIME_TOKEN` of one job. */
  createRuntimeToken(request: RuntimeTokenRequest): string;
  /** Values for `ACTIONS_ID_TOKEN_REQUEST_URL` and `ACTIONS_ID_TOKEN_REQUEST_TOKEN` of one job. */
  createIdentityRequest(claims: IdentityClaims): { readonly url: string; readonly token: string };
}

const PACKAGE = 'github.actions.results.api.v1';

/**
 * Artifacts and caches as the unmodified `@actions/artifact` and `@actions/cache` use them. Their clients need
 * `ACTIONS_RUNTIME_TOKEN`, `ACTIONS_RESULTS_URL`, `ACTIONS_CACHE_SERVICE_V2` and a `GITHUB_SERVER_URL` whose host ends
 * in `.localhost`: they take any other local host for GitHub Enterprise Server, which has neither service.
 */
export function createResultsService(options: { origin(): string; now(): Date }): ResultsService {
  const { now } = options;
  const tokens = createRuntimeTokens();
  const identities = createIdentityTokens();
  const blobs = createBlobStore(options);
  const artifacts = createArtifactRecords(blobs, now);
  const caches = createCacheRecords(blobs, now);
  const services: Record<string, Record<string, CallHandler>> = {
    [`${PACKAGE}.ArtifactService`]: createArtifactCalls(artifacts, blobs, now),
    [`${PACKAGE}.CacheService`]: createCacheCalls(caches, blobs),
  };

  async function answer(url: URL, request: IncomingMessage): Promise<object> {
    const [, , service = '', method = ''] = url.pathname.split('/');
    const call = await json(request).catch(() => undefined);
    const identity = tokens.identify(request.headers.authorization);
    const handler = services[service]?.[method];
    if (handler === undefined || request.method !== 'POST') throw new TwirpFault('bad_route', `no ${url.pathname}`);
    if (call === null || typeof call !== 'object') throw new TwirpFault('invalid_argument', 'the body is not JSON');
    return handler(call as Call, identity);
  }

  return {
    store: artifacts.store,
    cache: caches.store,
    createRuntimeToken: (request) => tokens.create(request),
    createIdentityRequest: (claims) => ({
      url: `${options.origin()}/id-token?api-version=2.0`,
      token: identities.create(claims),
    }),
    async handle(request, response) {
      const url = new URL(request.url ?? '/', 'http://host.invalid');
      if (url.pathname.startsWith('/results-blob/')) await blobs.handle(url, request, response);
      else if (url.pathname.startsWith('/twirp/')) await reply(response, () => answer(url, request));
      else if (url.pathname === '/id-token')
        await reply(response, () => identities.answer(url, request.headers.authorization));
      else return false;
      return true;
    },
  };
}

async function reply(response: ServerResponse, answer: () => object | Promise<object>): Promise<void> {
  const write = (status: number, body: object) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  try {
    write(200, await answer());
  } catch (error) {
    if (!(error instanceof TwirpFault)) throw error;
    write(error.status, { code: error.code, msg: error.message });
  }
}
