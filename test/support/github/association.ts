import type { RepositoryState } from './repository.ts';

/** What somebody is to a repository, as GitHub says beside comments, reviews and pull requests. */
export function findAssociation(repository: RepositoryState, login: string): string {
  const { owner, world } = repository;
  if (login.toLowerCase() === owner.toLowerCase()) return 'OWNER';
  if (world.accounts.isMember(owner, login)) return 'MEMBER';
  const role = repository.collaborators.get(login.toLowerCase());
  return role === undefined || role === 'none' ? 'NONE' : 'COLLABORATOR';
}
