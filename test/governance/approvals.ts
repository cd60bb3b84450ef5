import type { ApprovalFacts, Review } from '../../src/governance/sources.ts';

export const HEAD = '1'.repeat(40);
export const OLD = '2'.repeat(40);

/** An approval of the head commit, unless the overrides say otherwise. */
export function approve(login: string, overrides: Partial<Review> = {}): Review {
  return { login, state: 'APPROVED', commit: HEAD, submitted: '2026-11-22T09:00:00Z', ...overrides };
}

/** What was looked up about a pull request of `author` that nobody has reviewed. */
export function createFacts(overrides: Partial<ApprovalFacts> = {}): ApprovalFacts {
  return {
    headSha: HEAD,
    author: 'author',
    coAuthors: [],
    reviews: [],
    teams: new Map(),
    owners: new Map(),
    codeOwners: undefined,
    ...overrides,
  };
}
