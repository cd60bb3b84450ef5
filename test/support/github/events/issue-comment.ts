import type { Repository } from '../handle.ts';
import type { CommentRecord } from '../records/comments.ts';
import { keepIssues } from '../records/issues.ts';
import { showComment } from '../routes/comments.ts';
import { showIssue } from '../routes/issues.ts';
import { createPayload, type Payload } from './payload.ts';

/** `issue_comment` of a comment on an issue, as both are now. */
export function createIssueCommentEvent({ state }: Repository, comment: CommentRecord): Payload {
  const issue = state.part(keepIssues).find(({ number }) => number === comment.number);
  if (issue === undefined) throw new Error(`${state.fullName} has no issue ${comment.number}`);
  const place = { repository: state, world: state.world };
  return createPayload('issue-comment-created', state, comment.login, {
    action: 'created',
    issue: showIssue(place, issue),
    comment: showComment(place, comment),
  });
}
