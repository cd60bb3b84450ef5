import { normaliseLogin } from '../config/logins.ts';
import { findOwners, type Owner, parseCodeOwners } from './code-owners.ts';
import { findNoReplyLogin } from './reviewers.ts';
import type { ApprovalFacts, Permission } from './sources.ts';

/** Whether a person may approve; `why` in words for a reader, where the reader would wonder. */
export interface Standing {
  readonly may: 'yes' | 'no' | 'unknown';
  readonly why?: string;
}

/** One group of people who may approve. */
export type Circle = (login: string) => Standing;

const NO: Standing = { may: 'no' };
const YES: Standing = { may: 'yes' };
/** With less, GitHub takes nobody for a code owner. */
const WRITERS: readonly (Permission | undefined)[] = ['admin', 'maintain', 'write'];
const MAINTAINERS: readonly (Permission | undefined)[] = ['admin', 'maintain'];

/** What is needed to know who is in a team. */
export const TEAM_FIX =
  'give the workflow the token of a GitHub App with the permission `members: read` as the input `team-token`';

/** The people of a list. */
export function admitUsers(users: readonly string[]): Circle {
  const known = new Set(users.map(normaliseLogin));
  return (login) => (known.has(normaliseLogin(login)) ? YES : NO);
}

/** The members of a team, as they were looked up. */
export function admitTeam(team: string, facts: ApprovalFacts): Circle {
  const name = normaliseLogin(team);
  const members = findEntry(facts.teams, name) ?? { fault: 'nobody looked them up' };
  if (!('fault' in members)) return admitUsers(members);
  return () => ({
    may: 'unknown',
    why: `the members of ${name} are not known (${joinLines(members.fault)}); ${TEAM_FIX}`,
  });
}

/**
 * The code owners of a path from the root of the repository, by the base’s CODEOWNERS; undefined where it names none.
 * An owner who is a person needs the right to write, as on GitHub; a team is asked for its members.
 */
export function admitCodeOwners(path: string, facts: ApprovalFacts): Circle | undefined {
  const rules = parseCodeOwners(facts.codeOwners ?? '');
  const owners = 'fault' in rules ? [] : findOwners(rules, path);
  if (owners.length === 0) return undefined;
  return admitAny(owners.map((owner) => admitOwner(owner, facts)));
}

function admitOwner(owner: Owner, facts: ApprovalFacts): Circle {
  if (owner.kind === 'team') return admitTeam(owner.team, facts);
  const login = owner.kind === 'user' ? owner.login : findNoReplyLogin(owner.address);
  if (login === undefined) {
    const why = 'CODEOWNERS names an owner by an e-mail address, which tells no login; write `@login` there';
    return () => ({ may: 'unknown', why });
  }
  return (candidate) => {
    if (normaliseLogin(candidate) !== login) return NO;
    return admitByPermission(WRITERS, 'is named in CODEOWNERS and may not write to the repository')(facts)(candidate);
  };
}

/** Whoever may maintain or administer the repository. */
export const admitMaintainers = admitByPermission(MAINTAINERS, 'may not maintain the repository');

function admitByPermission(
  enough: readonly (Permission | undefined)[],
  refusal: string,
): (facts: ApprovalFacts) => Circle {
  return (facts) => (login) => {
    const permission = findEntry(facts.owners, normaliseLogin(login));
    if (permission === undefined) return { may: 'unknown', why: `the permission of ${login} is not known` };
    return enough.includes(permission) ? YES : { may: 'no', why: refusal };
  };
}

/** Whoever one of the circles admits. Unknown, with all reasons, where none does and one of them could. */
export function admitAny(circles: readonly Circle[]): Circle {
  return (login) => {
    const standings = circles.map((circle) => circle(login));
    if (standings.some(({ may }) => may === 'yes')) return YES;
    const open = standings.filter(({ may }) => may === 'unknown');
    const whys = [...new Set((open.length > 0 ? open : standings).flatMap(({ why }) => why ?? []))];
    return { may: open.length > 0 ? 'unknown' : 'no', ...(whys.length > 0 ? { why: whys.join('; ') } : {}) };
  };
}

/** A fault as a part of a sentence: on one line, without its full stop. */
export function joinLines(fault: string): string {
  return fault.trim().replace(/\s+/g, ' ').replace(/\.$/, '');
}

/** The entry of a key, whatever the case of the keys. */
function findEntry<T>(entries: ReadonlyMap<string, T>, key: string): T | undefined {
  for (const [name, value] of entries) if (normaliseLogin(name) === key) return value;
  return undefined;
}
