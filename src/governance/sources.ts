import type { Spot } from '../config/place.ts';

/** A file that governance asks for. `path` is as written in modelgate.yml, `file` relative to the repository. */
export type GovernanceFile = { readonly path: string; readonly file: string } & (
  | { readonly state: 'read'; readonly text: string; readonly sha256: string }
  | { readonly state: 'missing' }
  | { readonly state: 'unreadable'; readonly reason: string }
);

/** A review that was submitted, as GitHub keeps it; one that was dismissed keeps its time and loses its say. */
export interface Review {
  readonly login: string;
  readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED';
  /** The commit that was looked at. */
  readonly commit: string;
  /** ISO 8601. */
  readonly submitted: string;
}

/** What a person may do in the repository. */
export type Permission = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none';

/** What was looked up about the approvals of one pull request. Logins and teams count without case. */
export interface ApprovalFacts {
  /** The head commit of the pull request: an approval of any other counts for nothing. */
  readonly headSha: string;
  readonly author: string;
  /** Who wrote its commits beside the author, as logins, names or addresses, however they were found. */
  readonly coAuthors: readonly string[];
  /** In the order of their submission. */
  readonly reviews: readonly Review[];
  /** By `org/team`: the logins of its members, or why they are not known. See `listAskedTeams`. */
  readonly teams: ReadonlyMap<string, readonly string[] | { readonly fault: string }>;
  /** The permission of each reviewer, by login. */
  readonly owners: ReadonlyMap<string, Permission>;
  /** The text of the base’s CODEOWNERS; undefined where there is none. */
  readonly codeOwners: string | undefined;
}

/** Everything that the decisions about controls and waivers look at. Plain data. */
export interface GovernanceFiles {
  /** Documents and checklists by their path as written. */
  readonly evidence: ReadonlyMap<string, GovernanceFile>;
  /** For each checklist, the paths named in its ticks that exist inside the repository, as written there. */
  readonly existing: ReadonlyMap<string, ReadonlySet<string>>;
  /** The waivers file, and where modelgate.yml names it; undefined when it names none. */
  readonly waivers: { readonly source: GovernanceFile; readonly place: Spot } | undefined;
  /** What a waiver may name: the ids of the rules and of the controls. */
  readonly waivable: readonly string[];
  /** The approvals of the pull request, or why they could not be looked up; absent where there is no pull request. */
  readonly approvals?: ApprovalFacts | { readonly fault: string };
}
