import type { CheckRecord } from '../../support/github/records/checks.ts';
import type { Run } from '../../support/github/run-handle.ts';
import type { Repository } from '../../support/github/start.ts';
import { ROOT } from '../../support/program.ts';
import { createPullRequestRun, createWorkflowRunRun } from '../../support/workflows/events.ts';
import type { RunResult } from '../../support/workflows/run/result.ts';
import type { RunEvent } from '../../support/workflows/run/run.ts';
import type { RunOptions } from '../../support/workflows/run-options.ts';
import { runWorkflow } from '../../support/workflows/run-workflow.ts';
import { type Candidate, readCandidate } from './forged-candidate.ts';
import { Scene, type SceneOptions } from './scene.ts';

export const STRANGER = 'stranger';
/** The artifact of the example's model. */
export const CANDIDATE = 'modelgate-candidate-penguins';
export const UNTRUSTED = '.github/workflows/model.yml';
const TRUSTED = '.github/workflows/model-report.yml';

/** A commit of the stranger's fork that a pull request asks to merge. */
export interface ForkPull {
  readonly number: number;
  readonly branch: string;
  readonly sha: string;
}

/** A repository, and a stranger with a fork of it and no right in it. */
export class ForkScene implements AsyncDisposable {
  readonly scene: Scene;
  readonly fork: Repository;

  private constructor(scene: Scene, fork: Repository) {
    this.scene = scene;
    this.fork = fork;
  }

  static async open(options: Partial<SceneOptions> = {}): Promise<ForkScene> {
    const scene = await Scene.open({ shape: 'forks', ...options });
    return new ForkScene(scene, await scene.repository.fork(STRANGER));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.scene[Symbol.asyncDispose]();
  }

  get repository(): Repository {
    return this.scene.repository;
  }

  /** The stranger pushes a branch and opens a pull request of it. */
  async openPullRequest(branch: string, files: Record<string, string>, base = 'main'): Promise<ForkPull> {
    const sha = await this.fork.commit({ branch, files, author: STRANGER, message: 'A change of mine' });
    const head = { repository: this.fork, branch };
    const { number } = await this.repository.openPullRequest({ head, author: STRANGER, base });
    return { number, branch, sha };
  }

  /** Runs the untrusted half as GitHub does for a fork, or again. */
  async start(number: number, more: Partial<RunOptions> = {}): Promise<RunResult> {
    const event = await createPullRequestRun(this.scene.github, this.repository, number);
    return runWorkflow({
      ...this.#common(),
      workflow: UNTRUSTED,
      event,
      headRepository: this.fork,
      actor: STRANGER,
      ...more,
    });
  }

  /** Runs the trusted half, which is of the default branch. */
  async report(runId: number, action: 'requested' | 'completed' = 'completed', more: Partial<RunOptions> = {}) {
    return this.reportEvent(await createWorkflowRunRun(this.scene.github, this.repository, runId, action), more);
  }

  /** The same, on an event as it is. */
  async reportEvent(event: RunEvent, more: Partial<RunOptions> = {}): Promise<RunResult> {
    return runWorkflow({ ...this.#common(), workflow: TRUSTED, event, ...more });
  }

  /** A run as the untrusted half leaves it behind, with nothing in it that anybody trained. */
  forgeRun({ branch, sha }: ForkPull, more: Partial<Parameters<Repository['createRun']>[0]> = {}): Run {
    const run = { workflowPath: UNTRUSTED, name: 'model', event: 'pull_request', conclusion: 'success' };
    const head = { headSha: sha, headBranch: branch, headRepository: this.fork, actor: STRANGER };
    return this.repository.createRun({ ...run, ...head, ...more });
  }

  /** Somebody who may write has looked at a commit and lets its code run. */
  approve({ number }: ForkPull): void {
    this.repository.addCollaborator('maintainer', 'write');
    this.repository.addReview(number, { login: 'maintainer', state: 'APPROVED' });
  }

  /** Trains a change that somebody approved: its run, and what the candidate left behind. */
  async trainHonestly(): Promise<{ pull: ForkPull; run: RunResult; candidate: Candidate }> {
    const pull = await this.openPullRequest('honest', { 'notes.txt': 'honest' });
    this.approve(pull);
    const run = await this.start(pull.number);
    return { pull, run, candidate: await readCandidate(this.readArtifact(run.id, CANDIDATE)) };
  }

  /** The zip of an artifact. Throws where the run has none of that name. */
  readArtifact(runId: number, name: string): Buffer {
    const artifact = this.repository.inspect.artifacts(runId).find((one) => one.name === name);
    if (artifact === undefined) throw new Error(`the run ${runId} has no artifact ${name}`);
    return artifact.bytes();
  }

  /** What the one required check said last on a commit. */
  findCheck(sha: string, name = 'modelgate'): CheckRecord | undefined {
    return this.repository.inspect.checkRuns(sha).findLast((check) => check.name === name);
  }

  /** The text of the one comment on a pull request. Throws where there is not exactly one. */
  readComment(number: number): string {
    const [comment, ...others] = this.repository.inspect.comments(number);
    if (comment === undefined || others.length > 0)
      throw new Error(`there are ${others.length + (comment ? 1 : 0)} comments`);
    return comment.body;
  }

  #common() {
    const { github, repository, scheduler } = this.scene;
    return { github, repository, scheduler, library: { 'modelgate/modelgate': ROOT } };
  }
}

/** Every permission that a job of a run had, as `job: name`, where it could write. */
export function listWrites({ jobs }: RunResult): string[] {
  return Object.values(jobs).flatMap(({ name, permissions }) =>
    Object.entries(permissions).flatMap(([scope, level]) => (level === 'write' ? [`${name}: ${scope}`] : [])),
  );
}
