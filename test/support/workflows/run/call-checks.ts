import { StartupFailure, WorkflowError } from '../problems.ts';
import type { CallJob, Workflow } from '../syntax/model.ts';
import { findExcess, type Permissions } from './permissions.ts';

/**
 * Checks every call before the run starts: a called workflow may ask for no more than its caller has, and gets only
 * inputs and secrets that it declares. Throws a `StartupFailure` for the first, a `WorkflowError` for the second.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/reusing-workflow-configurations
 */
export function checkCalls(workflow: Workflow, fallback: Permissions): void {
  const excess: string[] = [];
  const mistakes: string[] = [];

  function visit(current: Workflow, granted: Permissions): void {
    for (const job of current.jobs.values()) {
      if (job.kind !== 'call') continue;
      mistakes.push(...findMistakes(job));
      const given = job.permissions ?? current.permissions ?? granted;
      excess.push(...findExcessOfCall(job, given));
      visit(job.called, job.called.permissions ?? given);
    }
  }
  visit(workflow, fallback);
  if (mistakes.length > 0) throw new WorkflowError(mistakes);
  if (excess.length > 0) throw new StartupFailure(excess);
}

function findExcessOfCall({ called, uses }: CallJob, granted: Permissions): string[] {
  const say = (who: string, found: string[]) =>
    found.map((excess) => `Error calling workflow '${uses}'. ${who} is requesting ${excess}.`);
  const own = say('The workflow', findExcess(called.permissions ?? {}, granted));
  const jobs = [...called.jobs.values()].flatMap((job) =>
    say(`The nested job '${job.id}'`, findExcess(job.permissions ?? {}, granted)),
  );
  return [...own, ...jobs];
}

function findMistakes(job: CallJob): string[] {
  const { inputs, secrets } = job.called.call ?? { inputs: new Map(), secrets: new Map() };
  const fail = (message: string) => `Job '${job.id}' calls ${job.uses}: ${message}`;
  const given = new Set([...job.with.keys()].map((name) => name.toLowerCase()));
  const known = new Set([...inputs.keys()].map((name) => name.toLowerCase()));
  const mistakes = [...given].filter((name) => !known.has(name)).map((name) => fail(`no input '${name}'`));
  for (const [name, input] of inputs) {
    if (input.required && !given.has(name.toLowerCase())) mistakes.push(fail(`input '${name}' is required`));
  }
  if (job.secrets === 'inherit') return mistakes;
  const passed = [...job.secrets.keys()].map((name) => name.toLowerCase());
  const declared = new Map([...secrets].map(([name, required]) => [name.toLowerCase(), required]));
  mistakes.push(...passed.filter((name) => !declared.has(name)).map((name) => fail(`no secret '${name}'`)));
  for (const [name, required] of declared) {
    if (required && !passed.includes(name)) mistakes.push(fail(`secret '${name}' is required`));
  }
  return mistakes;
}
