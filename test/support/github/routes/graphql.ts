import type { Answer } from '../call.ts';
import { ApiFault } from '../fault.ts';
import type { Token } from '../tokens.ts';

const OWN_LOGIN = /^\s*(?:query\s*\w*\s*)?\{\s*viewer\s*\{\s*login\s*\}\s*\}\s*$/;

/** GraphQL, of which there is one query: `{ viewer { login } }`. Anything else gets an error that says so. */
export function answerGraphql(body: unknown, token: Token | undefined): Answer {
  if (token === undefined) throw new ApiFault(401, 'This endpoint requires you to be authenticated.');
  const query = typeof body === 'object' && body !== null && 'query' in body ? String(body.query) : '';
  if (OWN_LOGIN.test(query)) return { status: 200, body: { data: { viewer: { login: token.login } } } };
  return {
    status: 200,
    body: { errors: [{ message: `The local GitHub has only { viewer { login } }, not ${query}` }] },
  };
}
