import type { EvidenceSet } from '../../evidence/document.ts';
import { isRefusal, type Refusal } from '../refusals.ts';

/** What a check run of ours can end with; GitHub's other conclusions could read as green, or as nothing. */
export type Conclusion = 'success' | 'neutral' | 'cancelled' | 'failure';

/** From what stops a merge to what does not. A required check that is neutral lets a merge pass. */
export const WORST_FIRST = ['failure', 'cancelled', 'neutral', 'success'] as const satisfies readonly Conclusion[];

/** What the check of one model ends with. Nothing but a verdict can make it succeed or observe. */
export function decideConclusion(judged: EvidenceSet | Refusal): Conclusion {
  if (isRefusal(judged)) return judged.kind === 'cancelled' ? 'cancelled' : 'failure';
  const { verdict } = judged;
  if (verdict === undefined || verdict.blocks) return 'failure';
  return verdict.outcome === 'pass' ? 'success' : 'neutral';
}
