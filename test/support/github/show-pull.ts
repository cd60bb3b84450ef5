import { findAssociation } from './association.ts';
import type { PullRecord } from './records/pulls.ts';
import type { RepositoryState } from './repository.ts';
import { showAccount } from './show-account.ts';
import { showRepository } from './show-repository.ts';
import { writeTime } from './world.ts';

/** A pull request as lists and webhooks have it (`pull-request-simple`). */
export function showPull(repository: RepositoryState, pull: PullRecord): Record<string, unknown> {
  const { world } = repository;
  const url = `${repository.apiUrl}/pulls/${pull.number}`;
  const issueUrl = `${repository.apiUrl}/issues/${pull.number}`;
  const htmlUrl = `${repository.htmlUrl}/pull/${pull.number}`;
  const statusesUrl = `${repository.apiUrl}/statuses/${pull.head.sha}`;
  const links = {
    self: url,
    html: htmlUrl,
    issue: issueUrl,
    comments: `${issueUrl}/comments`,
    review_comments: `${url}/comments`,
    review_comment: `${repository.apiUrl}/pulls/comments{/number}`,
    commits: `${url}/commits`,
    statuses: statusesUrl,
  };
  return {
    id: pull.id,
    node_id: `PR_${pull.id}`,
    number: pull.number,
    state: pull.state,
    locked: false,
    title: pull.title,
    body: pull.body,
    user: showAccount(world, pull.author),
    author_association: findAssociation(repository, pull.author),
    draft: pull.draft,
    labels: pull.labels.map((name, index) => showLabel(repository, name, index)),
    created_at: writeTime(pull.created),
    updated_at: writeTime(pull.updated),
    closed_at: pull.state === 'closed' ? writeTime(pull.updated) : null,
    merged_at: pull.merged ? writeTime(pull.updated) : null,
    merge_commit_sha: pull.merge ?? null,
    assignee: null,
    assignees: [],
    milestone: null,
    active_lock_reason: null,
    auto_merge: null,
    requested_reviewers: pull.requestedReviewers.map((login) => showAccount(world, login)),
    requested_teams: [],
    head: showEnd(pull.head.repository, pull.head.ref, pull.head.sha),
    base: showEnd(repository, pull.base.ref, pull.base.sha),
    url,
    html_url: htmlUrl,
    diff_url: `${htmlUrl}.diff`,
    patch_url: `${htmlUrl}.patch`,
    issue_url: issueUrl,
    commits_url: links.commits,
    comments_url: links.comments,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    statuses_url: statusesUrl,
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
  };
}

/** What a single pull request has beyond one in a list. `mergeable` is never null here: it is known at once. */
export function showWholePull(
  repository: RepositoryState,
  pull: PullRecord,
  counts: { commits: number; changed_files: number; additions: number; deletions: number; comments: number },
): Record<string, unknown> {
  return {
    ...showPull(repository, pull),
    ...counts,
    merged: pull.merged,
    merged_by: null,
    mergeable: pull.merge !== undefined,
    mergeable_state: pull.merge === undefined ? 'dirty' : pull.draft ? 'draft' : 'clean',
    rebaseable: pull.merge !== undefined,
    review_comments: 0,
    maintainer_can_modify: false,
  };
}

/** A label as GitHub shows it. */
export function showLabel(repository: RepositoryState, name: string, id = 1): Record<string, unknown> {
  return {
    id,
    node_id: `LA_${name}`,
    url: `${repository.apiUrl}/labels/${encodeURIComponent(name)}`,
    name,
    description: null,
    color: 'ededed',
    default: false,
  };
}

function showEnd(repository: RepositoryState, ref: string, sha: string): Record<string, unknown> {
  return {
    label: `${repository.owner}:${ref}`,
    ref,
    sha,
    user: showAccount(repository.world, repository.owner),
    repo: showRepository(repository),
  };
}
