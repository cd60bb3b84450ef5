/** What a token may be granted, by the names that `permissions:` of a workflow and GitHub's documentation use. */
export type Permission =
  | 'actions'
  | 'administration'
  | 'attestations'
  | 'checks'
  | 'contents'
  | 'deployments'
  | 'environments'
  | 'issues'
  | 'members'
  | 'metadata'
  | 'packages'
  | 'pull-requests'
  | 'statuses'
  | 'workflows';
export type Grants = Readonly<Partial<Record<Permission | (string & {}), 'read' | 'write'>>>;

/** What one operation needs: any one of `anyOf`; nothing, when only public things are read and `publicly` is true. */
export interface Need {
  readonly anyOf: readonly { readonly permission: Permission; readonly level: 'read' | 'write' }[];
  readonly publicly: boolean;
}

/** A token of a workflow never has these: GitHub has no key for them in `permissions:` of a workflow. */
export const NEVER_FOR_WORKFLOWS: ReadonlySet<string> = new Set([
  'administration',
  'environments',
  'members',
  'workflows',
]);

/**
 * The permission of each operation, by area: `<permission>:<level>` and the operations; `|` separates alternatives.
 * From "Permissions required for GitHub Apps" (docs.github.com/rest/authentication/permissions-required-for-github-apps;
 * its data is github/docs src/github-apps/data/fpt-2026-03-10/server-to-server-permissions.json). Operations that are
 * listed there under two repository permissions, each with "additional permissions", take either.
 */
const NEEDS: readonly (readonly [need: string, area: string, names: string])[] = [
  [
    'metadata:read',
    'repos',
    'get get-collaborator-permission-level! list-branches list-tags get-repo-rulesets get-repo-ruleset get-branch-rules',
  ],
  [
    'contents:read',
    'repos',
    'download-tarball-archive get-branch get-commit get-content list-commits compare-commits-with-basehead get-latest-release get-release get-release-asset get-release-by-tag list-release-assets list-releases',
  ],
  [
    'contents:write',
    'repos',
    'create-dispatch-event create-release delete-release delete-release-asset generate-release-notes update-release update-release-asset upload-release-asset',
  ],
  ['contents:read', 'git', 'get-blob get-commit get-ref get-tag get-tree list-matching-refs'],
  ['contents:write', 'git', 'create-blob create-commit create-ref create-tag create-tree delete-ref update-ref'],
  ['pull-requests:read|contents:read', 'repos', 'list-pull-requests-associated-with-commit'],
  ['pull-requests:read', 'pulls', 'get list list-commits list-files list-requested-reviewers list-reviews get-review'],
  ['pull-requests:write', 'pulls', 'create create-review update'],
  [
    'issues:read|pull-requests:read',
    'issues',
    'get get-comment list-comments list-comments-for-repo get-label list-labels-for-repo list-labels-on-issue',
  ],
  ['issues:read', 'issues', 'list-for-repo'],
  [
    'issues:write|pull-requests:write',
    'issues',
    'add-labels create-comment create-label delete-comment delete-label remove-label set-labels update update-comment update-label',
  ],
  ['issues:write', 'issues', 'create'],
  ['checks:read', 'checks', 'get get-suite list-annotations list-for-ref list-for-suite list-suites-for-ref'],
  ['checks:write', 'checks', 'create! update!'],
  ['statuses:read', 'repos', 'get-combined-status-for-ref list-commit-statuses-for-ref'],
  ['statuses:write', 'repos', 'create-commit-status'],
  [
    'actions:read',
    'actions',
    'get-artifact get-job-for-workflow-run get-pending-deployments-for-run get-reviews-for-run get-workflow get-workflow-run get-workflow-run-attempt list-artifacts-for-repo list-jobs-for-workflow-run list-jobs-for-workflow-run-attempt list-repo-workflows list-workflow-run-artifacts list-workflow-runs list-workflow-runs-for-repo',
  ],
  ['actions:read', 'actions', 'download-artifact!'],
  ['actions:write', 'actions', 'cancel-workflow-run create-workflow-dispatch delete-artifact re-run-workflow'],
  ['actions:read', 'repos', 'get-all-environments get-environment list-deployment-branch-policies'],
  [
    'administration:write',
    'repos',
    'create-deployment-branch-policy create-or-update-environment delete-an-environment create-repo-ruleset delete-repo-ruleset update-repo-ruleset enable-immutable-releases disable-immutable-releases',
  ],
  ['administration:read', 'repos', 'check-immutable-releases!'],
  ['deployments:read', 'repos', 'get-deployment get-deployment-status list-deployment-statuses list-deployments'],
  ['deployments:write', 'actions', 'review-pending-deployments-for-run'],
  ['deployments:write', 'repos', 'create-deployment create-deployment-status delete-deployment'],
  ['attestations:read', 'repos', 'list-attestations'],
  ['attestations:write', 'repos', 'create-attestation'],
  ['members:read', 'teams', 'get-by-name! get-membership-for-user-in-org! list-members-in-org!'],
];

const needs = new Map<string, Need>(
  NEEDS.flatMap(([need, area, names]) => {
    const anyOf = need.split('|').map((one) => {
      const [permission, level] = one.split(':') as [Permission, 'read' | 'write'];
      return { permission, level };
    });
    const reading = anyOf.every(({ level }) => level === 'read');
    return names
      .split(' ')
      .map(
        (name) => [`${area}/${name.replace('!', '')}`, { anyOf, publicly: reading && !name.endsWith('!') }] as const,
      );
  }),
);

/** What an operation needs. undefined: any token does, and nobody else. */
export function findNeed(operation: string): Need | undefined {
  return needs.get(operation);
}

/** Whether grants include one of the alternatives of a need; writing includes reading, and metadata is always readable. */
export function satisfies(grants: Grants, need: Need): boolean {
  return need.anyOf.some(({ permission, level }) => {
    const granted = permission === 'metadata' ? (grants['metadata'] ?? 'read') : grants[permission];
    return granted === 'write' || granted === level;
  });
}

/** The value of the header in which GitHub says what would have sufficed. */
export function writeNeed(need: Need): string {
  return need.anyOf.map(({ permission, level }) => `${permission.replaceAll('-', '_')}=${level}`).join('; ');
}
