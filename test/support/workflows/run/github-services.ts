import { computeCacheMode, computeCacheScope } from '../../github/results/cache-scopes.ts';
import type { Run as RunHandle } from '../../github/run-handle.ts';
import type { GitHub, Repository } from '../../github/start.ts';
import { readRecord } from './contexts.ts';
import { enterEnvironment } from './environments.ts';
import { dropNone } from './permissions.ts';
import type { RunEvent } from './run.ts';
import type { JobServices } from './services.ts';

/** A run as the local GitHub is told of it. */
export interface RegisteredRun {
  readonly handle: RunHandle;
  readonly services: JobServices;
}

/** What a run is registered with. */
export interface Registration {
  readonly github: GitHub;
  readonly repository: Repository;
  readonly headRepository: Repository | undefined;
  readonly event: RunEvent;
  readonly workflowPath: string;
  readonly workflowName: string;
  readonly actor: string;
  /** The attempt before. */
  readonly previous: RunHandle | undefined;
}

/** Makes the run in the local GitHub, where its jobs, their checks and its artifacts will appear. */
export function registerRun(registration: Registration): RegisteredRun {
  const handle = registration.previous?.rerun() ?? createHandle(registration);
  handle.update({ status: 'in_progress' });
  return { handle, services: createServices(registration, handle) };
}

function createHandle({ event, repository, ...rest }: Registration): RunHandle {
  const head = readRecord(readRecord(event.payload['pull_request'])?.['head']);
  const isPullRequest = head !== undefined && event.name !== 'pull_request_target';
  const headId = readRecord(head?.['repo'])?.['id'];
  if (isPullRequest && headId !== repository.id && rest.headRepository?.id !== headId) {
    throw new Error('The head of the pull request lies in another repository: pass it as headRepository');
  }
  return repository.createRun({
    workflowPath: rest.workflowPath,
    name: rest.workflowName,
    event: event.name,
    // A run of a pull request belongs to its head, though it runs on the merge.
    headSha: isPullRequest ? String(head['sha']) : event.sha,
    headBranch: isPullRequest ? String(head['ref']) : event.ref.replace(/^refs\/(heads|tags)\//, ''),
    ...(isPullRequest && rest.headRepository ? { headRepository: rest.headRepository } : {}),
    actor: rest.actor,
  });
}

function createServices({ event, github, repository }: Registration, handle: RunHandle): JobServices {
  const base = readRecord(readRecord(event.payload['pull_request'])?.['base'])?.['ref'];
  const cacheScope = computeCacheScope({
    event: event.name,
    ref: event.ref,
    defaultBranch: repository.defaultBranch,
    ...(typeof base === 'string' ? { baseBranch: base } : {}),
  });
  // The claims that an attestation rests on: https://docs.github.com/en/actions/reference/security/oidc
  const requestIdentity = (workflow: Record<string, string>) => {
    const { url, token } = github.results.createIdentityRequest({
      ...workflow,
      sub: `repo:${repository.fullName}:ref:${event.ref}`,
      repository: repository.fullName,
      repository_id: String(repository.id),
      repository_visibility: repository.state.private ? 'private' : 'public',
      event_name: event.name,
      ref: event.ref,
      sha: event.sha,
      runner_environment: 'github-hosted',
    });
    return { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token };
  };
  return {
    apiUrl: github.apiUrl,
    serverUrl: github.serverUrl,
    startJob({ name, permissions, workflowRef, workflowSha }) {
      const { 'id-token': identity, ...scopes } = dropNone(permissions);
      const token = github.createToken({ repository, permissions: scopes });
      const job = handle.addJob({ name, status: 'in_progress' });
      const { attempt, id: runId } = handle;
      const runtimeToken = github.results.createRuntimeToken({ runId, attempt, job: String(job.id), cacheScope });
      return {
        checkRunId: job.id,
        token,
        runtime: {
          ACTIONS_RUNTIME_TOKEN: runtimeToken,
          ACTIONS_RUNTIME_URL: `${github.resultsUrl}/`,
          ACTIONS_RESULTS_URL: `${github.resultsUrl}/`,
          ACTIONS_CACHE_SERVICE_V2: 'True',
          ACTIONS_CACHE_MODE: computeCacheMode(cacheScope),
          ...(identity === 'write' &&
            requestIdentity({ job_workflow_ref: workflowRef, job_workflow_sha: workflowSha })),
        },
        ended({ result }) {
          job.update({ status: 'completed', conclusion: result });
          github.tokens.revoke(token);
        },
      };
    },
    enterEnvironment: (environment, cancellation) =>
      enterEnvironment({ repository, handle, event }, environment, cancellation),
    skipJob: (name, result) => handle.addJob({ name, status: 'completed', conclusion: result }),
    runEnded: (conclusion) => handle.update({ status: 'completed', conclusion }),
  };
}
