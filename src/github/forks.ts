import { UserMistake } from '../errors.ts';
import type { Client } from './client.ts';
import { mayWrite, readRole } from './permissions.ts';
import type { RepositoryName } from './repository.ts';
import { listReviews, type Review } from './reviews.ts';

export interface ForkQuestion {
  readonly repository: RepositoryName;
  readonly number: number;
  readonly headSha: string;
  /** Who opened the pull request, whose own word does not count. */
  readonly author?: string;
}

/** `by` is the login of who let it in. */
export type ForkApproval = { readonly approved: true; readonly by: string } | { readonly approved: false };

/**
 * Whether somebody who may write approved exactly the head commit, and took it back neither by a later review nor by
 * its dismissal. A push after the approval makes another head, so it needs another look.
 */
export async function isForkApproved(client: Client, question: ForkQuestion): Promise<ForkApproval> {
  const { repository, number, headSha, author } = question;
  for (const { login, state, commit, association } of selectStanding(await listReviews(client, repository, number))) {
    if (state !== 'APPROVED' || commit !== headSha || login === author) continue;
    if (await mayLetIn(client, repository, login, association)) return { approved: true, by: login };
  }
  return { approved: false };
}

/** Who may do so without being asked for a role by GitHub. */
const INSIDERS = ['OWNER', 'MEMBER', 'COLLABORATOR'];

/**
 * A fork's token may not be told the role of others. Then it counts that the reviewer belongs to the repository: what is
 * let in gets a machine, and neither a secret nor a token that writes.
 */
async function mayLetIn(
  client: Client,
  repository: RepositoryName,
  login: string,
  association: string | undefined,
): Promise<boolean> {
  try {
    return mayWrite(await readRole(client, repository, login));
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    return INSIDERS.includes(association ?? '');
  }
}

/** Everybody's last word. A comment takes no approval back. */
function selectStanding(reviews: readonly Review[]): Review[] {
  const decided = reviews.filter(({ state }) => state !== 'COMMENTED');
  return [...new Map(decided.map((review) => [review.login, review])).values()];
}
