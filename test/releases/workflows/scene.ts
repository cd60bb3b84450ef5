import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createOctokit } from '../../support/github/octokit.ts';
import { type GitHub, type Repository, startGitHub } from '../../support/github/start.ts';
import { ROOT } from '../../support/program.ts';
import { Sigstore } from '../../support/sigstore/sigstore.ts';
import {
  createDispatchRun,
  createIssueCommentRun,
  createPushRun,
  createRepositoryDispatchRun,
} from '../../support/workflows/events.ts';
import type { RunResult } from '../../support/workflows/run/result.ts';
import type { RunEvent } from '../../support/workflows/run/run.ts';
import { Scheduler } from '../../support/workflows/run/scheduler.ts';
import type { RunOptions } from '../../support/workflows/run-options.ts';
import { runWorkflow } from '../../support/workflows/run-workflow.ts';
import { listProjectFiles } from '../../workflows/pull-request/project-files.ts';

export interface SceneOptions {
  /** Files of the first commit beside the project's and the callers; null leaves one out. */
  readonly files?: Readonly<Record<string, string | null>>;
  readonly private?: boolean;
  /** Whether releases cannot be changed once they are published. */
  readonly immutable?: boolean;
  /** Changes a caller before it is committed. */
  readonly adapt?: (caller: string) => string;
}

type More = Partial<RunOptions>;
export const AT = { owner: 'octo', repo: 'zoo' };

/** A repository with the callers of `workflows/release`, on a local GitHub, and what happens in it. */
export class ReleaseScene implements AsyncDisposable {
  readonly scheduler = new Scheduler();
  readonly github: GitHub;
  readonly repository: Repository;
  /** What jobs sign with, and what makes it believed. */
  readonly sigstore: Sigstore;

  private constructor(github: GitHub, repository: Repository, sigstore: Sigstore) {
    this.github = github;
    this.repository = repository;
    this.sigstore = sigstore;
  }

  static async open({ files = {}, adapt = (caller) => caller, immutable, ...more }: SceneOptions = {}) {
    const github = await startGitHub();
    const folder = join(ROOT, 'workflows/release');
    const callers = await Promise.all(
      (await readdir(folder)).map(async (name) => {
        return [`.github/workflows/${name}`, adapt(await readFile(join(folder, name), 'utf8'))] as const;
      }),
    );
    const all = { ...(await listProjectFiles()), ...Object.fromEntries(callers), ...files };
    const kept = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
    const repository = await github.createRepository({
      ...{ owner: AT.owner, name: AT.repo, ...more },
      files: Object.fromEntries(kept),
    });
    const scene = new ReleaseScene(github, repository, await Sigstore.open());
    repository.addCollaborator('root', 'admin');
    for (const login of ['mona', 'ada', 'grace']) repository.addCollaborator(login, 'write');
    if (immutable) await scene.as('root').repos.enableImmutableReleases(AT);
    return scene;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.sigstore[Symbol.asyncDispose]();
    await this.github[Symbol.asyncDispose]();
  }

  /** The API as somebody sees it. */
  as(login: string) {
    return createOctokit(this.github, this.repository, {}, { kind: 'user', login }).rest;
  }

  /** Runs model.yml on a push of the newest commit of a branch. */
  async push(branch = 'main'): Promise<RunResult> {
    return this.run('model.yml', await createPushRun(this.github, this.repository, branch));
  }

  /** Starts a workflow by hand. */
  async dispatch(name: string, actor: string, inputs: Record<string, string>, more: More = {}): Promise<RunResult> {
    const workflow = `.github/workflows/${name}`;
    const event = await createDispatchRun(this.github, this.repository, { workflow, inputs, sender: actor });
    return this.run(name, event, { actor, ...more });
  }

  /** Says something on an issue, and runs what that starts. */
  async comment(number: number, login: string, body: string, more: More = {}): Promise<RunResult> {
    const comment = this.repository.addComment(number, { login, body });
    const event = await createIssueCommentRun(this.github, this.repository, comment);
    return this.run('promote.yml', event, { actor: login, ...more });
  }

  /** Runs a workflow on the newest dispatch to the repository. */
  async deliver(name: string, more: More = {}): Promise<RunResult> {
    const { payload } = this.dispatches().at(-1) ?? {};
    if (payload === undefined) throw new Error('Nothing was dispatched');
    const event = await createRepositoryDispatchRun(this.github, this.repository, {
      type: String(payload['action']),
      payload: payload['client_payload'] as Record<string, unknown>,
    });
    return this.run(name, event, more);
  }

  /** What was dispatched to the repository. */
  dispatches() {
    return this.github.announced.filter(({ event }) => event === 'repository_dispatch');
  }

  /** The id of the run that waits for a reviewer, as soon as one does. */
  async waitingRun(): Promise<number> {
    for (;;) {
      const run = this.repository.inspect.runs().find(({ status }) => status === 'waiting');
      if (run) return run.id;
      // Between looks the processor belongs to the jobs.
      await setTimeout(10);
    }
  }

  /** The published releases, newest first. */
  async releases() {
    const { data } = await this.as('root').repos.listReleases({ ...AT, per_page: 100 });
    return data;
  }

  /** The tags, by git. */
  async tags(): Promise<string[]> {
    const { data } = await this.as('root').git.listMatchingRefs({ ...AT, ref: 'tags/' });
    return data.map(({ ref }) => ref.replace('refs/tags/', '')).sort();
  }

  /** Runs a workflow of the repository by its name, or one that is given as text. */
  run(workflow: string | RunOptions['workflow'], event: RunEvent, more: More = {}): Promise<RunResult> {
    const { github, repository, scheduler, sigstore } = this;
    const library = { 'modelgate/modelgate': ROOT };
    const named = typeof workflow === 'string' ? `.github/workflows/${workflow}` : workflow;
    const machine = { SIGSTORE_URL: sigstore.url };
    return runWorkflow({ ...{ github, repository, scheduler, library, machine, workflow: named, event }, ...more });
  }
}
