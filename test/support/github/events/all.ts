import { createMergeGroupEvent, createPushEvent } from './commits.ts';
import { createRepositoryDispatchEvent, createWorkflowDispatchEvent } from './dispatches.ts';
import { createIssueCommentEvent } from './issue-comment.ts';
import { createPullRequestEvent, createReviewEvent } from './pull-request.ts';
import { createWorkflowRunEvent } from './workflow-run.ts';

/** Payloads of webhooks, of things as they are now, each checked with GitHub's description of its webhook. */
export const events = {
  pullRequest: createPullRequestEvent,
  pullRequestReview: createReviewEvent,
  issueComment: createIssueCommentEvent,
  push: createPushEvent,
  mergeGroup: createMergeGroupEvent,
  workflowRun: createWorkflowRunEvent,
  workflowDispatch: createWorkflowDispatchEvent,
  repositoryDispatch: createRepositoryDispatchEvent,
};
