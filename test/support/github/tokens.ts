import { randomBytes } from 'node:crypto';
import { ApiFault } from './fault.ts';
import { type Grants, NEVER_FOR_WORKFLOWS } from './permissions.ts';
import type { World } from './world.ts';

/** The app that checks and comments of workflows are made by; its id on github.com. */
export const ACTIONS_APP = { id: 15_368, slug: 'github-actions', name: 'GitHub Actions' } as const;

/** An app that checks belong to. */
export interface AppIdentity {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
}

/** Who asks, and what they were granted. */
export interface Token {
  readonly kind: 'workflow' | 'app' | 'user';
  /** `owner/name` of the repositories that it was made for; a user's counts where the user's role does. */
  readonly repository: string;
  readonly permissions: Grants;
  readonly login: string;
  readonly app: AppIdentity | undefined;
  readonly expires: Date | undefined;
}

/** What a token is to be. `login` is a user's login, or the slug of an app. */
export interface NewToken {
  readonly repository: { readonly fullName: string };
  readonly permissions?: Grants;
  readonly kind?: Token['kind'];
  readonly login?: string;
  readonly expiresAt?: Date;
}

/** In milliseconds. GitHub: a `GITHUB_TOKEN` lives for 24 hours at most, a token of an installed app for one. */
const LIFETIMES = { workflow: 86_400_000, app: 3_600_000, user: undefined };
const PREFIXES = { workflow: 'ghs_', app: 'ghs_', user: 'github_pat_' };

/** The tokens that the local GitHub has given out. */
export class Tokens {
  readonly #tokens = new Map<string, Token>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** Makes a token. Throws for a permission that tokens of workflows never have. */
  create(request: NewToken): string {
    const { kind = 'workflow', permissions = {} } = request;
    const never = Object.keys(permissions).find((permission) => NEVER_FOR_WORKFLOWS.has(permission));
    if (kind === 'workflow' && never !== undefined) throw new Error(`No token of a workflow can have ${never}`);
    const slug = kind === 'app' ? (request.login ?? 'modelgate-app') : ACTIONS_APP.slug;
    const login = kind === 'user' ? (request.login ?? 'octocat') : `${slug}[bot]`;
    const account = this.#world.accounts.ensure(login);
    const lifetime = LIFETIMES[kind];
    const text = `${PREFIXES[kind]}${randomBytes(24).toString('hex')}`;
    this.#tokens.set(text, {
      kind,
      permissions,
      login,
      repository: request.repository.fullName,
      app: kind === 'user' ? undefined : kind === 'workflow' ? ACTIONS_APP : { id: account.id, slug, name: slug },
      expires:
        request.expiresAt ?? (lifetime === undefined ? undefined : new Date(this.#world.now().getTime() + lifetime)),
    });
    return text;
  }

  /** Whose token a request shows; undefined for none. Throws 401 for one that is unknown or has expired. */
  identify(authorization: string | undefined): Token | undefined {
    const text = readAuthorization(authorization);
    if (text === undefined) return undefined;
    const token = this.#tokens.get(text);
    if (token === undefined || (token.expires !== undefined && token.expires <= this.#world.now())) {
      throw new ApiFault(401, 'Bad credentials');
    }
    return token;
  }

  /** Ends a token before its time, as the end of its job does. */
  revoke(text: string): void {
    this.#tokens.delete(text);
  }
}

/** `token x` and `Bearer x` of the API; `Basic` of git, where the token is the password. */
function readAuthorization(authorization: string | undefined): string | undefined {
  const [scheme = '', value] = (authorization ?? '').split(' ');
  if (value === undefined) return undefined;
  if (scheme.toLowerCase() !== 'basic') return value;
  const [user = '', password] = Buffer.from(value, 'base64').toString('utf8').split(':');
  return password || user;
}
