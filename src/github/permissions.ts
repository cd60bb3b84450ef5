import { RequestError } from 'octokit';
import type { Client } from './client.ts';
import { ask } from './faults.ts';
import { nameParameters, type RepositoryName } from './repository.ts';

/** What somebody may do in a repository, the most first. */
export const ROLES = ['admin', 'maintain', 'write', 'triage', 'read', 'none'] as const;
export type Role = (typeof ROLES)[number];

/** Reads what a login may do. Somebody whom GitHub does not know may do nothing. */
export async function readRole(client: Client, repository: RepositoryName, login: string): Promise<Role> {
  const purpose = { doing: `read what ${login} may do`, needs: 'contents: read' } as const;
  return await ask(purpose, async () => {
    try {
      const place = { ...nameParameters(repository), username: login };
      const { data } = await client.rest.repos.getCollaboratorPermissionLevel(place);
      // A role of an organization's own is not in the list; `permission` then tells the plain one that it builds on.
      return ROLES.find((role) => role === data.role_name) ?? ROLES.find((role) => role === data.permission) ?? 'none';
    } catch (error) {
      if (error instanceof RequestError && error.status === 404) return 'none';
      throw error;
    }
  });
}

/** Whether somebody may at least sort issues. */
export function mayTriage(role: Role): boolean {
  return ROLES.indexOf(role) <= ROLES.indexOf('triage');
}

/** Whether somebody may push. */
export function mayWrite(role: Role): boolean {
  return ROLES.indexOf(role) <= ROLES.indexOf('write');
}
