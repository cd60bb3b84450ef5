import { Octokit, RequestError } from 'octokit';
import { NAME, VERSION } from '../identity.ts';
import { type Delays, REAL_DELAYS, waitSeconds } from './delays.ts';
import { planRepeat } from './persistence.ts';

/** GitHub's advice for writes: one at a time, a second apart (REST API, best practices). */
const BETWEEN_WRITES_S = 1;
/** How long one answer may take. */
const PATIENCE_MS = 30_000;
const API_VERSION = '2022-11-28';

/** GitHub's API with one token, or with none. */
export interface Client extends Pick<Octokit, 'rest' | 'paginate' | 'graphql' | 'request'> {
  /** Waits as many seconds as said; rejects at once when the client's signal aborts. */
  pause(seconds: number): Promise<void>;
}

export interface ClientOptions {
  /** Without one, GitHub lets a client read what is public, 60 requests an hour. */
  readonly token?: string | undefined;
  /** The root of the REST API, as GITHUB_API_URL has it. */
  readonly apiUrl: string;
  readonly delays?: Delays;
  readonly userAgent?: string;
  /** Ends every request and every wait. */
  readonly signal?: AbortSignal;
}

/**
 * Makes a client. What only asks is asked again after a server's fault or a lost connection, at most three times; limits
 * of GitHub's are waited for, within bounds; **a write is sent once**, unless GitHub said that it refused it.
 * octokit's own plugins stay off: they repeat writes, know a limit by the words of its message only, and their waits
 * cannot be aborted.
 */
export function createClient(options: ClientOptions): Client {
  const delays = options.delays ?? REAL_DELAYS;
  const octokit = new Octokit({
    ...(options.token !== undefined && { auth: options.token }),
    baseUrl: options.apiUrl.replace(/\/+$/, ''),
    userAgent: options.userAgent ?? `${NAME}/${VERSION}`,
    retry: { enabled: false },
    throttle: { enabled: false },
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
  const pause = (seconds: number) => waitSeconds(delays, seconds, options.signal);
  const takeTurn = createTurns(pause, delays);
  octokit.hook.wrap('request', async (request, asked) => {
    const reads = onlyReads(asked.method, asked.url, asked['query']);
    const own = asked.request.signal;
    // Hooks below this one get the object that was asked with, whatever is handed on to them: so it is changed in place.
    asked.headers = { ...asked.headers, 'x-github-api-version': API_VERSION };
    for (let before = 0; ; before++) {
      if (!reads) await takeTurn();
      options.signal?.throwIfAborted();
      try {
        asked.request = { ...asked.request, signal: limitTime(own, options.signal) };
        const response = await request(asked);
        if (brokeOff(response)) throw new RequestError('the answer broke off', 500, { request: asked });
        return response;
      } catch (error) {
        options.signal?.throwIfAborted();
        const seconds = planRepeat({ error, reads, before });
        if (seconds === undefined) throw error;
        await pause(seconds);
      }
    }
  });
  const { rest, paginate, graphql, request } = octokit;
  return { rest, paginate, graphql, request, pause };
}

function onlyReads(method: string, url: string, query: unknown): boolean {
  if (method === 'GET' || method === 'HEAD') return true;
  return url.endsWith('/graphql') && typeof query === 'string' && /^\s*(query\b|\{)/.test(query);
}

/** octokit takes JSON that ends too early for a text. No answer of GitHub's is a JSON text. */
function brokeOff({ data, headers }: { data: unknown; headers: { 'content-type'?: string } }): boolean {
  return typeof data === 'string' && /^application\/json\b/.test(headers['content-type'] ?? '');
}

/** A request that brings a signal of its own, as a long download does, has no other time limit. */
function limitTime(own: AbortSignal | undefined, everything: AbortSignal | undefined): AbortSignal {
  const signals = [own ?? AbortSignal.timeout(PATIENCE_MS), everything];
  return AbortSignal.any(signals.filter((signal) => signal !== undefined));
}

/** Lets one write go at a time, and the next no sooner than the gap after it. */
function createTurns(pause: Client['pause'], delays: Delays): () => Promise<void> {
  const gap = BETWEEN_WRITES_S * delays.second;
  let last = Number.NEGATIVE_INFINITY;
  let line: Promise<void> = Promise.resolve();
  return () => {
    const turn = line.then(async () => {
      const missing = last + gap - performance.now();
      if (missing > 0) await pause(missing / delays.second);
      last = performance.now();
    });
    line = turn.catch(() => {});
    return turn;
  };
}
