import type { Circle } from './approvers.ts';
import type { Finding } from './finding.ts';
import { listReviewers, type Reviewer } from './reviewers.ts';
import type { ApprovalFacts } from './sources.ts';

/** How many people a message lists. */
const MAX_LISTED = 10;

interface Counted {
  readonly login: string;
  /** Why the review does not count; undefined where it does. */
  readonly refusal?: string;
  /** Why it is not known whether it counts. */
  readonly doubt?: string;
}

export interface Demand {
  readonly count: number;
  readonly admits: Circle;
  /** Who may approve, in words. */
  readonly from: string;
}

/**
 * Counts the approvals of the head commit by people who may approve and did not write it. `cannot-measure` only where
 * what is not known could change the result.
 */
export function countApprovals({ count, admits, from }: Demand, facts: ApprovalFacts): Finding {
  const counted = listReviewers(facts).map((reviewer) => judgeReviewer(reviewer, admits, facts.headSha));
  const given = counted.filter(({ refusal, doubt }) => refusal === undefined && doubt === undefined);
  const doubted = counted.filter(({ doubt }) => doubt !== undefined);
  const commit = shorten(facts.headSha);
  const names = listNames(given.map(({ login }) => login));
  if (given.length >= count) return { outcome: 'pass', reason: `The commit ${commit} is approved by ${names}.` };
  const missing = count - given.length;
  const have =
    given.length === 0 ? `Nobody who counts has approved the commit ${commit}` : `${names} approved ${commit}`;
  const needed = `${missing} ${given.length > 0 ? 'more ' : ''}${missing === 1 ? 'approval is' : 'approvals are'} needed`;
  const refused = counted.flatMap(({ login, refusal }) => (refusal === undefined ? [] : [`${login} ${refusal}`]));
  const others = refused.length > 0 ? ` Not counted: ${listSome(refused)}.` : '';
  if (given.length + doubted.length < count) {
    return { outcome: 'fail', reason: `${have}; ${needed}, from ${from}.${others}` };
  }
  const doubts = [...new Set(doubted.map(({ doubt }) => doubt ?? ''))].join('; ');
  const open = `whether ${listNames(doubted.map(({ login }) => login))} may approve is not known: ${doubts}`;
  return { outcome: 'cannot-measure', reason: `${have}; ${needed}, and ${open}.${others}` };
}

function judgeReviewer({ login, state, commit, part }: Reviewer, admits: Circle, head: string): Counted {
  if (part === 'author') return { login, refusal: 'opened the pull request' };
  if (part === 'co-author') return { login, refusal: 'wrote a part of it' };
  const { may, why } = admits(login);
  if (may === 'no') return { login, refusal: why ?? 'is not among those who may approve' };
  if (state === 'CHANGES_REQUESTED') return { login, refusal: 'asks for changes' };
  if (state === 'DISMISSED') return { login, refusal: 'approved or refused, and the review was dismissed' };
  if (state !== 'APPROVED') return { login, refusal: 'has not approved' };
  if (commit !== head) return { login, refusal: `approved another commit, ${shorten(commit)}` };
  return may === 'unknown' ? { login, doubt: why ?? 'nothing was looked up' } : { login };
}

function listNames(names: readonly string[]): string {
  const shown = names.slice(0, MAX_LISTED);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

function listSome(phrases: readonly string[]): string {
  const more = phrases.length - MAX_LISTED;
  return `${phrases.slice(0, MAX_LISTED).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

function shorten(sha: string): string {
  return sha.slice(0, 7);
}
