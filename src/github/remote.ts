import type { Client } from './client.ts';
import { ask } from './faults.ts';
import { git } from './git.ts';
import { nameParameters, parseRepositoryName, type Repository, type RepositoryName } from './repository.ts';

/** The repository that `origin` of a checkout names, whatever the form of its address; undefined when it names none. */
export async function readOriginName(folder: string): Promise<RepositoryName | undefined> {
  const address = await git(folder, ['remote', 'get-url', 'origin']).catch(() => '');
  const [, name] = /[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(address) ?? [];
  return name === undefined ? undefined : parseRepositoryName(name);
}

/** Reads a repository by its name. */
export async function readRepositoryByName(client: Client, name: RepositoryName): Promise<Repository> {
  const doing = `read the repository ${name.owner}/${name.name}`;
  return await ask({ doing, needs: 'contents: read' }, async () => {
    const { data } = await client.rest.repos.get(nameParameters(name));
    return { ...name, fullName: data.full_name, id: data.id };
  });
}
