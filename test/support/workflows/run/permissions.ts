import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/index';
import { readPairs } from '../syntax/keys.ts';

export type Level = 'none' | 'read' | 'write';

/** What a token may do, by the names of `permissions:`; a name that is absent is none. */
export type Permissions = Readonly<Record<string, Level>>;

// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions
const SCOPES = [
  ...['actions', 'artifact-metadata', 'attestations', 'checks', 'contents', 'deployments', 'discussions', 'id-token'],
  ...['issues', 'models', 'packages', 'pages', 'pull-requests', 'repository-projects', 'security-events', 'statuses'],
];
const NO_READ = ['id-token'];
const NO_WRITE = ['models'];
const ORDER: Readonly<Record<Level, number>> = { none: 0, read: 1, write: 2 };

/**
 * The token where neither the workflow nor the job names permissions, with the restricted default of a new repository
 * (https://docs.github.com/en/actions/tutorials/authenticate-with-github_token).
 */
export const RESTRICTED: Permissions = { contents: 'read', packages: 'read' };

/** Reads `permissions:`; undefined when absent, which is not the same as `{}`. */
export function readPermissions(token: TemplateToken | undefined): Permissions | undefined {
  if (token === undefined) return undefined;
  if (token.isScalar) return createAll(token.assertString('permissions').value === 'write-all' ? 'write' : 'read');
  return Object.fromEntries(
    readPairs(token).map(([scope, level]) => [scope, level.assertString('level').value as Level]),
  );
}

/** Which requests go beyond what is granted, as GitHub words them: `checks: write`, but is only allowed `checks: none`. */
export function findExcess(asked: Permissions, granted: Permissions): string[] {
  return Object.entries(asked).flatMap(([scope, level]) => {
    const allowed = granted[scope] ?? 'none';
    return ORDER[level] > ORDER[allowed] ? [`'${scope}: ${level}', but is only allowed '${scope}: ${allowed}'`] : [];
  });
}

/** A pull request from a fork turns every write into a read. */
export function withoutWrites(permissions: Permissions): Permissions {
  return Object.fromEntries(
    Object.entries(permissions).map(([scope, level]) => {
      if (level !== 'write') return [scope, level];
      return [scope, NO_READ.includes(scope) ? 'none' : 'read'];
    }),
  );
}

/** Only the scopes that give something. */
export function dropNone(permissions: Permissions): Record<string, 'read' | 'write'> {
  const given = Object.entries(permissions).filter((entry): entry is [string, 'read' | 'write'] => entry[1] !== 'none');
  return Object.fromEntries(given);
}

function createAll(level: 'read' | 'write'): Permissions {
  return Object.fromEntries(
    SCOPES.filter((scope) => level === 'write' || !NO_READ.includes(scope)).map((scope) => [
      scope,
      NO_WRITE.includes(scope) ? 'read' : level,
    ]),
  );
}
