import { RequestError } from 'octokit';

/** How often a request is sent again at most. */
const REPEATS = 3;
/** The longest wait for a limit of GitHub's, in seconds. Runners are paid by the minute; a re-run is free to wait. */
export const LONGEST_WAIT_S = 120;
/** What GitHub asks to wait where a secondary limit names no time (rate limits for the REST API, best practices). */
const UNNAMED_WAIT_S = 60;

export interface Failed {
  readonly error: unknown;
  /** Whether the request only asked. */
  readonly reads: boolean;
  /** How often it was sent before this time. */
  readonly before: number;
}

/**
 * After how many seconds a failed request may be sent again; undefined when it must not be.
 * A refusal because of a limit is certain not to have acted, so a write may follow it too. After a server's fault or a
 * lost connection nobody knows whether a write acted: it is never repeated here (`writing.ts` looks first).
 */
export function planRepeat({ error, reads, before }: Failed): number | undefined {
  if (!(error instanceof RequestError) || before >= REPEATS) return undefined;
  const limit = readLimit(error, before);
  if (limit !== undefined) return limit <= LONGEST_WAIT_S ? limit : undefined;
  return reads && isUncertain(error) ? (before + 1) ** 2 : undefined;
}

/** Whether nobody knows what became of a request: the server failed, or the connection was lost. */
export function isUncertain(error: unknown): boolean {
  // octokit gives a lost connection the status 500.
  return error instanceof RequestError && error.status >= 500;
}

/** The seconds to wait where GitHub refused because of a limit; undefined of any other error. */
export function readLimit(error: RequestError, before = 0): number | undefined {
  if (error.status !== 403 && error.status !== 429) return undefined;
  const headers = error.response?.headers ?? {};
  const after = Number(headers['retry-after'] ?? Number.NaN);
  if (Number.isFinite(after)) return Math.max(after, 0);
  if (headers['x-ratelimit-remaining'] === '0') return readReset(headers);
  return error.status === 429 || /rate limit/i.test(error.message) ? UNNAMED_WAIT_S * 2 ** before : undefined;
}

/** When the limit ends that GitHub refused because of; undefined of any other error. */
export function readLimitEnd(error: RequestError): Date | undefined {
  const seconds = readLimit(error);
  return seconds === undefined ? undefined : new Date(readClock(error.response?.headers ?? {}) + seconds * 1000);
}

type Headers = Readonly<Record<string, string | number | undefined>>;

/** Milliseconds since 1970, by the server's own clock where it tells the time. */
function readClock(headers: Headers): number {
  const told = Date.parse(String(headers['date'] ?? ''));
  return Number.isNaN(told) ? Date.now() : told;
}

/** Seconds until the limit is reset. */
function readReset(headers: Headers): number {
  const now = readClock(headers);
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
  return Number.isFinite(reset) ? Math.max(reset - now / 1000, 0) + 1 : UNNAMED_WAIT_S;
}
