import { keepWaitingJobs } from '../../github/records/approvals.ts';
import { type EnvironmentRecord, ensureEnvironment, keepDeployments } from '../../github/records/deployments.ts';
import type { Run as RunHandle } from '../../github/run-handle.ts';
import type { Repository } from '../../github/start.ts';
import type { Cancellation } from './cancellation.ts';
import type { RunEvent } from './run.ts';
import type { Entrance } from './services.ts';

interface Place {
  readonly repository: Repository;
  readonly handle: RunHandle;
  readonly event: RunEvent;
}

/** Holds a job back until a reviewer of its environment has decided; the run is `waiting` for so long. */
export async function enterEnvironment(
  place: Place,
  { name, deployment }: { readonly name: string; readonly deployment: boolean },
  cancellation: Cancellation,
): Promise<Entrance> {
  const environment = ensureEnvironment(place.repository.state, name);
  const entrance = environment.reviewers.length > 0 ? await wait(place, environment, cancellation) : 'entered';
  if (entrance === 'entered' && deployment) deploy(place, environment);
  return entrance;
}

async function wait({ repository, handle }: Place, environment: EnvironmentRecord, cancellation: Cancellation) {
  const { state } = repository;
  const waiting = state.part(keepWaitingJobs);
  handle.update({ status: 'waiting' });
  const entrance = await new Promise<Entrance>((resolve) => {
    const job = {
      run: handle.id,
      environment,
      since: state.world.now(),
      decide: (decision: 'approved' | 'rejected') => resolve(decision === 'approved' ? 'entered' : 'rejected'),
    };
    waiting.push(job);
    cancellation.onRequest(() => {
      if (waiting.includes(job)) waiting.splice(waiting.indexOf(job), 1);
      resolve('cancelled');
    });
  });
  handle.update({ status: 'in_progress' });
  return entrance;
}

/** What GitHub itself records of a job with an environment. */
function deploy({ repository, event }: Place, { name }: EnvironmentRecord): void {
  const { state } = repository;
  const status = { description: '', logUrl: '', environmentUrl: '', creator: 'github-actions[bot]' };
  state.part(keepDeployments).push({
    id: state.world.nextId(),
    ref: event.ref.replace(/^refs\/(heads|tags)\//, ''),
    sha: event.sha,
    task: 'deploy',
    environment: name,
    description: null,
    payload: {},
    transient: false,
    production: name === 'production',
    creator: 'github-actions[bot]',
    created: state.world.now(),
    statuses: [{ ...status, id: state.world.nextId(), state: 'in_progress', created: state.world.now() }],
  });
}
