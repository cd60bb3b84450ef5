import { normaliseLogin } from '../config/logins.ts';
import type { ApprovalFacts, Review } from './sources.ts';

/** What a reviewer last decided, and whether the reviewer wrote a part of what is reviewed. */
export interface Reviewer {
  /** As GitHub spells it. */
  readonly login: string;
  readonly state: Review['state'];
  readonly commit: string;
  readonly part: 'author' | 'co-author' | undefined;
}

/**
 * The last decision of every reviewer, in the order of their first one. A comment decides nothing and takes no approval
 * back; a request for changes and a dismissal do, as on GitHub.
 */
export function listReviewers(facts: ApprovalFacts): Reviewer[] {
  const coAuthors = new Set(facts.coAuthors.flatMap(listLogins));
  const last = new Map<string, Review>();
  for (const review of facts.reviews) {
    const key = normaliseLogin(review.login);
    const former = last.get(key);
    if (review.state === 'COMMENTED' || (former && isEarlier(review, former))) continue;
    last.set(key, review);
  }
  return [...last].map(([key, { login, state, commit }]) => {
    const part = key === normaliseLogin(facts.author) ? 'author' : coAuthors.has(key) ? 'co-author' : undefined;
    return { login, state, commit, part };
  });
}

function isEarlier(review: Review, former: Review): boolean {
  return Date.parse(review.submitted) < Date.parse(former.submitted);
}

/**
 * The logins that a co-author may stand for: a login as it is, the name in `name <address>`, and the login inside of an
 * address that GitHub gives out, `123+ada@users.noreply.github.com`. Any other address tells no login.
 * Source: docs.github.com/account-and-profile/reference/email-addresses-reference.
 */
export function listLogins(coAuthor: string): string[] {
  const [, name = '', address = ''] = /^([^<]*)(?:<([^>]*)>?)?/.exec(coAuthor) ?? [];
  return [name, address].flatMap((text) => findNoReplyLogin(text) ?? normaliseLogin(text)).filter(Boolean);
}

/** The login in an address without mailbox; servers of companies have the same under their own name. */
export function findNoReplyLogin(address: string): string | undefined {
  return /^(?:\d+\+)?([^@+\s]+)@users\.noreply\.[a-z0-9.-]+$/i.exec(address.trim())?.[1]?.toLowerCase();
}
