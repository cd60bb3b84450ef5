import type { Spot } from '../config/place.ts';
import type { ApprovalFacts } from '../github/reviews.ts';

export type { Role as Permission } from '../github/permissions.ts';
export type { ApprovalFacts, Review } from '../github/reviews.ts';

/** A file that governance asks for. `path` is as written in modelgate.yml, `file` relative to the repository. */
export type GovernanceFile = { readonly path: string; readonly file: string } & (
  | { readonly state: 'read'; readonly text: string; readonly sha256: string }
  | { readonly state: 'missing' }
  | { readonly state: 'unreadable'; readonly reason: string }
);

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
