import { computeSha256 } from '../evidence/digest.ts';
import type { EvidenceSet } from '../evidence/document.ts';
import { renderBody } from './comment/body.ts';
import type { ReportFacts } from './facts.ts';
import { isRefusal, type Refusal, requireVerdict } from './refusals.ts';

/**
 * GitHub refuses a longer comment. It counts characters; no way of counting them gives more than UTF-16 code units,
 * which is how this is kept.
 */
export const MAX_COMMENT = 65_536;

/** What a comment knows besides the evidence. */
export interface CommentFacts extends ReportFacts {
  /** How many characters it may have; all that GitHub takes where nothing is said. */
  readonly room?: number;
}

/** A comment to post. */
export interface RenderedComment {
  readonly body: string;
  /** Of what the comment says: the same for two runs that differ in links and times alone. */
  readonly digest: string;
  /** What was left out because the comment would be too long. */
  readonly cut: readonly string[];
}

/**
 * The one comment of a model on a pull request: the verdict and what decides, the rest folded. A verdict of another model or
 * commit is refused. Never longer than there is room, and never fails on length.
 */
export function renderComment(evidence: EvidenceSet | Refusal, facts: CommentFacts): RenderedComment {
  const judged = requireVerdict(evidence, facts);
  const digest = computeSha256(
    renderBody(withoutTimes(judged), { ...facts, links: {} }, Number.POSITIVE_INFINITY).text,
  );
  const { text, cut } = renderBody(judged, facts, (facts.room ?? MAX_COMMENT) - 1);
  return { body: `${text}\n`, digest, cut };
}

/** Times and durations differ between two equal runs. Digests do not rest on them, so lineage holds. */
function withoutTimes(judged: EvidenceSet | Refusal): EvidenceSet | Refusal {
  if (isRefusal(judged)) return judged;
  const never = '1970-01-01T00:00:00Z';
  return Object.fromEntries(
    Object.entries(judged).map(([kind, document]) => [
      kind,
      { ...document, created: never, timing: { started: never, seconds: 0 } },
    ]),
  ) as EvidenceSet;
}
