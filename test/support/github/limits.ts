import { ApiFault } from './fault.ts';
import type { Token } from './tokens.ts';
import type { World } from './world.ts';

/** In characters; GitHub's answer names the number. */
export const BODY_LIMIT = 65_536;
/** Requests in an hour, by the kind of token. */
const HOURLY = { workflow: 1000, app: 5000, user: 5000, anonymous: 60 };
/** Of content, in a minute. Both numbers: docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api. */
const CONTENT_PER_MINUTE = 80;
const MINUTE = 60_000;
const HOUR = 3_600_000;

/** Throws GitHub's 422 for a text that no issue, pull request or comment can have. */
export function refuseLongBody(body: string | null | undefined): void {
  if ((body ?? '').length > BODY_LIMIT) {
    throw new ApiFault(422, 'Validation Failed', {
      errors: [`Body is too long (maximum is ${BODY_LIMIT} characters)`],
    });
  }
}

/** Counts requests: GitHub's hourly limit, and its limit of content made in a minute. */
export class Limits {
  readonly #used = new Map<string, { since: number; count: number }>();
  readonly #writes = new Map<string, number[]>();
  readonly #world: World;
  #hourly: number | undefined;

  constructor(world: World) {
    this.#world = world;
  }

  /** Leaves each token so many requests an hour. */
  setHourly(requests: number): void {
    this.#hourly = requests;
  }

  /**
   * Counts a request and returns the headers that every answer has. Throws 403 beyond a limit, as GitHub does: the hourly one
   * has its remaining number at 0, the one of content has `retry-after` (seconds).
   */
  count(token: Token | undefined, key: string, makesContent: boolean): Record<string, string> {
    const now = this.#world.now().getTime();
    const limit = this.#hourly ?? HOURLY[token?.kind ?? 'anonymous'];
    const used = this.#used.get(key);
    const current = used === undefined || now - used.since >= HOUR ? { since: now, count: 0 } : used;
    current.count += 1;
    this.#used.set(key, current);
    const headers = {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.max(0, limit - current.count)),
      'x-ratelimit-used': String(current.count),
      'x-ratelimit-reset': String(Math.ceil((current.since + HOUR) / 1000)),
      'x-ratelimit-resource': 'core',
    };
    if (current.count > limit) throw new ApiFault(403, 'API rate limit exceeded for installation.', { headers });
    if (makesContent) this.#countContent(key, now, headers);
    return headers;
  }

  #countContent(key: string, now: number, headers: Record<string, string>): void {
    const recent = (this.#writes.get(key) ?? []).filter((time) => now - time < MINUTE);
    const oldest = recent[0];
    if (oldest !== undefined && recent.length >= CONTENT_PER_MINUTE) {
      const seconds = Math.ceil((oldest + MINUTE - now) / 1000);
      throw new ApiFault(
        403,
        'You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.',
        { headers: { ...headers, 'retry-after': String(seconds) } },
      );
    }
    this.#writes.set(key, [...recent, now]);
  }
}
