import { evaluateText, evaluateToken } from '../expressions/templates.ts';
import type { Plain } from '../expressions/values.ts';
import type { Cancellation } from '../run/cancellation.ts';
import { createGitHubContext } from '../run/contexts.ts';
import type { JobOutcome, Result } from '../run/result.ts';
import type { Instance } from '../run/run.ts';
import type { CallJob } from '../syntax/model.ts';
import type { InputDeclaration } from '../syntax/triggers.ts';
import { enterGroup } from './concurrency.ts';
import { combineResults } from './legs.ts';

/** Stands for `secrets.GITHUB_TOKEN` in what a call passes on: each job that it reaches has a token of its own. */
const OWN_TOKEN = '(token of the job)';

/** The secrets of a job with its own token, also where a call passed `secrets.GITHUB_TOKEN` on. */
export function createJobSecrets(secrets: Readonly<Record<string, string>>, token: string): Record<string, string> {
  const filled = Object.entries(secrets).map(([name, value]) => [name, value.replaceAll(OWN_TOKEN, token)]);
  return { ...Object.fromEntries(filled), GITHUB_TOKEN: token };
}

/** Runs the workflow that a job calls, with its own inputs and only the secrets that the caller passes on. */
export async function runCall(
  caller: Instance,
  job: CallJob,
  call: {
    readonly name: string;
    readonly contexts: Readonly<Record<string, Plain>>;
    readonly cancellation: Cancellation;
    readonly fresh: boolean;
  },
  runInstance: (instance: Instance) => Promise<ReadonlyMap<string, JobOutcome>>,
): Promise<JobOutcome> {
  const { run } = caller;
  const { called } = job;
  const contexts = { ...call.contexts, secrets: { ...caller.secrets, GITHUB_TOKEN: OWN_TOKEN } };
  const own = called.permissions ?? job.permissions ?? caller.permissions;
  const instance: Instance = {
    run,
    workflow: called,
    names: [...caller.names, call.name],
    ids: [...caller.ids, job.id],
    inputs: readInputs(job, contexts),
    secrets: readSecrets(job, caller, contexts),
    permissions: own,
    cancellation: call.cancellation,
    fresh: call.fresh,
  };
  const scope = { contexts: { github: createGitHubContext(run), inputs: instance.inputs, vars: run.vars } };
  const leave = await enterGroup(called.concurrency, scope, run.scheduler, instance.cancellation);
  if (!leave) return { result: 'cancelled', outputs: {}, fresh: true };
  try {
    const outcomes = await runInstance(instance);
    const outcome = { result: computeResult(outcomes), outputs: readOutputs(job, instance, outcomes) };
    run.calls.set(instance.names.join(' / '), outcome);
    return { ...outcome, fresh: [...outcomes.values()].some(({ fresh }) => fresh) };
  } finally {
    leave();
  }
}

function computeResult(outcomes: ReadonlyMap<string, JobOutcome>): Result {
  return combineResults([...outcomes.values()].map(({ result }) => result));
}

function readInputs(job: CallJob, contexts: Readonly<Record<string, Plain>>): Record<string, Plain> {
  const declared = job.called.call?.inputs ?? new Map<string, InputDeclaration>();
  const given = new Map([...job.with].map(([name, token]) => [name.toLowerCase(), token]));
  return Object.fromEntries(
    [...declared].map(([name, declaration]) => {
      const token = given.get(name.toLowerCase()) ?? declaration.default;
      const value = token ? evaluateToken(token, { contexts }) : EMPTY[declaration.type];
      return [name, coerceInput(name, value ?? EMPTY[declaration.type], declaration.type)];
    }),
  );
}

const EMPTY = { string: '', boolean: false, number: 0, choice: '', environment: '' } as const;

function coerceInput(name: string, value: Plain, type: InputDeclaration['type']): Plain {
  if (type === 'boolean' || type === 'number') {
    if (typeof value !== type) throw new Error(`Unexpected value '${String(value)}' for the ${type} input '${name}'`);
    return value;
  }
  if (value !== null && typeof value === 'object') throw new Error(`Unexpected value for the string input '${name}'`);
  return String(value);
}

function readSecrets(
  job: CallJob,
  caller: Instance,
  contexts: Readonly<Record<string, Plain>>,
): Record<string, string> {
  if (job.secrets === 'inherit') return { ...caller.secrets };
  const passed = [...job.secrets].map(([name, token]) => [name, evaluateText(token, { contexts })] as const);
  return Object.fromEntries(passed.filter(([, value]) => value !== ''));
}

function readOutputs(
  job: CallJob,
  instance: Instance,
  outcomes: ReadonlyMap<string, JobOutcome>,
): Record<string, string> {
  const contexts = {
    github: createGitHubContext(instance.run),
    inputs: instance.inputs,
    jobs: Object.fromEntries([...outcomes].map(([id, { result, outputs }]) => [id, { result, outputs }])),
    vars: instance.run.vars,
  };
  const declared = [...(job.called.call?.outputs ?? [])];
  return Object.fromEntries(declared.map(([name, token]) => [name, evaluateText(token, { contexts })]));
}
