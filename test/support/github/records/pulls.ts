import { GitFault, readGit } from '../git/commands.ts';
import type { RepositoryState } from '../repository.ts';

/** A pull request. Its head follows its branch, as on GitHub, until it is closed. */
export interface PullRecord {
  readonly id: number;
  readonly number: number;
  title: string;
  body: string | null;
  state: 'open' | 'closed';
  draft: boolean;
  merged: boolean;
  readonly author: string;
  readonly created: Date;
  updated: Date;
  readonly labels: string[];
  readonly requestedReviewers: string[];
  readonly requestedTeams: string[];
  readonly head: { readonly repository: RepositoryState; readonly ref: string; sha: string };
  /** `sha` is the tip of the base branch when the head was last pushed: GitHub does not move it when the base moves on. */
  readonly base: { ref: string; sha: string };
  /** The commit of `refs/pull/N/merge`; undefined when the two conflict. */
  merge: string | undefined;
}

/** What a pull request is opened with. */
export interface NewPull {
  readonly head: { readonly repository: RepositoryState; readonly ref: string };
  readonly base: string;
  readonly author: string;
  readonly title: string;
  readonly body?: string | null;
  readonly draft?: boolean;
}

/** The pull requests of a repository; for `RepositoryState.part`. */
export function keepPulls(repository: RepositoryState): PullRecords {
  return new PullRecords(repository);
}

/** The pull requests of a repository, with `refs/pull/N/head` and `refs/pull/N/merge`. */
export class PullRecords {
  readonly all: PullRecord[] = [];
  readonly #repository: RepositoryState;
  /** The base and head that each pull request was last merged of. */
  readonly #merged = new WeakMap<PullRecord, string>();

  constructor(repository: RepositoryState) {
    this.#repository = repository;
    repository.onPush(() => this.#follow());
  }

  find(number: number): PullRecord | undefined {
    return this.all.find((pull) => pull.number === number);
  }

  async open(request: NewPull): Promise<PullRecord> {
    const repository = this.#repository;
    const now = repository.world.now();
    const pull: PullRecord = {
      id: repository.world.nextId(),
      number: repository.nextNumber(),
      title: request.title,
      body: request.body ?? null,
      state: 'open',
      draft: request.draft ?? false,
      merged: false,
      author: repository.world.accounts.ensure(request.author).login,
      created: now,
      updated: now,
      labels: [],
      requestedReviewers: [],
      requestedTeams: [],
      head: { ...request.head, sha: '' },
      base: { ref: request.base, sha: '' },
      merge: undefined,
    };
    await this.#update(pull);
    this.all.push(pull);
    if (pull.head.repository !== repository) pull.head.repository.onPush(() => this.#follow());
    return pull;
  }

  async #follow(): Promise<void> {
    for (const pull of this.all) if (pull.state === 'open') await this.#update(pull);
  }

  async #update(pull: PullRecord): Promise<void> {
    const repository = this.#repository;
    const head = await pull.head.repository.resolve(`heads/${pull.head.ref}`);
    const base = await repository.resolve(`heads/${pull.base.ref}`);
    // A deleted branch leaves the pull request as it was.
    if (head === undefined || base === undefined) return;
    const ends = `${base} ${head}`;
    if (this.#merged.get(pull) === ends) return;
    this.#merged.set(pull, ends);
    if (head !== pull.head.sha) {
      await this.#fetchHead(pull, head);
      pull.head.sha = head;
      pull.base.sha = base;
      pull.updated = repository.world.now();
    }
    pull.merge = await this.#merge(pull, base, head);
  }

  async #fetchHead(pull: PullRecord, head: string): Promise<void> {
    const { folder } = this.#repository;
    const ref = `refs/pull/${pull.number}/head`;
    if (pull.head.repository === this.#repository) await readGit(folder, ['update-ref', ref, head]);
    else await readGit(folder, ['fetch', '--quiet', '--no-tags', pull.head.repository.folder, `+${head}:${ref}`]);
  }

  async #merge(pull: PullRecord, base: string, head: string): Promise<string | undefined> {
    const { folder, world } = this.#repository;
    const ref = `refs/pull/${pull.number}/merge`;
    try {
      const tree = (await readGit(folder, ['merge-tree', '--write-tree', base, head])).split('\n')[0] ?? '';
      const date = `${Math.floor(world.now().getTime() / 1000)} +0000`;
      const person = { NAME: 'GitHub', EMAIL: 'noreply@github.com', DATE: date };
      const environment = Object.fromEntries(
        Object.entries(person).flatMap(([key, value]) => [
          [`GIT_AUTHOR_${key}`, value],
          [`GIT_COMMITTER_${key}`, value],
        ]),
      );
      const message = `Merge ${head} into ${base}`;
      const merge = await readGit(folder, ['commit-tree', tree, '-p', base, '-p', head, '-m', message], {
        environment,
      });
      await readGit(folder, ['update-ref', ref, merge]);
      return merge;
    } catch (error) {
      // 1: the two conflict. GitHub leaves the ref at the last merge that worked.
      if (error instanceof GitFault && error.code === 1) return undefined;
      throw error;
    }
  }
}
