import { countPull } from '../count-pull.ts';
import type { Repository } from '../handle.ts';
import { keepPulls } from '../records/pulls.ts';
import type { ReviewRecord } from '../records/reviews.ts';
import { showLabel, showPull, showWholePull } from '../show-pull.ts';
import { showReview } from '../show-review.ts';
import { createPayload, type Payload } from './payload.ts';

/** What happened to a pull request. */
export type PullRequestAction = 'opened' | 'synchronize' | 'reopened' | 'ready_for_review' | 'labeled';

/** `pull_request`, as of now. `before` is the old head (`synchronize`), `label` the new label (`labeled`). */
export async function createPullRequestEvent(
  { state }: Repository,
  number: number,
  action: PullRequestAction = 'opened',
  more: { sender?: string; before?: string; label?: string } = {},
): Promise<Payload> {
  const pull = findPull(state, number);
  const whole = showWholePull(state, pull, await countPull(state, pull));
  const change =
    action === 'synchronize'
      ? { before: more.before ?? '0'.repeat(40), after: pull.head.sha }
      : action === 'labeled'
        ? { label: showLabel(state, more.label ?? 'bug') }
        : {};
  const webhook = `pull-request-${action.replaceAll('_', '-')}`;
  return createPayload(webhook, state, more.sender ?? pull.author, { action, number, pull_request: whole, ...change });
}

/** `pull_request_review` of a review that `repository.addReview` gave. */
export async function createReviewEvent(
  { state }: Repository,
  review: ReviewRecord,
  action: 'submitted' | 'dismissed' = 'submitted',
): Promise<Payload> {
  const pull = findPull(state, review.pull);
  const shown = { ...showReview(state, review), state: review.state.toLowerCase() };
  const parts = { action, review: shown, pull_request: showPull(state, pull) };
  return createPayload(`pull-request-review-${action}`, state, review.login, parts);
}

function findPull(state: Repository['state'], number: number): ReturnType<Repository['pullRequest']> {
  const pull = state.part(keepPulls).find(number);
  if (pull === undefined) throw new Error(`${state.fullName} has no pull request ${number}`);
  return pull;
}
