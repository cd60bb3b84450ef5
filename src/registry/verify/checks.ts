import type { Outcome } from '../../evidence/schema/envelope.ts';

/** One thing that was compared. */
export interface Check {
  /** What it is about: an asset, a file, a tag, an evidence document. */
  readonly subject: string;
  /** What was asked, in a few words: `digest of 3 parts`. */
  readonly text: string;
  readonly outcome: Outcome;
  /** Why it is not a pass; of a pass, what it rests on. May hold a stranger's text. */
  readonly reason: string;
  /** Whether it counts. What counts and is not a pass makes the version one that does not verify. */
  readonly counts: boolean;
}

/** Something of a version that is not as it should be. */
export interface Fault {
  readonly subject: string;
  readonly reason: string;
}

/** Something that is as it should be. */
export function pass(subject: string, text: string, reason = ''): Check {
  return { subject, text, outcome: 'pass', reason, counts: true };
}

/** Something that is not as it should be. */
export function fail(subject: string, text: string, reason: string): Check {
  return { subject, text, outcome: 'fail', reason, counts: true };
}

/** Something that nobody could look at; `counts` where nothing may be trusted without it. */
export function leaveOpen(subject: string, text: string, reason: string, counts: boolean): Check {
  return { subject, text, outcome: 'cannot-measure', reason, counts };
}

/** A check that came to a fault, or to none. */
export function judge(subject: string, text: string, fault: string | undefined, reason = ''): Check {
  return fault === undefined ? pass(subject, text, reason) : fail(subject, text, fault);
}

/** What keeps a version from being one that verifies. */
export function listFaults(checks: readonly Check[]): Fault[] {
  return checks
    .filter(({ outcome, counts }) => counts && outcome !== 'pass')
    .map(({ subject, reason }) => ({ subject, reason }));
}
