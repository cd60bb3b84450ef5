import type { Answer, Hub } from '../call.ts';
import { ApiFault } from '../fault.ts';
import { keepComments } from '../records/comments.ts';
import { keepIssues } from '../records/issues.ts';
import type { Token } from '../tokens.ts';
import { writeTime } from '../world.ts';

const OWN_LOGIN = /^\s*(?:query\s*\w*\s*)?\{\s*viewer\s*\{\s*login\s*\}\s*\}\s*$/;
const COMMENTS =
  /^\s*query\s*\([^)]*\)\s*\{\s*repository\(owner: \$owner, name: \$name\)\s*\{\s*issue\(number: \$number\)\s*\{\s*comments\(first: 100, after: \$after\)\s*\{\s*nodes\s*\{\s*id lastEditedAt\s*\}\s*pageInfo\s*\{\s*hasNextPage endCursor\s*\}\s*\}\s*\}\s*\}\s*\}\s*$/;
const EDITED =
  /^\s*query\s*\([^)]*\)\s*\{\s*repository\(owner: \$owner, name: \$name\)\s*\{\s*issue\(number: \$number\)\s*\{\s*lastEditedAt\s*\}\s*\}\s*\}\s*$/;

interface Body {
  readonly query?: unknown;
  readonly variables?: {
    readonly owner?: string;
    readonly name?: string;
    readonly number?: number;
    readonly after?: string | null;
  };
}

/**
 * GraphQL, of which there are three queries: `{ viewer { login } }`, and when an issue and its comments were last edited.
 * Anything else gets an error that says so.
 */
export function answerGraphql(hub: Hub, body: unknown, token: Token | undefined): Answer {
  if (token === undefined) throw new ApiFault(401, 'This endpoint requires you to be authenticated.');
  const { query = '', variables = {} } = (typeof body === 'object' && body !== null ? body : {}) as Body;
  if (OWN_LOGIN.test(String(query))) return { status: 200, body: { data: { viewer: { login: token.login } } } };
  if (EDITED.test(String(query))) return answerEdited(hub, variables);
  if (COMMENTS.test(String(query))) return answerComments(hub, variables);
  return {
    status: 200,
    body: { errors: [{ message: `The local GitHub has only three queries, not ${String(query)}` }] },
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

/** A page of the comments on an issue; a cursor is the number of those before. */
function answerComments(hub: Hub, variables: NonNullable<Body['variables']>): Answer {
  const { owner = '', name = '', number, after } = variables;
  const repository = hub.findRepository(`${owner}/${name}`);
  if (repository?.part(keepIssues).some((one) => one.number === number) !== true) return answerEdited(hub, variables);
  const all = repository.part(keepComments).filter((one) => one.number === number);
  const start = Number(after ?? 0);
  const nodes = all.slice(start, start + 100).map(({ id, edited }) => {
    return { id: `IC_${id}`, lastEditedAt: edited === undefined ? null : writeTime(edited) };
  });
  const end = start + nodes.length;
  const pageInfo = { hasNextPage: end < all.length, endCursor: nodes.length === 0 ? null : String(end) };
  return { status: 200, body: { data: { repository: { issue: { comments: { nodes, pageInfo } } } } } };
}
