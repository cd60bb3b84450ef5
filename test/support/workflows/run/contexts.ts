import type { Plain } from '../expressions/values.ts';
import type { Run } from './run.ts';

type Context = Readonly<Record<string, Plain>>;

/**
 * `github` before a job adds its own; in a called workflow it is the caller's.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#github-context
 */
export function createGitHubContext(run: Run): Context {
  const { event, repository, workflow, services } = run;
  const [owner = '', name = ''] = repository.fullName.split('/');
  const pullRequest = readRecord(event.payload['pull_request']);
  return {
    action_ref: '',
    action_repository: '',
    actor: run.actor,
    actor_id: String(computeActorId(run.actor)),
    api_url: services.apiUrl,
    base_ref: pullRequest ? String(readRecord(pullRequest['base'])?.['ref'] ?? '') : '',
    event: event.payload as Plain,
    event_name: event.name,
    graphql_url: `${services.apiUrl}/graphql`,
    head_ref: pullRequest ? String(readRecord(pullRequest['head'])?.['ref'] ?? '') : '',
    ref: event.ref,
    ref_name: event.ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    ref_protected: false,
    ref_type: event.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    repository: repository.fullName,
    repository_id: String(repository.id),
    repository_name: name,
    repository_owner: owner,
    repository_owner_id: String(repository.ownerId),
    repository_visibility: repository.private ? 'private' : 'public',
    repositoryUrl: `${services.serverUrl}/${repository.fullName}.git`,
    retention_days: '90',
    run_attempt: String(run.attempt),
    run_id: String(run.id),
    run_number: String(run.number),
    secret_source: run.untrusted ? 'None' : 'Actions',
    server_url: services.serverUrl,
    sha: event.sha,
    triggering_actor: run.actor,
    workflow: workflow.name ?? workflow.path,
    workflow_ref: `${repository.fullName}/${workflow.path}@${event.ref}`,
    workflow_sha: event.sha,
  };
}

// The keys of `github` that a step has as variables, by the runner's list.
const VARIABLES = [
  ...['action', 'action_path', 'action_ref', 'action_repository', 'actor', 'actor_id', 'api_url', 'base_ref'],
  ...['event_name', 'event_path', 'graphql_url', 'head_ref', 'job', 'ref', 'ref_name', 'ref_protected', 'ref_type'],
  ...['repository', 'repository_id', 'repository_owner', 'repository_owner_id', 'retention_days', 'run_attempt'],
  ...['run_id', 'run_number', 'server_url', 'sha', 'triggering_actor', 'workflow', 'workflow_ref', 'workflow_sha'],
  'workspace',
];

/** `GITHUB_*` of a step. */
export function createGitHubVariables(github: Context): Record<string, string> {
  const present = VARIABLES.filter((name) => github[name] !== undefined);
  return Object.fromEntries(present.map((name) => [`GITHUB_${name.toUpperCase()}`, String(github[name])]));
}

/** Whether GitHub trusts the event with secrets and write tokens: not a pull request from another repository. */
export function isUntrusted(event: Run['event'], repositoryId: number, actor: string): boolean {
  // https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#pull_request
  if (!['pull_request', 'pull_request_review', 'pull_request_review_comment'].includes(event.name)) return false;
  const head = readRecord(readRecord(event.payload['pull_request'])?.['head']);
  return readRecord(head?.['repo'])?.['id'] !== repositoryId || actor === 'dependabot[bot]';
}

/** An object of a payload; undefined for anything else. */
export function readRecord(value: unknown): { readonly [key: string]: Plain | undefined } | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as { readonly [key: string]: Plain | undefined })
    : undefined;
}

function computeActorId(login: string): number {
  return [...login].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_000_007, 7);
}
