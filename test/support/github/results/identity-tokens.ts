import { randomUUID } from 'node:crypto';
import { TwirpFault } from './twirp.ts';

/** Who GitHub says that a job is, beside issuer and audience. */
export type IdentityClaims = Readonly<Record<string, string>>;

export interface IdentityTokens {
  /** A value for `ACTIONS_ID_TOKEN_REQUEST_TOKEN` of one job. */
  create(claims: IdentityClaims): string;
  /** Answers a job that asks for a token. Throws `unauthenticated` for a request token that is not from here. */
  answer(url: URL, authorization: string | undefined): { readonly count: number; readonly value: string };
}

const ISSUER = 'https://token.actions.githubusercontent.com';

/**
 * The tokens of OpenID Connect that jobs with `id-token: write` may ask for, with the claims that signatures rest on
 * (https://docs.github.com/en/actions/reference/security/oidc). Nobody here verifies them, so they are not signed.
 */
export function createIdentityTokens(): IdentityTokens {
  const known = new Map<string, IdentityClaims>();
  return {
    create(claims) {
      const token = randomUUID();
      known.set(token, claims);
      return token;
    },
    answer(url, authorization) {
      const claims = known.get(authorization?.replace(/^Bearer /i, '') ?? '');
      if (claims === undefined) throw new TwirpFault('unauthenticated', 'invalid token');
      const audience = url.searchParams.get('audience') ?? '';
      const value = `${encode({ alg: 'none', typ: 'JWT' })}.${encode({ ...claims, iss: ISSUER, aud: audience })}.x`;
      return { count: value.length, value };
    },
  };
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
