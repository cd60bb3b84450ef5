import { readFile } from 'node:fs/promises';
import { messageOf, UserMistake } from '../errors.ts';
import { parseRepositoryName, type Repository } from './repository.ts';

/** What GitHub tells a job about itself. */
export interface RunContext {
  readonly repository: Repository;
  /** The name of the event: `pull_request`. */
  readonly event: string;
  readonly action?: string;
  readonly runId: number;
  readonly attempt: number;
  readonly sha: string;
  /** `.github/workflows/x.yml` of the workflow that the event started, also inside a reusable one. */
  readonly workflowPath: string;
  readonly serverUrl: string;
  readonly apiUrl: string;
  /** The branch that baselines come from. */
  readonly defaultBranch: string;
  /** The event as GitHub sent it, not yet looked at (`event.ts`). */
  readonly payload: unknown;
}

/** Reads the context from a job's environment and its event file. Throws a UserMistake outside of GitHub Actions. */
export async function readRunContext(environment: NodeJS.ProcessEnv): Promise<RunContext> {
  const take = (name: string) => environment[name] || refuse(name, 'is not set');
  const count = (name: string) => readCount(take(name)) ?? refuse(name, 'is not a number');
  const fullName = take('GITHUB_REPOSITORY');
  const name = parseRepositoryName(fullName) ?? refuse('GITHUB_REPOSITORY', 'is not owner/name');
  const payload = await readPayload(take('GITHUB_EVENT_PATH'));
  const action = readAction(payload);
  return {
    repository: { ...name, fullName, id: count('GITHUB_REPOSITORY_ID') },
    event: take('GITHUB_EVENT_NAME'),
    ...(action !== undefined && { action }),
    runId: count('GITHUB_RUN_ID'),
    attempt: count('GITHUB_RUN_ATTEMPT'),
    sha: take('GITHUB_SHA'),
    workflowPath: readWorkflowPath(take('GITHUB_WORKFLOW_REF'), fullName),
    serverUrl: take('GITHUB_SERVER_URL'),
    apiUrl: take('GITHUB_API_URL'),
    defaultBranch: readDefaultBranch(payload) ?? refuse('GITHUB_EVENT_PATH', 'names no default branch'),
    payload,
  };
}

/** The path in `owner/name/.github/workflows/x.yml@refs/heads/main`. */
function readWorkflowPath(ref: string, fullName: string): string {
  const path = ref.toLowerCase().startsWith(`${fullName.toLowerCase()}/`) ? ref.slice(fullName.length + 1) : '';
  const [, workflow] = /^(\.github\/workflows\/[^/]+\.ya?ml)@/.exec(path) ?? [];
  return workflow ?? refuse('GITHUB_WORKFLOW_REF', `does not name a workflow of ${fullName}`);
}

async function readPayload(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    return refuse('GITHUB_EVENT_PATH', `cannot be read as JSON (${messageOf(error)})`);
  }
}

function readAction(payload: unknown): string | undefined {
  const action = typeof payload === 'object' && payload !== null && 'action' in payload ? payload.action : undefined;
  return typeof action === 'string' ? action : undefined;
}

/** Every event of a repository carries it. */
function readDefaultBranch(payload: unknown): string | undefined {
  const { repository } = (payload ?? {}) as { repository?: { default_branch?: unknown } };
  return typeof repository?.default_branch === 'string' ? repository.default_branch : undefined;
}

function readCount(text: string): number | undefined {
  const count = Number(text);
  return /^\d+$/.test(text) && Number.isSafeInteger(count) ? count : undefined;
}

function refuse(name: string, fault: string): never {
  const fix = 'This works in a job of GitHub Actions only, which sets it.';
  throw new UserMistake({ found: `the environment variable ${name} ${fault}`, fix });
}
