import type { Hub } from './call.ts';
import { ApiFault, notFound } from './fault.ts';
import type { Operation } from './openapi/description.ts';
import { findNeed, type Need, satisfies, writeNeed } from './permissions.ts';
import { includesRole, type RepositoryState, type Role } from './repository.ts';
import type { Token } from './tokens.ts';

/** Operations whose path names no repository, and that need one permission of an organization. */
const ORGANIZATION = 'org';
/** What everybody who can read a public repository may do there. */
const OPEN_TO_READERS = new Set(['issues/create', 'issues/create-comment', 'pulls/create', 'pulls/create-review']);

/**
 * Finds the repository of a request and refuses it as GitHub would: 401 without a token where one is needed, 404 for a private
 * repository that the token was not made for, 403 for a permission that it lacks, with the header that names it.
 */
export function authorize(
  hub: Hub,
  operation: Operation,
  params: Readonly<Record<string, string>>,
  token: Token | undefined,
): RepositoryState | undefined {
  const need = findNeed(operation.id);
  if (params['owner'] === undefined || params['repo'] === undefined) {
    if (params[ORGANIZATION] !== undefined && need !== undefined) refuseOrganization(need, token);
    return undefined;
  }
  const repository = hub.findRepository(`${params['owner']}/${params['repo']}`);
  if (repository === undefined || !canSee(repository, token)) throw notFound();
  if (need === undefined) throw new Error(`permissions.ts does not say what ${operation.id} needs`);
  if (need.publicly && !repository.private) return repository;
  if (token === undefined) throw new ApiFault(401, 'Requires authentication');
  if (token.kind === 'user') refuseUser(repository, operation.id, need, token);
  else if (!isOwn(repository, token) || !satisfies(token.permissions, need)) throw refuse(need);
  return repository;
}

/** Whether a token may read the files of a repository, as git does. */
export function canRead(repository: RepositoryState, token: Token | undefined): boolean {
  if (!repository.private) return true;
  if (token === undefined || !canSee(repository, token)) return false;
  return token.kind === 'user' || ['read', 'write'].includes(token.permissions['contents'] ?? '');
}

/** Whether a token may push to a repository. */
export function canPush(repository: RepositoryState, token: Token | undefined): boolean {
  if (token === undefined) return false;
  if (token.kind === 'user') return includesRole(repository.roleOf(token.login), 'write');
  return isOwn(repository, token) && token.permissions['contents'] === 'write';
}

function canSee(repository: RepositoryState, token: Token | undefined): boolean {
  if (!repository.private) return true;
  if (token === undefined) return false;
  return token.kind === 'user' ? repository.roleOf(token.login) !== 'none' : isOwn(repository, token);
}

function isOwn(repository: RepositoryState, token: Token): boolean {
  return token.repository.toLowerCase() === repository.fullName.toLowerCase();
}

/** A user's role decides; a token that names permissions (a fine-grained one) needs them as well. */
function refuseUser(repository: RepositoryState, operation: string, need: Need, token: Token): void {
  const named = Object.keys(token.permissions).length > 0;
  if (named && !satisfies(token.permissions, need)) throw refuse(need, 'personal access token');
  const wanted: Role = need.anyOf.some(({ permission }) => permission === 'administration')
    ? 'admin'
    : need.anyOf.every(({ level }) => level === 'read') || OPEN_TO_READERS.has(operation)
      ? 'read'
      : 'write';
  if (includesRole(repository.roleOf(token.login), wanted)) return;
  throw new ApiFault(403, `Must have ${wanted === 'admin' ? 'admin' : 'push'} access to Repository.`);
}

/** A token of a workflow never has the permission (see permissions.ts), so it is refused as GitHub refuses it. */
function refuseOrganization(need: Need, token: Token | undefined): void {
  if (token === undefined) throw new ApiFault(401, 'Requires authentication');
  const open = token.kind === 'user' && Object.keys(token.permissions).length === 0;
  if (!open && !satisfies(token.permissions, need)) throw refuse(need);
}

function refuse(need: Need, by = 'integration'): ApiFault {
  const headers = { 'x-accepted-github-permissions': writeNeed(need) };
  return new ApiFault(403, `Resource not accessible by ${by}`, { headers });
}
