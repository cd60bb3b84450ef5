import { RequestError } from 'octokit';
import type { Client } from './client.ts';
import { ask } from './faults.ts';
import { nameParameters, type RepositoryName } from './repository.ts';
import { writeOnce } from './writing.ts';

/** A deployment as GitHub tells of it. Whoever may write can make one, so nothing in it is true by itself. */
export interface Deployment {
  readonly id: number;
  readonly environment: string;
  /** What was deployed, as it was named: a tag. */
  readonly ref: string;
  readonly commit: string;
  /** Who made it. */
  readonly creator: string;
  readonly created: string;
  /** Parsed where it is JSON. */
  readonly payload: unknown;
}

/** One deployment that there shall be. */
export interface WantedDeployment {
  readonly ref: string;
  readonly environment: string;
  /** At most 140 characters. */
  readonly description: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Whether a payload that was found is that of this deployment. */
  owns(payload: unknown): boolean;
}

/** The states that we give. */
export type DeploymentState = 'in_progress' | 'success' | 'inactive';

export interface WantedStatus {
  readonly state: DeploymentState;
  readonly description: string;
  /** The run that speaks. */
  readonly logUrl?: string | undefined;
}

/** GitHub's limit of a description (docs.github.com/rest/deployments/statuses: 140 characters). */
const DESCRIPTION_LIMIT = 140;

/** All deployments, newest first; of one ref or environment where they are named. */
export async function listDeployments(
  client: Client,
  repository: RepositoryName,
  filter: { readonly ref?: string; readonly environment?: string } = {},
): Promise<Deployment[]> {
  return await ask({ doing: 'list the deployments', needs: 'deployments: read' }, async () => {
    const all = await client.paginate(client.rest.repos.listDeployments, {
      ...nameParameters(repository),
      ...filter,
      per_page: 100,
    });
    return all.map(readDeployment);
  });
}

/**
 * Makes one deployment, or finds it. Of several (two runs at once, a lost answer) the lowest id stays, and the others
 * are removed. It waits for no check of the commit, and merges nothing: the gate decided long before.
 */
export async function ensureDeployment(
  client: Client,
  repository: RepositoryName,
  wanted: WantedDeployment,
): Promise<Deployment> {
  const { ref, environment, description, payload } = wanted;
  const place = nameParameters(repository);
  const look = async () => {
    const all = await listDeployments(client, repository, { ref, environment });
    return all.filter((one) => wanted.owns(one.payload)).toSorted((a, b) => a.id - b.id);
  };
  return await ask({ doing: `make the deployment of ${ref}`, needs: 'deployments: write' }, async () => {
    const { value, wrote } = await writeOnce<Deployment>(client, {
      find: async () => (await look())[0],
      agrees: () => true,
      write: async () => {
        const { data } = await client.rest.repos.createDeployment({
          ...place,
          ref,
          environment,
          description: description.slice(0, DESCRIPTION_LIMIT),
          payload: { ...payload },
          auto_merge: false,
          required_contexts: [],
        });
        // 202: GitHub merged a branch into another instead; a tag is no branch.
        if (!('id' in data)) throw new Error('GitHub made no deployment and said so with success');
        return readDeployment(data);
      },
    });
    const all = wrote ? await look() : [value];
    const [first = value, ...others] = all;
    for (const other of others) await removeDeployment(client, repository, other.id);
    return first;
  });
}

/** The states of a deployment, newest first. */
export async function listDeploymentStates(client: Client, repository: RepositoryName, id: number): Promise<string[]> {
  return await ask({ doing: `read the statuses of deployment ${id}`, needs: 'deployments: read' }, async () => {
    const place = { ...nameParameters(repository), deployment_id: id, per_page: 100 };
    const all = await client.paginate(client.rest.repos.listDeploymentStatuses, place);
    return all.toSorted((a, b) => b.id - a.id).map(({ state }) => state);
  });
}

/**
 * Gives a deployment a state, unless that is its newest. It never ends other deployments: another model's may stand in
 * the same environment.
 */
export async function setDeploymentState(
  client: Client,
  repository: RepositoryName,
  id: number,
  { state, description, logUrl }: WantedStatus,
): Promise<void> {
  const doing = `set deployment ${id} to ${state}`;
  await ask({ doing, needs: 'deployments: write' }, () =>
    writeOnce<string>(client, {
      find: async () => (await listDeploymentStates(client, repository, id))[0],
      agrees: (found) => found === state,
      write: async () => {
        const { data } = await client.rest.repos.createDeploymentStatus({
          ...nameParameters(repository),
          deployment_id: id,
          state,
          description: description.slice(0, DESCRIPTION_LIMIT),
          auto_inactive: false,
          ...(logUrl !== undefined && { log_url: logUrl }),
        });
        return data.state;
      },
    }),
  );
}

/** GitHub deletes no deployment that may be active. One that is gone already, by whomever, is as wanted. */
async function removeDeployment(client: Client, repository: RepositoryName, id: number): Promise<void> {
  const place = { ...nameParameters(repository), deployment_id: id };
  const isGone = (request: Promise<unknown>) =>
    request.then(
      () => false,
      (error: unknown) => {
        if (error instanceof RequestError && error.status === 404) return true;
        throw error;
      },
    );
  const status = { state: 'inactive', description: 'Made twice at the same moment', auto_inactive: false } as const;
  if (await isGone(client.rest.repos.createDeploymentStatus({ ...place, ...status }))) return;
  await writeOnce<boolean>(client, {
    find: () => isGone(client.rest.repos.getDeployment(place)),
    agrees: (gone) => gone,
    write: () => isGone(client.rest.repos.deleteDeployment(place)).then(() => true),
  });
}

type Answer = {
  id: number;
  environment: string;
  ref: string;
  sha: string;
  created_at: string;
  creator: { login: string } | null;
  payload: unknown;
};

function readDeployment({ id, environment, ref, sha, created_at, creator, payload }: Answer): Deployment {
  return {
    id,
    environment,
    ref,
    commit: sha,
    creator: creator?.login ?? 'ghost',
    created: created_at,
    payload: parsePayload(payload),
  };
}

/** GitHub gives back what was sent: an object, or a text that may hold one. */
function parsePayload(payload: unknown): unknown {
  if (typeof payload !== 'string') return payload;
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}
