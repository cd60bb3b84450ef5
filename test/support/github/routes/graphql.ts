import type { Answer, Hub } from '../call.ts';
import { ApiFault } from '../fault.ts';
import { keepIssues } from '../records/issues.ts';
import type { Token } from '../tokens.ts';
import { writeTime } from '../world.ts';

const OWN_LOGIN = /^\s*(?:query\s*\w*\s*)?\{\s*viewer\s*\{\s*login\s*\}\s*\}\s*$/;
const EDITED =
  /^\s*query\s*\([^)]*\)\s*\{\s*repository\(owner: \$owner, name: \$name\)\s*\{\s*issue\(number: \$number\)\s*\{\s*lastEditedAt\s*\}\s*\}\s*\}\s*$/;

interface Body {
  readonly query?: unknown;
  readonly variables?: { readonly owner?: string; readonly name?: string; readonly number?: number };
}

/**
 * GraphQL, of which there are two queries: `{ viewer { login } }`, and when an issue was last edited. Anything else gets
 * an error that says so.
 */
export function answerGraphql(hub: Hub, body: unknown, token: Token | undefined): Answer {
  if (token === undefined) throw new ApiFault(401, 'This endpoint requires you to be authenticated.');
  const { query = '', variables = {} } = (typeof body === 'object' && body !== null ? body : {}) as Body;
  if (OWN_LOGIN.test(String(query))) return { status: 200, body: { data: { viewer: { login: token.login } } } };
  if (EDITED.test(String(query))) return answerEdited(hub, variables);
  return {
    status: 200,
    body: { errors: [{ message: `The local GitHub has only two queries, not ${String(query)}` }] },
  };
}

function answerEdited(hub: Hub, { owner = '', name = '', number }: NonNullable<Body['variables']>): Answer {
  const issue = hub
    .findRepository(`${owner}/${name}`)
    ?.part(keepIssues)
    .find((one) => one.number === number);
  if (issue === undefined) {
    const errors = [{ type: 'NOT_FOUND', message: `Could not resolve to an Issue with the number of ${number}.` }];
    return { status: 200, body: { data: { repository: { issue: null } }, errors } };
  }
  const lastEditedAt = issue.edited === undefined ? null : writeTime(issue.edited);
  return { status: 200, body: { data: { repository: { issue: { lastEditedAt } } } } };
}
