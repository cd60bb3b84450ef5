import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveCommit } from './git/refs.ts';
import type { World } from './world.ts';

/** What somebody may do with a repository, from nothing to everything. */
export const ROLES = ['none', 'read', 'triage', 'write', 'maintain', 'admin'] as const;
export type Role = (typeof ROLES)[number];

const CONFIGURATION = `[core]
\trepositoryformatversion = 0
\tbare = true
[http]
\treceivepack = true
[uploadpack]
\tallowAnySHA1InWant = true
\tallowFilter = true
`;

/** What a repository is made of. */
export interface NewRepository {
  readonly world: World;
  /** The folder that holds every bare repository, as `<owner>/<name>.git`. */
  readonly root: string;
  readonly owner: string;
  readonly name: string;
  readonly private: boolean;
  readonly defaultBranch: string;
  readonly parent?: RepositoryState;
}

/** A repository as the routes see it. What each resource keeps (comments, checks, …) is a part of its own: see `part`. */
export class RepositoryState {
  readonly world: World;
  readonly owner: string;
  readonly name: string;
  readonly fullName: string;
  readonly id: number;
  /** The bare repository. */
  readonly folder: string;
  readonly private: boolean;
  readonly defaultBranch: string;
  readonly created: Date;
  /** What it was forked from. */
  readonly parent: RepositoryState | undefined;
  readonly collaborators = new Map<string, Role>();
  readonly #parts = new Map<unknown, unknown>();
  readonly #pushed: (() => Promise<void>)[] = [];
  #lastNumber = 0;

  constructor(made: NewRepository) {
    this.world = made.world;
    this.owner = made.owner;
    this.name = made.name;
    this.fullName = `${made.owner}/${made.name}`;
    this.id = made.world.nextId();
    this.folder = join(made.root, made.owner, `${made.name}.git`);
    this.private = made.private;
    this.defaultBranch = made.defaultBranch;
    this.created = made.world.now();
    this.parent = made.parent;
  }

  /** Makes the bare repository: what `git init --bare` makes, less what nobody reads. Any object can be fetched by its name. */
  async init(): Promise<void> {
    await mkdir(join(this.folder, 'objects'), { recursive: true });
    await mkdir(join(this.folder, 'refs'), { recursive: true });
    await writeFile(join(this.folder, 'HEAD'), `ref: refs/heads/${this.defaultBranch}\n`);
    await writeFile(join(this.folder, 'config'), CONFIGURATION);
  }

  /** What one resource keeps of this repository: made at the first call, the same ever after. */
  part<T>(make: (repository: RepositoryState) => T): T {
    if (!this.#parts.has(make)) this.#parts.set(make, make(this));
    return this.#parts.get(make) as T;
  }

  /** Of issues and pull requests, which share their numbers. */
  nextNumber(): number {
    this.#lastNumber += 1;
    return this.#lastNumber;
  }

  get apiUrl(): string {
    return `${this.world.apiUrl}/repos/${this.fullName}`;
  }

  get htmlUrl(): string {
    return `${this.world.serverUrl}/${this.fullName}`;
  }

  /** Calls when refs of this repository have moved. */
  onPush(listener: () => Promise<void>): void {
    this.#pushed.push(listener);
  }

  /** To be called after refs have moved. */
  async announcePush(): Promise<void> {
    for (const listener of this.#pushed) await listener();
  }

  /** The commit of a branch, a tag, a full ref or a commit's own name. */
  resolve(ref: string): Promise<string | undefined> {
    return resolveCommit(this.folder, ref);
  }

  /** Reading is everybody's in a public repository. */
  roleOf(login: string): Role {
    if (login.toLowerCase() === this.owner.toLowerCase()) return 'admin';
    const given = this.collaborators.get(login.toLowerCase());
    return given ?? (this.private ? 'none' : 'read');
  }
}

/** Whether a role includes another one. */
export function includesRole(role: Role, wanted: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(wanted);
}
