/** Full refs (`refs/heads/main`) whose caches a job may read, in the order of the search, and those it may write. */
export interface CacheScope {
  readonly read: readonly string[];
  readonly write: readonly string[];
}

/**
 * Events that outsiders can cause on the default branch: since 26 June 2026 their tokens only read its caches
 * (GitHub's changelog of that day). A `release` or `pull_request` has a scope of its own and keeps writing.
 */
const READ_ONLY = new Set([
  'pull_request_target',
  'issue_comment',
  'issues',
  'workflow_run',
  'pull_request_review',
  'pull_request_review_comment',
  'discussion',
  'discussion_comment',
  'fork',
  'watch',
]);

/**
 * The caches of a job (docs.github.com, "Dependency caching", restrictions): its own ref, then the base branch of a
 * pull request, then the default branch; it writes to its own ref only.
 */
export function computeCacheScope(job: {
  readonly event: string;
  /** `refs/pull/7/merge` for a pull request. */
  readonly ref: string;
  readonly defaultBranch: string;
  readonly baseBranch?: string;
}): CacheScope {
  const branches = [job.baseBranch, job.defaultBranch].flatMap((name) => (name ? [`refs/heads/${name}`] : []));
  const ownIsDefault = job.ref === `refs/heads/${job.defaultBranch}`;
  return {
    read: [...new Set([job.ref, ...branches])],
    write: ownIsDefault && READ_ONLY.has(job.event) ? [] : [job.ref],
  };
}

/** The value of `ACTIONS_CACHE_MODE` that the runner gives beside a token with this scope. */
export function computeCacheMode(scope: CacheScope): 'none' | 'read' | 'write' | 'write-only' {
  if (scope.write.length > 0) return scope.read.length > 0 ? 'write' : 'write-only';
  return scope.read.length > 0 ? 'read' : 'none';
}
