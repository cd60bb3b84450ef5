import type { RepositoryState } from '../repository.ts';

/** What became of a deployment, one word after the other. */
export interface DeploymentStatusRecord {
  readonly id: number;
  readonly state: string;
  readonly description: string;
  readonly logUrl: string;
  readonly environmentUrl: string;
  readonly creator: string;
  readonly created: Date;
}

/** A deployment. */
export interface DeploymentRecord {
  readonly id: number;
  readonly ref: string;
  readonly sha: string;
  readonly task: string;
  readonly environment: string;
  readonly description: string | null;
  readonly payload: object | string;
  readonly transient: boolean;
  readonly production: boolean;
  readonly creator: string;
  readonly created: Date;
  readonly statuses: DeploymentStatusRecord[];
}

/** The deployments of a repository, oldest first; for `RepositoryState.part`. */
export function keepDeployments(_: RepositoryState): DeploymentRecord[] {
  return [];
}

/** An environment with its protection. */
export interface EnvironmentRecord {
  readonly id: number;
  readonly name: string;
  /** In minutes. */
  waitTimer: number;
  preventSelfReview: boolean;
  reviewers: readonly { type: 'User' | 'Team'; id: number }[];
  branches: { protected_branches: boolean; custom_branch_policies: boolean } | null;
  readonly policies: { readonly id: number; readonly name: string; readonly type: 'branch' | 'tag' }[];
  readonly created: Date;
  updated: Date;
}

/** The environments of a repository by their name in lower case; for `RepositoryState.part`. */
export function keepEnvironments(_: RepositoryState): Map<string, EnvironmentRecord> {
  return new Map();
}

/** The environment of a name, made without protection where it is missing: a deployment or a workflow makes it. */
export function ensureEnvironment(repository: RepositoryState, name: string): EnvironmentRecord {
  const all = repository.part(keepEnvironments);
  const known = all.get(name.toLowerCase());
  if (known !== undefined) return known;
  const now = repository.world.now();
  const made: EnvironmentRecord = {
    id: repository.world.nextId(),
    name,
    waitTimer: 0,
    preventSelfReview: false,
    reviewers: [],
    branches: null,
    policies: [],
    created: now,
    updated: now,
  };
  all.set(name.toLowerCase(), made);
  return made;
}
