import { posix } from 'node:path';
import { normaliseLogin } from '../config/logins.ts';
import type { Approval } from '../config/schema/governance.ts';
import type { Config } from '../config/schema/modelgate.ts';
import { describeApprovers } from '../gate/control-text.ts';
import { countApprovals } from './approval-count.ts';
import { admitAny, admitCodeOwners, admitMaintainers, admitTeam, admitUsers, joinLines } from './approvers.ts';
import { findOwners, parseCodeOwners } from './code-owners.ts';
import type { Finding } from './finding.ts';
import type { ApprovalFacts, GovernanceFiles } from './sources.ts';

type Approvals = GovernanceFiles['approvals'];

/**
 * Decides whether enough of those who may approve have approved the head commit of the pull request. `file` is the
 * modelgate.yml from the root of the repository: paths in it are relative to its folder.
 */
export function decideApproval(approval: Approval, approvals: Approvals, file: string): Finding {
  const facts = requireFacts(approvals);
  if ('outcome' in facts) return facts;
  const { users = [], teams = [], 'code-owners-of': owned, count = 1 } = approval;
  const owners = owned === undefined ? undefined : admitCodeOwners(resolvePath(file, owned), facts);
  if (owned !== undefined && owners === undefined && users.length + teams.length === 0) {
    return { outcome: 'cannot-measure', reason: `${describeNoOwner(owned, facts)}; add a line for it there.` };
  }
  const admits = admitAny([
    admitUsers(users),
    ...teams.map((team) => admitTeam(team, facts)),
    ...(owners === undefined ? [] : [owners]),
  ]);
  return countApprovals({ count, admits, from: describeApprovers(approval) }, facts);
}

/**
 * Decides whether a first modelgate.yml, which judges itself, is approved by somebody who answers for it: a code owner of
 * the file by the base’s CODEOWNERS, and where that names none, somebody who may maintain the repository.
 */
export function decideBootstrap(approvals: Approvals, file: string): Finding {
  const facts = requireFacts(approvals);
  if ('outcome' in facts) return facts;
  const owners = admitCodeOwners(file, facts);
  const from =
    owners === undefined ? 'somebody who may maintain or administer the repository' : `a code owner of ${file}`;
  return countApprovals({ count: 1, admits: owners ?? admitMaintainers(facts), from }, facts);
}

/**
 * The teams whose members the approvals ask for, as `org/team` in lower case: those of the controls, and the owners of
 * the files that they name by the base’s CODEOWNERS. `file` is the modelgate.yml from the root of the repository.
 */
export function listAskedTeams(
  config: Config,
  file: string,
  codeOwners: string | undefined,
  { bootstrap = false }: { readonly bootstrap?: boolean } = {},
): string[] {
  const rules = parseCodeOwners(codeOwners ?? '');
  const approvals = (config.governance?.controls ?? []).flatMap(({ approval }) => approval ?? []);
  const named = approvals.flatMap(({ 'code-owners-of': owned }) =>
    owned === undefined ? [] : resolvePath(file, owned),
  );
  const owners = [...named, ...(bootstrap ? [file] : [])].flatMap((path) =>
    'fault' in rules ? [] : findOwners(rules, path),
  );
  const teams = [
    ...approvals.flatMap((approval) => (approval.teams ?? []).map(normaliseLogin)),
    ...owners.flatMap((owner) => (owner.kind === 'team' ? [owner.team] : [])),
  ];
  return [...new Set(teams)];
}

function requireFacts(approvals: Approvals): ApprovalFacts | Finding {
  if (approvals === undefined) {
    const reason =
      'Approvals are counted where a pull request is judged. There is none here: this is a push, or a run outside of GitHub.';
    return { outcome: 'cannot-measure', reason };
  }
  if (!('fault' in approvals)) return approvals;
  return { outcome: 'cannot-measure', reason: `The approvals could not be looked up: ${joinLines(approvals.fault)}.` };
}

function describeNoOwner(path: string, { codeOwners }: ApprovalFacts): string {
  if (codeOwners === undefined) return `The base branch has no CODEOWNERS, so ${path} has no owner`;
  const rules = parseCodeOwners(codeOwners);
  return 'fault' in rules ? `${rules.fault}` : `CODEOWNERS of the base branch names no owner of ${path}`;
}

function resolvePath(file: string, path: string): string {
  return posix.join(posix.dirname(file), path);
}
