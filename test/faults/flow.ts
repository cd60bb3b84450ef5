import { runPlan } from '../../src/actions/pull-request/plan.ts';
import { runReport } from '../../src/actions/pull-request/report.ts';
import { runSubject } from '../../src/actions/pull-request/subject.ts';
import type { FaultRequest } from '../support/github/faults.ts';
import type { Run } from '../support/github/run-handle.ts';
import type { RequestRecord } from '../support/github/server.ts';
import { type Judged, judge } from './judging.ts';
import { pack } from './project.ts';
import { type Ended, perform, type Step } from './step.ts';
import { type Job, MODEL, REPORT, type World } from './world.ts';

/** The steps of ours that speak to GitHub, in the order of their jobs. */
export const STEPS = ['plan', 'open', 'subject', 'judge', 'complete'] as const;
export type StepName = (typeof STEPS)[number] | 'baselines';

/** Faults, and the step whose requests they befall; requests are counted from the step's first. */
export interface Hit {
  readonly step: StepName;
  readonly faults: readonly FaultRequest[];
}

export interface FlowOptions {
  /** Two files, with a run that reports; or jobs of the run itself. */
  readonly shape: 'forks' | 'one-file';
  readonly models: readonly string[];
  /** What judging came to in a flow without faults: judged anew only where a fault can change it. */
  readonly recorded?: Judged | undefined;
  readonly hit?: Hit;
}

/** What a pull request goes through, step by step, as the workflows go through it. */
export class Flow {
  readonly ended = new Map<StepName, Ended>();
  readonly requests = new Map<StepName, readonly RequestRecord[]>();
  judged: Judged | undefined;
  #hit: Hit | undefined;
  #report: Run | undefined;
  /** How many requests the fault befell. */
  struck = 0;
  readonly #world: World;
  readonly #options: FlowOptions;
  readonly #start: number;

  constructor(world: World, options: FlowOptions) {
    this.#world = world;
    this.#options = options;
    this.#hit = options.hit;
    this.#start = world.github.requests.length;
  }

  /** Every request of this flow. */
  get asked(): readonly RequestRecord[] {
    return this.#world.github.requests.slice(this.#start);
  }

  /** Whether a job failed, which a person would run again. */
  get failed(): boolean {
    return this.judged?.passed === false || [...this.ended.values()].some(({ mistake }) => mistake !== undefined);
  }

  async plan(): Promise<void> {
    const { head } = this.#world;
    const runner = '"ubuntu-latest"';
    await this.#perform('plan', runPlan, await this.#describePull(), {
      folder: await this.#world.checkOut(head.repository, head.sha),
      inputs: {
        config: this.#configs,
        'train-runner': runner,
        'fork-runner': runner,
        token: await this.#world.createToken('model-pull-request.yml', 'plan'),
      },
    });
  }

  async open(): Promise<void> {
    const token = await this.#world.createToken('model-report.yml', 'open');
    await this.#perform('open', runReport, await this.#describe('requested', this.#startReport()), {
      inputs: { phase: 'open', workflow: MODEL, token },
    });
  }

  /** Judges and posts, once the run has ended. */
  async report(): Promise<void> {
    const conclusion = this.#options.models.length === 1 ? 'success' : 'failure';
    if (this.#options.shape === 'forks') this.#world.run.update({ status: 'completed', conclusion });
    this.#report = this.#startReport();
    await this.#judgeAndPost();
  }

  /** Runs the jobs that failed again, and those that need them, as the button of that name does. The fault is over. */
  async rerunFailed(): Promise<void> {
    this.#hit = undefined;
    if (this.#report === undefined) throw new Error('Nothing was reported yet');
    if (this.ended.get('open')?.mistake) await this.open();
    this.#report = this.#report.rerun();
    this.#report.update({ status: 'in_progress' });
    await this.#judgeAndPost();
  }

  /** Starts the run of the pull request again, which is reported anew. The fault is over. */
  async rerunAll(): Promise<void> {
    this.#hit = undefined;
    this.judged = undefined;
    this.#world.run = this.#world.run.rerun();
    await this.open();
    await this.report();
  }

  async #judgeAndPost(): Promise<void> {
    const run = this.#report as Run;
    if (this.judged?.passed !== true) this.judged = await this.judge(run);
    const { passed, files } = this.judged;
    const uploaded = files && this.#upload(run, await pack(files));
    const { shape } = this.#options;
    await this.#perform('complete', runReport, await this.#describe('completed', run), {
      inputs: {
        phase: 'complete',
        workflow: MODEL,
        token: await this.#world.createToken('model-report.yml', 'post'),
        judged: passed ? 'success' : 'failure',
        ...(shape === 'one-file' && { result: passed ? 'success' : 'failure' }),
        ...(uploaded && {
          'artifact-id': String(uploaded.id),
          'artifact-digest': uploaded.digest.slice('sha256:'.length),
        }),
      },
    });
  }

  /** Judges, in a job of a run: what a fault cannot change is not done again. */
  async judge(run: Run = this.#startReport()): Promise<Judged> {
    const { recorded } = this.#options;
    if (recorded && this.#hit?.step !== 'subject' && this.#hit?.step !== 'judge') return recorded;
    const job = await this.#describe('completed', run);
    const shared = { workflow: MODEL, token: await this.#world.createToken('model-judge.yml', 'judge') };
    const found = await this.#perform('subject', runSubject, job, { inputs: shared });
    const { base = '', 'judge-ref': ref = '' } = found.outputs;
    if (!found.passed || ref === '') return { passed: false, files: undefined };
    const inputs = { ...shared, config: this.#configs, base };
    return judge(this.#world, ref, inputs, (work, step) => this.#perform('judge', work, job, step));
  }

  /** The artifact of the job that judged: an earlier attempt's where that job was not run again. */
  #upload(run: Run, zip: Buffer) {
    const { inspect } = this.#world.repository;
    const kept = inspect.artifacts(run.id).find((one) => one.name === REPORTED && one.bytes().equals(zip));
    return kept ?? run.addArtifact(REPORTED, zip);
  }

  async #perform(
    name: StepName,
    work: Step['work'],
    job: NodeJS.ProcessEnv,
    { inputs, folder = this.#world.temporary }: Pick<Step, 'inputs'> & { readonly folder?: string },
  ): Promise<Ended> {
    const { faults, requests } = this.#world.github;
    const before = requests.length;
    const hits = this.#hit?.step === name ? this.#hit.faults.map((fault) => faults.add(fault)) : [];
    const environment = { ...job, RUNNER_TEMP: await this.#world.makeFolder() };
    const ended = await perform({ work, inputs, folder, environment }).finally(() => faults.clear());
    for (const fault of hits) this.struck += fault.hits;
    this.ended.set(name, ended);
    this.requests.set(name, requests.slice(before));
    return ended;
  }

  get #configs(): string {
    return JSON.stringify(this.#options.models.map((model) => `${model}/modelgate.yml`));
  }

  #startReport(): Run {
    const { repository, run, base } = this.#world;
    if (this.#options.shape === 'one-file') return run;
    const made = { workflowPath: REPORT, event: 'workflow_run', headSha: base, headBranch: 'main' };
    return repository.createRun({ ...made, status: 'in_progress' });
  }

  async #describe(action: 'requested' | 'completed', run: Run): Promise<NodeJS.ProcessEnv> {
    const { github, repository } = this.#world;
    if (this.#options.shape === 'one-file') return this.#describePull();
    const payload = await github.createEvent.workflowRun(repository, this.#world.run.id, action);
    return this.#world.describe({ event: 'workflow_run', payload, run, workflow: REPORT });
  }

  async #describePull(): Promise<NodeJS.ProcessEnv> {
    const { github, repository, head, run } = this.#world;
    const payload = await github.createEvent.pullRequest(repository, head.number, 'synchronize');
    const job: Job = { event: 'pull_request', payload, run, workflow: MODEL };
    return this.#world.describe(job);
  }
}

const REPORTED = 'modelgate-reported';
