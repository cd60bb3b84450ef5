import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readGit } from './git/commands.ts';
import type { FileContent } from './git/commits.ts';
import { writeCommit } from './git/commits.ts';
import { type CheckRecord, keepChecks } from './records/checks.ts';
import { type CommentRecord, keepComments } from './records/comments.ts';
import { type DeploymentRecord, keepDeployments } from './records/deployments.ts';
import { type IssueRecord, keepIssues } from './records/issues.ts';
import { keepPulls, type PullRecord } from './records/pulls.ts';
import { keepReviews, type ReviewRecord } from './records/reviews.ts';
import { keepRuns, type RunRecord } from './records/runs.ts';
import { keepStatuses, type StatusRecord } from './records/statuses.ts';
import type { RepositoryState, Role } from './repository.ts';
import type { Artifact, ArtifactStore } from './results/artifact-store.ts';
import { createRunHandle, type NewRun, type Run } from './run-handle.ts';

/** What a pull request is opened with, from a branch of this repository or of a fork. */
export interface PullRequestOptions {
  readonly head: string | { readonly repository: Repository; readonly branch: string };
  readonly base?: string;
  /** A login; the owner of the head's repository without. */
  readonly author?: string;
  readonly draft?: boolean;
  readonly title?: string;
  readonly body?: string;
}

/** A pull request that a test has opened. `headSha` and `baseSha` are those of the moment. */
export interface PullRequest {
  readonly number: number;
  readonly headSha: string;
  readonly baseSha: string;
  readonly record: PullRecord;
}

/** One commit that a test makes. */
export interface CommitOptions {
  readonly branch: string;
  /** By path; null removes one. */
  readonly files: Readonly<Record<string, FileContent>>;
  readonly message?: string;
  /** A login, or a name and a mail address. */
  readonly author?: string | { readonly name: string; readonly email: string };
  /** A branch or commit to start from; without it the branch goes on, or starts at the default branch. */
  readonly from?: string;
  /** A branch or commit to be the second parent. */
  readonly merge?: string;
}

/** A repository in the hands of a test. What it does here needs no token. */
export class Repository {
  readonly state: RepositoryState;
  readonly #artifacts: ArtifactStore;
  readonly #fork: (login: string) => Promise<Repository>;

  constructor(state: RepositoryState, artifacts: ArtifactStore, fork: (login: string) => Promise<Repository>) {
    this.state = state;
    this.#artifacts = artifacts;
    this.#fork = fork;
    state.part(keepPulls);
  }

  get owner(): string {
    return this.state.owner;
  }

  get name(): string {
    return this.state.name;
  }

  get fullName(): string {
    return this.state.fullName;
  }

  get id(): number {
    return this.state.id;
  }

  get defaultBranch(): string {
    return this.state.defaultBranch;
  }

  /** The bare repository. */
  get folder(): string {
    return this.state.folder;
  }

  get cloneUrl(): string {
    return `${this.state.htmlUrl}.git`;
  }

  /** Makes a commit, moves the branch there and returns its name. Open pull requests follow. */
  async commit(options: CommitOptions): Promise<string> {
    const { branch, files, message = `Change ${Object.keys(files).join(', ')}`, author = this.owner } = options;
    const own = await this.state.resolve(`heads/${branch}`);
    const from = options.from ?? (own === undefined ? this.defaultBranch : own);
    const parent = await this.state.resolve(from);
    if (options.from !== undefined && parent === undefined) throw new Error(`${this.fullName} has no ${options.from}`);
    const merge = options.merge === undefined ? undefined : await this.state.resolve(options.merge);
    const sha = await writeCommit(this.folder, {
      branch,
      files,
      message,
      author: typeof author === 'string' ? { name: author, email: `${author}@users.noreply.github.com` } : author,
      time: this.state.world.now(),
      parent,
      ...(merge !== undefined && { merge }),
    });
    await this.state.announcePush();
    return sha;
  }

  /** Moves or makes a ref, by force. */
  async setRef(ref: string, sha: string): Promise<void> {
    await readGit(this.folder, ['update-ref', ref, sha]);
    await this.state.announcePush();
  }

  async deleteBranch(branch: string): Promise<void> {
    await readGit(this.folder, ['update-ref', '-d', `refs/heads/${branch}`]);
    await this.state.announcePush();
  }

  /** The commit of a branch, a tag or a ref; undefined where there is none. */
  resolve(ref: string): Promise<string | undefined> {
    return this.state.resolve(ref);
  }

  fork(login: string): Promise<Repository> {
    return this.#fork(login);
  }

  async openPullRequest(options: PullRequestOptions): Promise<PullRequest> {
    const { head, base = this.defaultBranch, draft = false, title = 'A change', body = null } = options;
    const from = typeof head === 'string' ? { repository: this as Repository, branch: head } : head;
    const { state } = from.repository;
    if ((await state.resolve(`heads/${from.branch}`)) === undefined) {
      throw new Error(`${state.fullName} has no branch ${from.branch}`);
    }
    const author = options.author ?? from.repository.owner;
    const request = { head: { repository: state, ref: from.branch }, base, author, title, body, draft };
    const record = await this.state.part(keepPulls).open(request);
    return { number: record.number, headSha: record.head.sha, baseSha: record.base.sha, record };
  }

  /** The pull request as it is now. Throws for a number that there is not. */
  pullRequest(number: number): PullRecord {
    const record = this.state.part(keepPulls).find(number);
    if (record === undefined) throw new Error(`${this.fullName} has no pull request ${number}`);
    return record;
  }

  /** A review, of the head as it is now unless `commit` says which. */
  addReview(
    number: number,
    review: { login: string; state: ReviewRecord['state']; commit?: string; body?: string },
  ): ReviewRecord {
    const { login, state, commit = this.pullRequest(number).head.sha, body = '' } = review;
    const { world } = this.state;
    world.accounts.ensure(login);
    const record = { id: world.nextId(), pull: number, login, state, body, commit, submitted: world.now() };
    this.state.part(keepReviews).push(record);
    return record;
  }

  addCollaborator(login: string, permission: Role): void {
    this.state.world.accounts.ensure(login);
    this.state.collaborators.set(login.toLowerCase(), permission);
  }

  /** A comment that somebody else has written. */
  addComment(number: number, comment: { login: string; body: string }): CommentRecord {
    const { world } = this.state;
    world.accounts.ensure(comment.login);
    const now = world.now();
    const record = { id: world.nextId(), number, ...comment, app: undefined, created: now, updated: now };
    this.state.part(keepComments).push(record);
    return record;
  }

  createRun(run: NewRun): Run {
    return createRunHandle(this.state, this.#artifacts, run, run.headRepository?.state ?? this.state);
  }

  /** What there is now, as the routes keep it. */
  get inspect() {
    const { state } = this;
    const artifacts = this.#artifacts;
    return {
      comments: (number: number): readonly CommentRecord[] =>
        state.part(keepComments).filter((comment) => comment.number === number),
      checkRuns: (sha: string): readonly CheckRecord[] =>
        state.part(keepChecks).all.filter((check) => check.headSha === sha),
      statuses: (sha: string): readonly StatusRecord[] =>
        state.part(keepStatuses).filter((status) => status.sha === sha),
      issues: (): readonly IssueRecord[] => state.part(keepIssues),
      deployments: (): readonly DeploymentRecord[] => state.part(keepDeployments),
      reviews: (number: number): readonly ReviewRecord[] =>
        state.part(keepReviews).filter((review) => review.pull === number),
      runs: (): readonly RunRecord[] => state.part(keepRuns).all,
      artifacts: (runId: number): readonly Artifact[] => artifacts.list(runId),
    };
  }
}

/** The files of a folder, links left out, by their path below it. */
export function readFolder(folder: string): Record<string, FileContent> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => !name.startsWith('.git/') && statSync(join(folder, name)).isFile());
  return Object.fromEntries(files.map((name) => [name.replaceAll('\\', '/'), readFileSync(join(folder, name))]));
}
