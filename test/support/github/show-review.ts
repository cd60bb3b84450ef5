import { findAssociation } from './association.ts';
import type { ReviewRecord } from './records/reviews.ts';
import type { RepositoryState } from './repository.ts';
import { showAccount } from './show-account.ts';
import { writeTime } from './world.ts';

/** A review as GitHub's answers have it; webhooks write its state in small letters. */
export function showReview(repository: RepositoryState, review: ReviewRecord): Record<string, unknown> {
  const { world } = repository;
  const html = `${repository.htmlUrl}/pull/${review.pull}#pullrequestreview-${review.id}`;
  const pull = `${repository.apiUrl}/pulls/${review.pull}`;
  return {
    id: review.id,
    node_id: `PRR_${review.id}`,
    user: showAccount(world, review.login),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: pull,
    _links: { html: { href: html }, pull_request: { href: pull } },
    submitted_at: writeTime(review.submitted),
    commit_id: review.commit,
    author_association: findAssociation(repository, review.login),
  };
}
