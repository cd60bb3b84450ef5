import type { EvidenceSet } from '../evidence/document.ts';
import { formatCommit } from './numbers.ts';

/** Why there is nothing to judge. It is no verdict, and can never read as one that passes. */
export interface Refusal {
  /** `cancelled` where a person or a newer commit stopped the run. */
  readonly kind: 'draft' | 'fork' | 'cancelled' | 'artifact' | 'missing';
  readonly title: string;
  readonly reason: string;
  /** What to do. */
  readonly fix: string;
}

export const DRAFT_REFUSAL: Refusal = {
  kind: 'draft',
  title: 'This pull request is a draft',
  reason: 'Drafts do not train, so nothing was measured.',
  fix: 'Mark the pull request as ready for review, and the model is trained and judged.',
};

export const FORK_REFUSAL: Refusal = {
  kind: 'fork',
  title: 'This pull request comes from a fork and waits for a maintainer',
  reason: 'The code of a fork does not train before somebody of this repository has approved exactly this commit.',
  fix: 'A maintainer reads the change, approves the pull request on its head commit, and then runs the workflow again. If that was done, look at the log of the job that trains.',
};

export const CANCELLED_REFUSAL: Refusal = {
  kind: 'cancelled',
  title: 'The run was cancelled',
  reason: 'It ended before anything could be judged.',
  fix: 'Run the workflow again, unless a newer commit is being judged already.',
};

/** The artifact of the candidate is not what it must be. */
export function refuseArtifact(reason: string): Refusal {
  return {
    kind: 'artifact',
    title: 'What the run left behind was refused',
    reason,
    fix: 'Run the workflow again. If it is refused again, look at what the workflow of this change uploads.',
  };
}

/** Tells a refusal from evidence. */
export function isRefusal(judged: EvidenceSet | Refusal): judged is Refusal {
  return 'fix' in judged;
}

/**
 * The evidence, where it holds a verdict on this model and this commit; otherwise a refusal that says what is wrong.
 * So no comment and no check can show a verdict of something else.
 */
export function requireVerdict(
  judged: EvidenceSet | Refusal,
  { model, headSha }: { readonly model: string; readonly headSha: string },
): EvidenceSet | Refusal {
  if (isRefusal(judged)) return judged;
  const { verdict } = judged;
  const again = 'Run the workflow again. If it stays so, look at the log of the judging job.';
  if (verdict === undefined) {
    return { kind: 'missing', title: 'There is no verdict', reason: 'The run ended without one.', fix: again };
  }
  if (verdict.model !== model) {
    const reason = `The verdict is of the model ${verdict.model}, not of ${model}.`;
    return { kind: 'missing', title: 'There is no verdict on this model', reason, fix: again };
  }
  if (verdict.subject.commit !== headSha) {
    const other = verdict.subject.commit === null ? 'no commit' : `the commit ${formatCommit(verdict.subject.commit)}`;
    const reason = `The verdict is of ${other}, not of ${formatCommit(headSha)}.`;
    return { kind: 'missing', title: 'There is no verdict on this commit', reason, fix: again };
  }
  return judged;
}
