import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { CacheScope } from './cache-scopes.ts';
import { TwirpFault } from './twirp.ts';

/** What the service knows of a job by its token. */
export interface RuntimeIdentity {
  readonly runId: number;
  readonly attempt: number;
  /** The ids that the calls name: one for the run's attempt, one for the job. */
  readonly runBackendId: string;
  readonly jobBackendId: string;
  readonly cacheScope: CacheScope;
}

export interface RuntimeTokenRequest {
  readonly runId: number;
  readonly job: string;
  /** Counts from 1, the default. Names of artifacts are unique within one attempt. */
  readonly attempt?: number;
  /** Neither reads nor writes caches when absent. */
  readonly cacheScope?: CacheScope;
}

/** Bits of `Permission` in the claim `ac`, as GitHub's runtime tokens carry them. */
const READ = 1;
const WRITE = 2;

export interface RuntimeTokens {
  create(request: RuntimeTokenRequest): string;
  /** Whose token an `Authorization` header holds. Throws `unauthenticated` for any that this server did not sign. */
  identify(authorization: string | undefined): RuntimeIdentity;
}

/** Signs the tokens of jobs as JSON Web Tokens with the claims that the toolkit decodes, and knows its own again. */
export function createRuntimeTokens(): RuntimeTokens {
  const secret = randomBytes(32);
  const identities = new Map<string, RuntimeIdentity>();
  return {
    create({ runId, job, attempt = 1, cacheScope = { read: [], write: [] } }) {
      const runBackendId = computeRunBackendId(runId, attempt);
      const jobBackendId = computeId(`job ${runId} ${attempt} ${job}`);
      const refs = [...new Set([...cacheScope.read, ...cacheScope.write])];
      const access = refs.map((ref) => ({
        Scope: ref,
        Permission: (cacheScope.read.includes(ref) ? READ : 0) + (cacheScope.write.includes(ref) ? WRITE : 0),
      }));
      const payload = {
        scp: `Actions.ExampleScope Actions.Results:${runBackendId}:${jobBackendId}`,
        ac: JSON.stringify(access),
      };
      const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(payload)}`;
      const token = `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
      identities.set(token, { runId, attempt, runBackendId, jobBackendId, cacheScope });
      return token;
    },
    identify(authorization) {
      const identity = identities.get(authorization?.replace(/^Bearer /i, '') ?? '');
      if (identity === undefined) throw new TwirpFault('unauthenticated', 'invalid token');
      return identity;
    },
  };
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The id by which calls name one attempt of a run. */
export function computeRunBackendId(runId: number, attempt: number): string {
  return computeId(`run ${runId} ${attempt}`);
}

/** The same text gives the same id, in the shape of a UUID. */
function computeId(text: string): string {
  return createHash('sha256')
    .update(text)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
