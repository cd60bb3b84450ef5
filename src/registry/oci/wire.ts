import { messageOf, UserMistake } from '../../errors.ts';
import { type Delays, REAL_DELAYS, waitSeconds } from '../../github/delays.ts';
import { resolveAddress } from './addresses.ts';
import { type Actions, createAuthorization } from './authorization.ts';
import type { OciCredentials } from './credentials.ts';
import type { OciRepository } from './reference.ts';

export interface WireOptions {
  readonly repository: OciRepository;
  /** Without them only what anyone may do. */
  readonly credentials: OciCredentials | undefined;
  readonly fetch?: typeof fetch;
  readonly delays?: Delays;
  readonly signal?: AbortSignal | undefined;
}

export interface WireRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH';
  /** Behind the registry's origin (`/v2/…`), or a whole address that the registry gave. */
  readonly url: string;
  readonly actions: Actions;
  readonly headers?: Readonly<Record<string, string>>;
  /** Makes the body; called again for every try. */
  readonly body?: () => RequestInit['body'];
  /** May be sent again after a fault: it reads, or writes the same once more. */
  readonly repeatable: boolean;
}

/** Requests to one repository. Throws `ConnectionFault` where no answer came, UserMistake of an unsafe address. */
export interface Wire {
  readonly repository: OciRepository;
  readonly signal: AbortSignal | undefined;
  /** An answer of whatever status; a fault of the server is one only when it stayed. */
  send(request: WireRequest): Promise<Response>;
  pause(seconds: number): Promise<void>;
}

/** No answer came, or none that a server in order gives. */
export class ConnectionFault extends UserMistake {}

const TRIES = 4;
const REDIRECTS = 5;
/** A wait that a registry asks for is kept, up to this. Seconds. */
const LONGEST_WAIT_S = 60;

/**
 * Speaks to a registry. Credentials go to the registry's own origin and to its token server, never to where a redirect
 * leads: GHCR and others keep blobs with a storage provider.
 */
export function createWire(options: WireOptions): Wire {
  const { repository, signal } = options;
  const ask = options.fetch ?? fetch;
  const authorization = createAuthorization({ ...options, fetch: ask, signal });
  const delays = options.delays ?? REAL_DELAYS;
  const pause = (seconds: number) => waitSeconds(delays, seconds, signal);

  async function sendOnce(request: WireRequest): Promise<Response> {
    const response = await follow(request);
    if (response.status !== 401 || !(await authorization.renew(response, request.actions))) return response;
    await response.body?.cancel();
    return follow(request);
  }

  async function follow(request: WireRequest): Promise<Response> {
    let url = resolveAddress(repository, request.url, repository.origin);
    for (let hop = 0; ; hop++) {
      const proof = url.origin === repository.origin ? authorization.read(request.actions) : undefined;
      const response = await ask(url, {
        method: request.method,
        headers: { ...request.headers, ...(proof !== undefined && { authorization: proof }) },
        // Where fetch might have to send a body a second time, it keeps all of it in memory (undici 7, measured).
        redirect: request.body ? 'error' : 'manual',
        ...(request.body && { body: request.body(), duplex: 'half' }),
        ...(signal && { signal }),
      } as RequestInit);
      const target = response.headers.get('location');
      if (!isRedirect(request, response) || target === null) return response;
      await response.body?.cancel();
      if (hop === REDIRECTS) throw new ConnectionFault(renderFault(repository, 'it redirects in a circle'));
      url = resolveAddress(repository, target, url.href);
    }
  }

  return {
    repository,
    signal,
    pause,
    async send(request) {
      for (let attempt = 1; ; attempt++) {
        const last = !request.repeatable || attempt === TRIES;
        try {
          const response = await sendOnce(request);
          if (last || (response.status < 500 && response.status !== 429)) return response;
          await response.body?.cancel();
          await pause(readWait(response) ?? attempt ** 2);
        } catch (error) {
          signal?.throwIfAborted();
          if (error instanceof UserMistake) throw error;
          if (last) throw new ConnectionFault(renderFault(repository, describeCause(error)), { cause: error });
          await pause(attempt ** 2);
        }
      }
    },
  };
}

/** A method that is not kept by 301 to 303 (RFC 9110, 15.4) would ask for something else. */
function isRedirect({ method }: WireRequest, { status }: Response): boolean {
  if (status === 307 || status === 308) return true;
  return (method === 'GET' || method === 'HEAD') && [301, 302, 303].includes(status);
}

function readWait(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return seconds >= 0 ? Math.min(seconds, LONGEST_WAIT_S) : undefined;
}

function renderFault({ registry }: OciRepository, cause: string) {
  return {
    found: `${registry} could not be asked: ${cause}`,
    fix: 'Check the name of the registry and the connection to it, and run this again: it goes on where it stopped.',
  };
}

/** fetch hides the reason one level down. */
function describeCause(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  return code ?? messageOf(cause ?? error);
}
