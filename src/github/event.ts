import { Ajv, type ValidateFunction } from 'ajv';
import Type, { type Static, type TSchema } from 'typebox';
import { UserMistake } from '../errors.ts';

/** The events that say what to judge. */
export const EVENTS = ['pull_request', 'pull_request_review', 'merge_group', 'push', 'workflow_run'] as const;
export type EventName = (typeof EVENTS)[number];

const Sha = Type.String({ pattern: '^[0-9a-f]{40}([0-9a-f]{24})?$' });
const Id = Type.Integer({ minimum: 1 });
const Repo = Type.Object({ id: Id, full_name: Type.String() });

/** A pull request as events and the API tell it, as far as we look. `repo` is null when a fork was deleted. */
export const PullRequest = Type.Object({
  number: Id,
  state: Type.Enum(['open', 'closed']),
  draft: Type.Optional(Type.Boolean()),
  user: Type.Union([Type.Object({ login: Type.String() }), Type.Null()]),
  head: Type.Object({ sha: Sha, ref: Type.String(), repo: Type.Union([Repo, Type.Null()]) }),
  base: Type.Object({ sha: Sha, ref: Type.String(), repo: Repo }),
});
export type PullRequest = Static<typeof PullRequest>;

const PullRequestEvent = Type.Object({ pull_request: PullRequest, repository: Repo });

/** The parts of each event's payload that we look at; GitHub sends more, and may add to it at any time. */
export const PAYLOADS = {
  pull_request: PullRequestEvent,
  pull_request_review: PullRequestEvent,
  merge_group: Type.Object({
    merge_group: Type.Object({ head_sha: Sha, head_ref: Type.String(), base_sha: Sha, base_ref: Type.String() }),
    repository: Repo,
  }),
  push: Type.Object({
    ref: Type.String(),
    after: Type.String(),
    deleted: Type.Boolean(),
    repository: Repo,
  }),
  workflow_run: Type.Object({
    action: Type.String(),
    workflow_run: Type.Object({ id: Id, run_attempt: Id }),
    repository: Repo,
  }),
} as const satisfies Record<EventName, TSchema>;

const compiled = new Map<EventName, ValidateFunction>();

/** Reads the payload of an event. Throws a UserMistake that says what is missing. */
export function parsePayload<E extends EventName>(event: E, payload: unknown): Static<(typeof PAYLOADS)[E]> {
  const validate =
    compiled.get(event) ?? new Ajv({ strict: true, strictTypes: false }).compile(PAYLOADS[event] as TSchema);
  compiled.set(event, validate);
  if (validate(payload)) return payload as Static<(typeof PAYLOADS)[E]>;
  const [error] = validate.errors ?? [];
  const found = `the payload of ${event} is not as GitHub sends it: ${error?.instancePath || '/'} ${error?.message ?? ''}`;
  throw new UserMistake({ found, fix: 'Leave GITHUB_EVENT_PATH as GitHub sets it.' });
}

/** The event, when it is one of ours. Throws a UserMistake that lists them otherwise. */
export function checkEvent(event: string): EventName {
  const known = EVENTS.find((name) => name === event);
  if (known !== undefined) return known;
  const fix = `Start the workflow on one of: ${EVENTS.join(', ')}.`;
  throw new UserMistake({ found: `the event ${event} does not say what to judge`, fix });
}
