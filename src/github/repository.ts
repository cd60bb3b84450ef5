/** A repository as addresses name it. */
export interface RepositoryName {
  readonly owner: string;
  readonly name: string;
}

/** A repository that GitHub told of. A name can be given to another repository; an id never is. */
export interface Repository extends RepositoryName {
  /** `owner/name`. */
  readonly fullName: string;
  readonly id: number;
}

/** Splits `owner/name`; undefined of anything else. */
export function parseRepositoryName(fullName: string): RepositoryName | undefined {
  const [, owner, name] = /^([\w.-]+)\/([\w.-]+)$/.exec(fullName) ?? [];
  return owner !== undefined && name !== undefined ? { owner, name } : undefined;
}

/** What every route of a repository wants. */
export function nameParameters(repository: RepositoryName): { owner: string; repo: string } {
  return { owner: repository.owner, repo: repository.name };
}
