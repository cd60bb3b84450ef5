import type { Cancellation } from './run/cancellation.ts';
import { isUntrusted } from './run/contexts.ts';
import { type RegisteredRun, registerRun } from './run/github-services.ts';
import { loadWorkflow } from './run/library.ts';
import type { Machine } from './run/machine.ts';
import { GITHUB_DELAYS } from './run/process.ts';
import type { Run } from './run/run.ts';
import { Scheduler } from './run/scheduler.ts';
import { createNoServices } from './run/services.ts';
import { createCommitSource, createTextSource, type Source } from './run/sources.ts';
import type { RunOptions } from './run-options.ts';
import type { Workflow } from './syntax/model.ts';

/** Reads the workflow of a run, from the event's commit or as given, with all that it calls. */
export function loadRunWorkflow(options: RunOptions, folder: string, library: Run['library']): Workflow {
  const { event, repository } = options;
  const { ref, sha } = event;
  const commit: Source | undefined =
    repository?.folder === undefined
      ? undefined
      : createCommitSource({ repository: repository.fullName, folder: repository.folder, ref, sha }, folder);
  if (typeof options.workflow === 'string') {
    if (!commit) throw new Error('A workflow by its path needs a repository');
    return loadWorkflow(options.workflow, commit, library);
  }
  const path = `.github/workflows/${options.workflow.name}`;
  return loadWorkflow(path, createTextSource(commit, path, options.workflow.content), library);
}

/** Makes the run, and registers it with the local GitHub when there is one. */
export function createRun(
  options: RunOptions,
  made: { folder: string; library: Run['library']; workflow: Workflow; cancellation: Cancellation; machine: Machine },
): Run {
  const { cancelAfter, event, repository, rerun } = options;
  const actor = options.actor ?? 'octocat';
  const repositoryId = repository?.id ?? 1;
  const untrusted = isUntrusted(event, repositoryId, actor);
  const registered = register(options, made.workflow, actor);
  const { id = 1, attempt = 1, number = 1 } = registered?.handle ?? {};
  return {
    id,
    attempt,
    number,
    workflow: made.workflow,
    event,
    repository: describeRepository(repository),
    actor,
    untrusted,
    secrets: untrusted ? {} : (options.secrets ?? {}),
    vars: options.vars ?? {},
    library: made.library,
    scheduler: options.scheduler ?? new Scheduler(),
    services: registered?.services ?? createNoServices(),
    minute: options.timeouts?.minute ?? 60_000,
    delays: { ...GITHUB_DELAYS, ...options.timeouts },
    machine: made.machine.machine,
    toolCache: made.machine.toolCache,
    containersOnHost: options.containersOnHost ?? false,
    folder: made.folder,
    report(progress) {
      options.onProgress?.(progress);
      if (cancelAfter?.(progress)) made.cancellation.request();
    },
    handle: registered?.handle,
    previous: new Map(rerun?.only === 'failed' ? Object.entries(rerun.of.jobs) : []),
    jobs: new Map(),
    calls: new Map(),
  };
}

function register(options: RunOptions, workflow: Workflow, actor: string): RegisteredRun | undefined {
  const { event, github, headRepository, repository, rerun } = options;
  if (!github || !repository) return undefined;
  const previous = rerun?.of.handle;
  if (rerun && !previous) throw new Error('The run to run again is not known to the local GitHub');
  const workflowName = workflow.name ?? workflow.path;
  const workflowPath = workflow.path;
  return registerRun({ github, repository, headRepository, event, workflowPath, workflowName, actor, previous });
}

function describeRepository(repository: RunOptions['repository']): Run['repository'] {
  if (!repository) return { fullName: 'octo/example', id: 1, ownerId: 1, private: false };
  const { fullName, id, state } = repository;
  return { fullName, id, ownerId: state.world.accounts.ensure(state.owner).id, private: state.private };
}
