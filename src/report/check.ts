import type { EvidenceSet } from '../evidence/document.ts';
import { type CheckAnnotation, listCheckAnnotations } from './check/annotations.ts';
import { type Conclusion, decideConclusion } from './check/conclusion.ts';
import { renderBody } from './comment/body.ts';
import { cleanText } from './escaping.ts';
import type { ReportFacts } from './facts.ts';
import { fitText } from './fitting.ts';
import { isRefusal, type Refusal, requireVerdict } from './refusals.ts';
import { computeSummary } from './view/summary.ts';
import { OUTCOME_WORDING } from './wording.ts';

/** Limits of a check run's output, in characters (GitHub's REST documentation, `checks/create`). */
export const MAX_CHECK_TITLE = 255;
export const MAX_CHECK_SUMMARY = 65_535;

/** What a check run is completed with. */
export interface RenderedCheck {
  readonly title: string;
  readonly summary: string;
  readonly conclusion: Conclusion;
  /** At most 100; a request takes 50. */
  readonly annotations: readonly CheckAnnotation[];
}

/**
 * The check of one model. It succeeds on a verdict that passes, is neutral on one that only observes, and fails on
 * everything else: a refusal, no verdict, a verdict of another model or commit. A cancelled run stays cancelled.
 */
export function renderCheck(judged: EvidenceSet | Refusal, facts: ReportFacts): RenderedCheck {
  const sound = requireVerdict(judged, facts);
  const { text } = renderBody(sound, facts, MAX_CHECK_SUMMARY - 1);
  return {
    title: fitText(renderTitle(sound), MAX_CHECK_TITLE),
    summary: `${text}\n`,
    conclusion: decideConclusion(sound),
    annotations: isRefusal(sound) ? [] : listCheckAnnotations(sound),
  };
}

function renderTitle(judged: EvidenceSet | Refusal): string {
  if (isRefusal(judged)) return cleanText(`${OUTCOME_WORDING['cannot-measure'].word}: ${judged.title}`);
  const { outcome, reason } = computeSummary(judged).headline;
  return cleanText(`${OUTCOME_WORDING[outcome ?? 'cannot-measure'].word}: ${reason}`);
}
