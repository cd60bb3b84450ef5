import { evaluateCondition, type Status } from '../expressions/evaluate.ts';
import { evaluateText, evaluateToken } from '../expressions/templates.ts';
import type { Plain } from '../expressions/values.ts';
import type { Cancellation } from '../run/cancellation.ts';
import { createGitHubContext } from '../run/contexts.ts';
import type { JobOutcome, JobResult, Result } from '../run/result.ts';
import type { Instance } from '../run/run.ts';
import type { Job } from '../syntax/model.ts';
import { findAncestors } from '../syntax/workflow.ts';
import { runCall } from './call.ts';
import { enterGroup } from './concurrency.ts';
import { readEnvironment } from './environment.ts';
import { type LegOutcome, runLegs } from './legs.ts';
import { formatLeg, type Leg, readStrategy, type Strategy } from './matrix.ts';
import { runLeg } from './run-leg.ts';

/** Runs the jobs of a workflow as their needs allow. */
export async function runInstance(instance: Instance): Promise<ReadonlyMap<string, JobOutcome>> {
  const { jobs } = instance.workflow;
  const outcomes = new Map<string, JobOutcome>();
  const running = new Map<string, Promise<void>>();
  const start = (id: string): Promise<void> => {
    const known = running.get(id);
    if (known) return known;
    const job = jobs.get(id);
    if (!job) throw new Error(`no job ${id}`);
    const done = Promise.all(job.needs.map(start)).then(async () => {
      outcomes.set(id, await runJob(instance, job, outcomes));
    });
    running.set(id, done);
    return done;
  };
  await Promise.all([...jobs.keys()].map(start));
  return outcomes;
}

async function runJob(instance: Instance, job: Job, outcomes: ReadonlyMap<string, JobOutcome>): Promise<JobOutcome> {
  const ancestors = [...findAncestors(job, instance.workflow.jobs)];
  const before = ancestors.flatMap((id) => outcomes.get(id)?.result ?? []);
  const fresh = instance.fresh || job.needs.some((id) => outcomes.get(id)?.fresh);
  const contexts = {
    github: createGitHubContext(instance.run),
    inputs: instance.inputs,
    vars: instance.run.vars,
    needs: Object.fromEntries(job.needs.map((id) => [id, describeOutcome(outcomes.get(id))])),
  };
  const holds = () =>
    evaluateCondition(job.condition, { contexts, status: computeStatus(before, instance.cancellation) });
  try {
    if (!holds()) return { ...skip(instance, job, before), fresh };
    const strategy = readStrategy(job.strategy && evaluateToken(job.strategy, { contexts }));
    return await runLegs(strategy, (leg, index, cancellation) => {
      // A job whose condition still holds in a cancelled run goes on: `if: always()`.
      const forget = instance.cancellation.onRequest(() => {
        if (!holds()) cancellation.request();
      });
      return startLeg({ instance, job, strategy, leg, index, contexts, cancellation, fresh }).finally(forget);
    });
  } catch (error) {
    return failBeforeStart(instance, job, error);
  }
}

interface LegStart {
  readonly instance: Instance;
  readonly job: Job;
  readonly strategy: Strategy;
  readonly leg: Leg;
  readonly index: number;
  readonly contexts: Readonly<Record<string, Plain>>;
  readonly cancellation: Cancellation;
  /** A job that it needs ran in this attempt. */
  readonly fresh: boolean;
}

async function startLeg(start: LegStart): Promise<LegOutcome> {
  const { instance, job, strategy, leg, index, cancellation, fresh } = start;
  const hasMatrix = job.strategy !== undefined && Object.keys(leg).length > 0;
  const contexts = {
    ...start.contexts,
    matrix: hasMatrix ? leg : null,
    strategy: {
      'fail-fast': strategy.failFast,
      'job-index': index,
      'job-total': strategy.legs.length,
      'max-parallel': strategy.maxParallel ?? strategy.legs.length,
    },
  };
  const name = nameLeg(start, contexts);
  const previous = instance.run.previous.get(name);
  if (previous?.result === 'success' && !fresh) {
    record(instance, previous);
    return { ...previous, tolerated: false, fresh: false };
  }
  const leave = await enterGroup(job.concurrency, { contexts }, instance.run.scheduler, cancellation);
  if (!leave || cancellation.requested) {
    leave?.();
    return { ...recordUnstarted(instance, job, name, 'cancelled'), tolerated: false };
  }
  try {
    if (job.kind === 'call') {
      const outcome = await runCall(
        instance,
        job,
        { name: nameCall(start, contexts), contexts, cancellation, fresh },
        runInstance,
      );
      return { ...outcome, tolerated: false };
    }
    const environment = readEnvironment(job.environment, { contexts });
    const entrance = environment && (await instance.run.services.enterEnvironment(environment, cancellation));
    if (entrance === 'rejected' || entrance === 'cancelled') {
      const result = entrance === 'rejected' ? 'failure' : 'cancelled';
      return { ...recordUnstarted(instance, job, name, result), tolerated: false };
    }
    const tolerated = job.continueOnError !== undefined && evaluateToken(job.continueOnError, { contexts }) === true;
    const result = await runLeg({ instance, job, name, leg, hasMatrix, contexts, cancellation });
    record(instance, result);
    return { ...result, tolerated, fresh: true };
  } finally {
    leave();
  }
}

// `success()` looks at all jobs before, not only at those that a job needs directly.
function computeStatus(before: readonly Result[], cancellation: Cancellation): Status {
  const cancelled = cancellation.requested;
  return {
    cancelled,
    success: !cancelled && before.every((result) => result === 'success'),
    failure: before.includes('failure'),
  };
}

function describeOutcome(outcome: JobOutcome | undefined): Plain {
  return { result: outcome?.result ?? 'skipped', outputs: outcome?.outputs ?? {} };
}

function skip(instance: Instance, job: Job, before: readonly Result[]): JobOutcome {
  const waiting = instance.cancellation.requested && before.every((result) => result === 'success');
  return recordUnstarted(instance, job, nameUnstarted(instance, job), waiting ? 'cancelled' : 'skipped');
}

function failBeforeStart(instance: Instance, job: Job, error: unknown): JobOutcome {
  const message = `Error when evaluating job '${job.id}'. ${error instanceof Error ? error.message : error}`;
  return recordUnstarted(instance, job, nameUnstarted(instance, job), 'failure', message);
}

function recordUnstarted(instance: Instance, job: Job, name: string, result: Result, message?: string): JobOutcome {
  const annotations = message === undefined ? [] : [{ level: 'error' as const, message }];
  const empty = { permissions: {}, outputs: {}, steps: [], log: message ?? '', summary: '', annotations };
  instance.run.services.skipJob(name, result);
  record(instance, { name, id: [...instance.ids, job.id].join('/'), result, ...empty });
  return { result, outputs: {}, fresh: true };
}

function record({ run }: Instance, result: JobResult): void {
  if (run.jobs.has(result.name)) throw new Error(`Two jobs are called "${result.name}"`);
  run.jobs.set(result.name, result);
}

function nameUnstarted({ names }: Instance, job: Job): string {
  const own = job.name && !job.name.isExpression ? evaluateText(job.name, { contexts: {} }) : job.id;
  return [...names, own].join(' / ');
}

function nameLeg(start: LegStart, contexts: Readonly<Record<string, Plain>>): string {
  return [...start.instance.names, nameCall(start, contexts)].join(' / ');
}

// A name with an expression tells the legs apart itself.
function nameCall({ job, leg }: LegStart, contexts: Readonly<Record<string, Plain>>): string {
  if (job.name?.isExpression) return evaluateText(job.name, { contexts });
  return `${job.name ? evaluateText(job.name, { contexts }) : job.id}${formatLeg(leg)}`;
}
