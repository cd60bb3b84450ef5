import { renderDouble } from '../scale.ts';

/**
 * SQL for the class that a threshold gives a row: `positive` from the threshold on, `negative` under it, NULL without a score.
 * `score`, `positive` and `negative` are SQL; the threshold is finite.
 */
export function renderThresholdClass(score: string, threshold: number, positive: string, negative: string): string {
  if (!Number.isFinite(threshold)) throw new Error(`${threshold} is no threshold`);
  const limit = renderDouble(threshold);
  return `CASE WHEN isnan(${score}) THEN NULL WHEN ${score} >= ${limit} THEN ${positive} WHEN ${score} < ${limit} THEN ${negative} END`;
}
