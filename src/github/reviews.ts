import { messageOf, UserMistake } from '../errors.ts';
import type { Client } from './client.ts';
import { type CommitPeople, listCoAuthors } from './co-authors.ts';
import { ask } from './faults.ts';
import { type Role, readRole } from './permissions.ts';
import { nameParameters, type RepositoryName } from './repository.ts';

const STATES = ['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED'] as const;
/** The API lists no more commits of a pull request than this. */
const COMMITS = 250;

/** A review that was submitted; one that was dismissed keeps its time and loses its say. */
export interface Review {
  readonly login: string;
  readonly state: (typeof STATES)[number];
  /** The commit that was looked at; empty when it is gone. */
  readonly commit: string;
  /** ISO 8601. */
  readonly submitted: string;
  /** What GitHub says of the reviewer beside every review: `OWNER`, `MEMBER`, `COLLABORATOR`, `NONE` … */
  readonly association?: string;
}

/** What was looked up about the approvals of one pull request. Plain data. Logins and teams count without case. */
export interface ApprovalFacts {
  /** The head commit of the pull request: an approval of any other counts for nothing. */
  readonly headSha: string;
  /** The login of who opened the pull request. */
  readonly author: string;
  /** Everybody who wrote its commits: logins, or names and addresses as found. */
  readonly coAuthors: readonly string[];
  /** In the order of their submission. */
  readonly reviews: readonly Review[];
  /** By `org/team`: the logins of its members, or why they are not known. */
  readonly teams: ReadonlyMap<string, readonly string[] | { readonly fault: string }>;
  /** What each reviewer may do, by login; without those whose role GitHub does not tell this token. */
  readonly owners: ReadonlyMap<string, Role>;
  /** The text of the base's CODEOWNERS; undefined where there is none. */
  readonly codeOwners: string | undefined;
}

export interface ApprovalQuestion {
  readonly repository: RepositoryName;
  readonly number: number;
  readonly headSha: string;
  /** The teams to look up: `org/team`. */
  readonly teams: readonly string[];
  readonly codeOwners: string | undefined;
  /** A client with an app's token that may read the organization's members. */
  readonly teamClient?: Client;
}

/** Reads who reviewed, who wrote, and who may decide. Throws a UserMistake when any of it cannot be known in full. */
export async function readApprovalFacts(client: Client, question: ApprovalQuestion): Promise<ApprovalFacts> {
  const { repository, number, headSha, codeOwners } = question;
  const reviews = await listReviews(client, repository, number);
  const { author, coAuthors } = await readAuthors(client, repository, number);
  const owners = new Map<string, Role>();
  for (const login of new Set(reviews.map((review) => review.login))) {
    const role = await readRoleIfTold(client, repository, login);
    if (role !== undefined) owners.set(login, role);
  }
  const teams = new Map<string, readonly string[] | { fault: string }>();
  for (const team of new Set(question.teams)) teams.set(team, await readTeam(question.teamClient, team));
  return { headSha, author, coAuthors, reviews, teams, owners, codeOwners };
}

/** All submitted reviews, oldest first. Those of deleted accounts are left out: nobody stands behind them. */
export async function listReviews(client: Client, repository: RepositoryName, number: number): Promise<Review[]> {
  const purpose = { doing: `read the reviews of pull request ${number}`, needs: 'pull-requests: read' } as const;
  const place = { ...nameParameters(repository), pull_number: number, per_page: 100 };
  const all = await ask(purpose, () => client.paginate(client.rest.pulls.listReviews, place));
  const reviews = all.flatMap(({ user, state, commit_id, submitted_at, author_association: association }) => {
    const known = STATES.find((name) => name === state);
    return user && known
      ? [{ login: user.login, state: known, commit: commit_id ?? '', submitted: submitted_at ?? '', association }]
      : [];
  });
  return reviews.sort((a, b) => Date.parse(a.submitted) - Date.parse(b.submitted));
}

async function readAuthors(client: Client, repository: RepositoryName, number: number) {
  const place = { ...nameParameters(repository), pull_number: number };
  const purpose = { doing: `read who wrote pull request ${number}`, needs: 'pull-requests: read' } as const;
  const { pull, commits } = await ask(purpose, async () => ({
    pull: (await client.rest.pulls.get(place)).data,
    commits: await client.paginate(client.rest.pulls.listCommits, { ...place, per_page: 100 }),
  }));
  if (pull.commits > COMMITS || commits.length < pull.commits) {
    const found = `pull request ${number} has ${pull.commits} commits, and GitHub tells the authors of ${commits.length}`;
    throw new UserMistake({
      found,
      fix: `Squash it to at most ${COMMITS} commits: an approval by an author must not count.`,
    });
  }
  const people = commits.map(({ author, committer, commit }): CommitPeople => {
    const logins = [author, committer].flatMap((user) => (user && 'login' in user && user.login ? [user.login] : []));
    const written = [commit.author, commit.committer].flatMap((person) => {
      return person ? [{ name: person.name ?? '', email: person.email ?? '' }] : [];
    });
    return { message: commit.message, logins, written };
  });
  return { author: pull.user?.login ?? '', coAuthors: listCoAuthors(people) };
}

/** Undefined where GitHub does not tell: whether that matters is for the decision to say. */
async function readRoleIfTold(client: Client, repository: RepositoryName, login: string): Promise<Role | undefined> {
  try {
    return await readRole(client, repository, login);
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    return undefined;
  }
}

/** The members of `org/team`, or why they are not known. */
export async function readTeam(
  client: Client | undefined,
  team: string,
): Promise<readonly string[] | { fault: string }> {
  const [, org, slug] = /^([\w.-]+)\/([\w.-]+)$/.exec(team) ?? [];
  if (org === undefined || slug === undefined) return { fault: `"${team}" is not org/team` };
  if (client === undefined) {
    return { fault: `the token of a job cannot read the members of ${team}: give the token of an app that may` };
  }
  try {
    const purpose = { doing: `read the members of ${team}`, needs: 'organization members: read' } as const;
    const place = { org, team_slug: slug, per_page: 100 };
    const members = await ask(purpose, () => client.paginate(client.rest.teams.listMembersInOrg, place));
    return members.map(({ login }) => login);
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    return { fault: messageOf(error) };
  }
}
