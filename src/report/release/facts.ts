import type { FileDigest } from '../../evidence/schema/envelope.ts';
import type { LedgerMetric, ReleaseEvent } from '../../evidence/schema/ledger.ts';
import type { VerdictEvidence } from '../../evidence/schema/verdict.ts';

/** A commit since the previous release, as git or the API tells it. */
export interface NotedCommit {
  readonly sha: string;
  /** The first line of its message. */
  readonly subject: string;
  readonly author: string;
}

export interface NotedPullRequest {
  readonly number: number;
  readonly title: string;
  readonly author: string;
}

/** The release before this one. */
export interface FormerRelease {
  readonly version: string;
  readonly tag: string;
  readonly commit: string;
  readonly modelDigest: string;
  readonly metrics: readonly LedgerMetric[];
  readonly data: ReleaseEvent['data'];
  /** What its training read; absent where that cannot be read any more. */
  readonly inputs?: readonly FileDigest[] | undefined;
}

/** What the notes of a release tell. Everything in it may be a stranger's text. */
export interface ReleaseFacts {
  readonly model: string;
  readonly version: string;
  readonly tag: string;
  readonly commit: string;
  readonly modelDigest: string;
  /** Why this number: a sentence. */
  readonly reason: string;
  /** The address of the repository's page, without a slash at the end. */
  readonly repositoryUrl: string;
  readonly metrics: readonly LedgerMetric[];
  readonly data: ReleaseEvent['data'];
  readonly inputs: readonly FileDigest[];
  readonly verdict: Pick<VerdictEvidence, 'reveal' | 'rules' | 'controls' | 'waivers'>;
  readonly previous?: FormerRelease | undefined;
  /** Since the previous release; absent where nobody could say. */
  readonly commits?: readonly NotedCommit[] | undefined;
  readonly pullRequests?: readonly NotedPullRequest[] | undefined;
  /** What the release leaves out, or where its files lie: sentences. */
  readonly remarks?: readonly string[] | undefined;
}
