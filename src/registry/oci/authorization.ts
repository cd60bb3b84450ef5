import { UserMistake } from '../../errors.ts';
import { resolveAddress } from './addresses.ts';
import { type Challenge, parseChallenges } from './challenge.ts';
import type { OciCredentials } from './credentials.ts';
import type { OciRepository } from './reference.ts';

/** What a request wants to do with the repository, in the words of the token's scope. */
export type Actions = 'pull' | 'pull,push';

/** Answers are small; a token server that says more is not listened to. Bytes. */
const ANSWER_LIMIT = 256 * 1024;
const PATIENCE_MS = 30_000;

export interface AuthorizationOptions {
  readonly repository: OciRepository;
  readonly credentials: OciCredentials | undefined;
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal | undefined;
}

/** The header that proves who asks, for each kind of request; nothing until the registry asks for proof. */
export interface Authorization {
  read(actions: Actions): string | undefined;
  /** Answers a 401: true when another try has a chance. Throws what the token server's fault throws. */
  renew(response: Response, actions: Actions): Promise<boolean>;
}

/**
 * The token flow of the distribution specification ("token authentication" of the Docker registry, which GHCR and others
 * have): a 401 names realm, service and scope; the realm gives a token for the credentials, or for none. Registries
 * with a password of their own ask for Basic.
 */
export function createAuthorization(options: AuthorizationOptions): Authorization {
  const held = new Map<Actions, string>();
  return {
    read: (actions) => held.get(actions) ?? (actions === 'pull' ? held.get('pull,push') : undefined),
    async renew(response, actions) {
      const challenges = parseChallenges(response.headers.get('www-authenticate'));
      const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
      const basic = challenges.some(({ scheme }) => scheme === 'basic') ? renderBasic(options.credentials) : undefined;
      const header = bearer ? await requestToken(options, bearer, actions) : basic;
      // The same proof again would be refused again.
      if (header === undefined || (bearer === undefined && held.get(actions) === header)) return false;
      held.set(actions, header);
      return true;
    },
  };
}

function renderBasic(credentials: OciCredentials | undefined): string | undefined {
  if (credentials === undefined) return undefined;
  return `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
}

async function requestToken(
  { repository, credentials, fetch, signal }: AuthorizationOptions,
  { parameters }: Challenge,
  actions: Actions,
): Promise<string | undefined> {
  const url = resolveAddress(repository, parameters.get('realm') ?? '', repository.origin);
  const service = parameters.get('service');
  if (service !== undefined) url.searchParams.set('service', service);
  // Some registries name no scope, or only reading while we are about to write.
  url.searchParams.set('scope', `repository:${repository.name}:${actions}`);
  const basic = renderBasic(credentials);
  const response = await fetch(url, {
    headers: { accept: 'application/json', ...(basic !== undefined && { authorization: basic }) },
    // A token server has no reason to hand a secret on to another address.
    redirect: 'manual',
    signal: AbortSignal.any([AbortSignal.timeout(PATIENCE_MS), ...(signal ? [signal] : [])]),
  });
  if (!response.ok) {
    await response.body?.cancel();
    if (response.status >= 500) throw new TypeError(`${url.host} answered ${response.status}`);
    return undefined;
  }
  const token = readToken(await readLimited(response, ANSWER_LIMIT));
  if (token !== undefined) return `Bearer ${token}`;
  throw new UserMistake({
    found: `the token server of ${repository.registry}, ${url.host}, answered without a token`,
    fix: 'Try again; if it stays so, ask whoever runs the registry.',
  });
}

function readToken(bytes: Buffer | undefined): string | undefined {
  try {
    const { token, access_token: other } = JSON.parse(bytes?.toString('utf8') ?? '') as Record<string, unknown>;
    const found = token ?? other;
    return typeof found === 'string' && /^[\x21-\x7e]{1,65536}$/.test(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

/** Reads a body of at most `limit` bytes; undefined of a larger one. */
export async function readLimited(response: Response, limit: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
