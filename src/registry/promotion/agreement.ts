import { posix } from 'node:path';
import { normaliseLogin } from '../../config/logins.ts';
import type { Stage } from '../../config/stages.ts';
import type { StageApproval } from '../../evidence/schema/ledger.ts';
import { describeApprovers } from '../../gate/control-text.ts';
import { mayWrite } from '../../github/permissions.ts';
import { admitAny, admitCodeOwners, admitTeam, admitUsers, type Circle } from '../../governance/approvers.ts';
import type { ApprovalFacts } from '../../governance/sources.ts';
import { type Askers, isBot, listAskers } from './asked.ts';

/** What was looked up about those who agreed. */
export interface AgreementFacts {
  /** Whether the stage's environment has reviewers who must agree before a job starts in it. */
  readonly reviewed: boolean;
  /**
   * Whether the run asked in another attempt than its first. GitHub keeps one list of reviews for all attempts, without
   * times, so nobody can tell what they were about: none is among `given`.
   */
  readonly again?: boolean;
  /** Who agreed, each time; neither bots nor edited comments are among them. */
  readonly given: readonly StageApproval[];
  /** What those may do, who is in the teams, and who owns which file. */
  readonly people: Pick<ApprovalFacts, 'owners' | 'teams' | 'codeOwners'>;
  /** The folder of modelgate.yml from the root of the repository: `code-owners-of` is relative to it. */
  readonly folder: string;
}

/** Whether enough people agreed; `by` says how those who are missing can. */
export type Agreement =
  | { readonly state: 'needless' }
  | { readonly state: 'given'; readonly approvals: readonly StageApproval[] }
  | {
      readonly state: 'missing';
      /** Undefined where nobody is asked, whatever anybody says. */
      readonly by: 'environment' | 'issue' | undefined;
      readonly reason: string;
      readonly fix: string;
      /** Who agreed and does not count, and why. */
      readonly refused: readonly { readonly login: string; readonly why: string }[];
    };

/**
 * Counts who agreed to a promotion. Whoever asked for it never counts. With `approval` in modelgate.yml its people count,
 * and where it names none, whoever may write; without, whoever GitHub let answer for the environment.
 */
export function countAgreement(stage: Stage, asked: Askers, facts: AgreementFacts): Agreement {
  const { approval } = stage;
  if (approval === undefined && !facts.reviewed) return { state: 'needless' };
  const askers = listAskers(asked);
  const bot = askers.find(isBot);
  if (bot !== undefined) return refuseBot(stage, bot);
  const admits = admitApprovers(stage, facts);
  const judged = facts.given.map((one) => ({ ...one, why: refuse(one, stage, askers, admits) }));
  const counted = new Map(
    judged.filter(({ why }) => why === undefined).map(({ why: _why, ...one }) => [normaliseLogin(one.login), one]),
  );
  const count = approval?.count ?? 1;
  if (counted.size >= count) return { state: 'given', approvals: [...counted.values()] };
  const refused = judged.flatMap(({ login, why }) => (why === undefined ? [] : [{ login, why }]));
  const answered = facts.given.some(({ by }) => by === 'environment');
  const by = facts.reviewed && !answered ? 'environment' : 'issue';
  const who = (approval && describeApprovers(approval)) || (by === 'issue' ? 'somebody who may write' : 'a reviewer');
  const open = count - counted.size;
  const others = refused.map(({ login, why }) => `; ${login} ${why}`).join('');
  const reason = `${stage.name} needs ${open === 1 ? 'an approval' : `${open} approvals`} more, from ${who} and not from ${askers.join(' or ')}${others}`;
  if (facts.reviewed && facts.again) return { state: 'missing', by: undefined, reason, fix: NEW_RUN, refused };
  return { state: 'missing', by, reason, fix: by === 'environment' ? tellReviewers(stage) : BY_ISSUE, refused };
}

const BY_ISSUE =
  'Start the workflow model-promote: it opens an issue, in which one of them comments `/approve`. On a laptop nobody can approve.';

const NEW_RUN =
  'Start a new run of the workflow: what the reviewers of an environment said to another attempt of this one may have been about another version.';

function refuseBot({ name }: Stage, bot: string): Agreement {
  const reason = `${name} needs an approval, and ${bot} asks: nobody can tell which person must not give it`;
  return {
    state: 'missing',
    by: undefined,
    reason,
    fix: 'Start the workflow yourself, with no token of an app.',
    refused: [],
  };
}

function tellReviewers({ environment }: Stage): string {
  return `Start the workflow model-promote: GitHub then asks the reviewers of the environment ${environment}.`;
}

/** Who may approve. */
function admitApprovers({ approval }: Stage, { people, reviewed, folder }: AgreementFacts): Circle {
  const { users = [], teams = [], 'code-owners-of': owned } = approval ?? {};
  const facts: ApprovalFacts = { ...people, headSha: '', author: '', coAuthors: [], reviews: [] };
  const owners = owned === undefined ? undefined : admitCodeOwners(posix.join(folder, owned), facts);
  const named = [
    ...(users.length > 0 ? [admitUsers(users)] : []),
    ...teams.map((team) => admitTeam(team, facts)),
    ...(owners === undefined ? [] : [owners]),
  ];
  if (named.length > 0) return admitAny(named);
  // GitHub itself keeps everybody else from answering for an environment.
  if (approval === undefined && reviewed) return () => ({ may: 'yes' });
  if (owned !== undefined) return () => ({ may: 'no', why: `${owned} has no code owner` });
  return (login) => {
    const role = people.owners.get(normaliseLogin(login));
    if (role === undefined) return { may: 'unknown', why: 'has a permission that GitHub does not tell this token' };
    return mayWrite(role) ? { may: 'yes' } : { may: 'no', why: 'may not write to the repository' };
  };
}

function refuse(
  { login, by }: StageApproval,
  { approval, environment }: Stage,
  askers: readonly string[],
  admits: Circle,
): string | undefined {
  if (askers.some((asker) => normaliseLogin(asker) === normaliseLogin(login))) return 'asked for it';
  if (approval === undefined && by === 'issue')
    return `commented, and the environment ${environment} asks its reviewers`;
  const { may, why } = admits(login);
  return may === 'yes' ? undefined : (why ?? 'is not among those who may approve');
}
