import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { startBusyGitHub } from '../github/fault-ring.ts';
import { keepChecks } from '../support/github/records/checks.ts';
import { keepComments } from '../support/github/records/comments.ts';
import type { Run } from '../support/github/run-handle.ts';
import type { GitHub, Repository } from '../support/github/start.ts';
import type { NewToken } from '../support/github/tokens.ts';
import { ROOT } from '../support/program.ts';
import { BEFORE, CHANGE, MODELS, packCandidate } from './project.ts';

export const MODEL = '.github/workflows/model.yml';
export const REPORT = '.github/workflows/model-report.yml';

/** A job that runs, as far as the steps of ours see it. */
export interface Job {
  readonly event: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly run: Run;
  readonly workflow: string;
}

/**
 * A local GitHub with a pull request that has been approved, a run of it that left candidates behind, and an earlier run of the
 * default branch.
 */
export class World implements AsyncDisposable {
  readonly github: GitHub;
  readonly repository: Repository;
  readonly head: { readonly repository: Repository; readonly sha: string; readonly number: number };
  /** The tip of the default branch. */
  readonly base: string;
  /** The earlier run. */
  readonly earlier: Run;
  /** The run of the pull request. */
  run: Run;
  readonly temporary: string;
  readonly #first: Run;
  readonly #checkouts = new Map<string, string>();
  #count = 0;

  private constructor(parts: Pick<World, 'github' | 'repository' | 'head' | 'base' | 'earlier' | 'run' | 'temporary'>) {
    this.github = parts.github;
    this.repository = parts.repository;
    this.head = parts.head;
    this.base = parts.base;
    this.earlier = parts.earlier;
    this.run = parts.run;
    this.#first = parts.run;
    this.temporary = parts.temporary;
  }

  static async open({ fork }: { readonly fork: boolean }): Promise<World> {
    const github = await startBusyGitHub();
    const repository = await github.createRepository({ owner: 'octo', name: 'zoo', files: BEFORE });
    const source = fork ? await repository.fork('wendy') : repository;
    const sha = await source.commit({ branch: 'change', files: CHANGE, author: 'wendy' });
    const base = await repository.commit({ branch: 'main', files: { 'README.md': 'Moved on\n' } });
    const pull = await repository.openPullRequest({ head: { repository: source, branch: 'change' }, author: 'wendy' });
    repository.addCollaborator('ada', 'maintain');
    github.addTeam('octo/leads', ['ada']);
    repository.addReview(pull.number, { login: 'ada', state: 'APPROVED' });
    const pushed = { workflowPath: MODEL, event: 'push', headSha: base, headBranch: 'main' };
    const earlier = repository.createRun({ ...pushed, conclusion: 'success' });
    const proposed = { workflowPath: MODEL, event: 'pull_request', headSha: sha, headBranch: 'change' };
    const run = repository.createRun({ ...proposed, headRepository: source, status: 'in_progress' });
    for (const name of MODELS) {
      earlier.addArtifact(`modelgate-candidate-${name}`, await packCandidate(name, BEFORE));
      run.addArtifact(`modelgate-candidate-${name}`, await packCandidate(name, CHANGE));
    }
    const temporary = await mkdtemp(join(tmpdir(), 'modelgate-faults-'));
    const head = { repository: source, sha, number: pull.number };
    return new World({ github, repository, head, base, earlier, run, temporary });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.github[Symbol.asyncDispose]();
    await rm(this.temporary, { recursive: true, force: true });
  }

  /** Takes back what was posted, as if the run of the pull request had just begun for the first time. */
  reset(): void {
    this.repository.state.part(keepComments).splice(0);
    this.repository.state.part(keepChecks).all.splice(0);
    this.github.forget();
    this.run = this.#first;
    Object.assign(this.run.record, { attempt: 1, status: 'in_progress', conclusion: null });
  }

  /** A folder that is empty. */
  async makeFolder(): Promise<string> {
    this.#count += 1;
    const folder = join(this.temporary, String(this.#count));
    await mkdir(folder);
    return folder;
  }

  /** The history of a commit, checked out as the runner does it, of the repository that the commit lies in. */
  async checkOut(repository: Repository, sha: string): Promise<string> {
    const made = this.#checkouts.get(sha) ?? (await this.#fetch(repository, sha));
    this.#checkouts.set(sha, made);
    const folder = await this.makeFolder();
    await cp(made, folder, { recursive: true });
    return folder;
  }

  async #fetch(repository: Repository, sha: string): Promise<string> {
    const folder = await this.makeFolder();
    const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'ignore' });
    git('init', '--quiet', '--template=');
    git('fetch', '--quiet', '--no-tags', repository.folder, sha);
    git('checkout', '--quiet', '--detach', sha);
    return folder;
  }

  /** What the runner sets for a step of a job. */
  async describe({ event, payload, run, workflow }: Job): Promise<NodeJS.ProcessEnv> {
    const { github, repository } = this;
    const file = join(await this.makeFolder(), 'event.json');
    await writeFile(file, JSON.stringify(payload));
    return {
      PATH: process.env['PATH'],
      RUNNER_TEMP: await this.makeFolder(),
      GITHUB_EVENT_NAME: event,
      GITHUB_EVENT_PATH: file,
      GITHUB_REPOSITORY: repository.fullName,
      GITHUB_REPOSITORY_ID: String(repository.id),
      GITHUB_RUN_ID: String(run.id),
      GITHUB_RUN_ATTEMPT: String(run.attempt),
      GITHUB_SHA: run.record.headSha,
      GITHUB_WORKFLOW_REF: `${repository.fullName}/${workflow}@refs/heads/main`,
      GITHUB_SERVER_URL: github.serverUrl,
      GITHUB_API_URL: github.apiUrl,
    };
  }

  /** The token of a job, with the permissions that the workflow gives it. */
  async createToken(workflow: string, job: string): Promise<string> {
    workflows[workflow] ??= parse(await readFile(join(ROOT, '.github/workflows', workflow), 'utf8')) as Workflow;
    const { jobs } = workflows[workflow];
    return this.github.createToken({ repository: this.repository, permissions: jobs[job]?.permissions ?? {} });
  }

  /** A token of an app that may read the members of teams. */
  createTeamToken(): string {
    return this.github.createToken({ repository: this.repository, kind: 'app', permissions: { members: 'read' } });
  }
}

/** The workflows of ours that were read. */
const workflows: Record<string, Workflow> = {};
interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly permissions: NonNullable<NewToken['permissions']> }>>;
}
