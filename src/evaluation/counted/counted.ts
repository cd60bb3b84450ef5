import type { Family } from '../family.ts';
import { contrastMetric } from './contrasts.ts';
import { estimateMetrics } from './estimates.ts';
import { fetchParts } from './fetching.ts';
import { isCounted } from './formulas.ts';
import { mergeParts } from './merging.ts';
import type { CountedPart } from './part.ts';

export type { CountedPart } from './part.ts';

/** Metrics that the counts of true classes and answers give: all that a confusion matrix knows, and costs. */
export const counted: Family<CountedPart> = {
  answers: isCounted,
  fetch: fetchParts,
  merge: mergeParts,
  estimate: estimateMetrics,
  contrast: contrastMetric,
};
