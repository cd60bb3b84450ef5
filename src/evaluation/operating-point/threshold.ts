import type { Unmeasured } from '../sources.ts';
import { roundAbove, roundDown } from './threshold-digits.ts';

/** Rows of one score: what those of the positive class weigh, and the others; without weights, how many they are. */
export interface ScorePoint {
  readonly score: number;
  readonly positives: number;
  readonly negatives: number;
}

/** What a row costs, by its true class and by the class that it is given. */
export interface OutcomeCosts {
  readonly truePositive: number;
  readonly falseNegative: number;
  readonly falsePositive: number;
  readonly trueNegative: number;
}

/** What a threshold is chosen by: at least this recall, at least this precision, or the lowest mean cost. */
export type ThresholdWish =
  | { readonly recall: number }
  | { readonly precision: number }
  | { readonly costs: OutcomeCosts };

/** A threshold: rows of this score or more are predicted as the positive class. `achieved` is what was wished, at it. */
export interface ChosenThreshold {
  readonly threshold: number;
  readonly achieved: number;
}

interface Candidate {
  readonly threshold: number;
  /** Of the rows that reach the threshold. */
  readonly positives: number;
  readonly negatives: number;
}

/**
 * The threshold that a wish asks for, or why there is none:
 * - a recall: the highest threshold with at least it, which selects the fewest rows;
 * - a precision: the lowest threshold with at least it, which has the highest recall of those;
 * - costs: the threshold of the lowest mean cost; of several the highest. One that selects no row is among them.
 *
 * Only scores that rows have are considered, cut to twelve digits; rows of one score stand or fall together.
 */
export function chooseThreshold(points: readonly ScorePoint[], wish: ThresholdWish): ChosenThreshold | Unmeasured {
  const candidates = listCandidates(points);
  const last = candidates.at(-1);
  if (!last) return { reason: 'there are no rows' };
  const total = { positives: last.positives, negatives: last.negatives };
  if ('recall' in wish) {
    if (total.positives === 0) return { reason: 'no row is of the positive class' };
    const recallOf = ({ positives }: Candidate) => positives / total.positives;
    const found = candidates.find((candidate) => recallOf(candidate) >= wish.recall);
    return found
      ? { threshold: found.threshold, achieved: recallOf(found) }
      : { reason: 'no threshold has this recall' };
  }
  return 'precision' in wish ? choosePrecision(candidates, wish.precision) : chooseCost(candidates, wish.costs, total);
}

function choosePrecision(candidates: readonly Candidate[], wanted: number): ChosenThreshold | Unmeasured {
  const selecting = candidates.filter(({ positives, negatives }) => positives + negatives > 0);
  const precisionOf = ({ positives, negatives }: Candidate) => positives / (positives + negatives);
  const found = selecting.findLast((candidate) => precisionOf(candidate) >= wanted);
  if (found) return { threshold: found.threshold, achieved: precisionOf(found) };
  const best = selecting.reduce<Candidate | undefined>(
    (most, candidate) => (most && precisionOf(most) >= precisionOf(candidate) ? most : candidate),
    undefined,
  );
  if (!best) return { reason: 'the rows weigh nothing' };
  const most = Number(precisionOf(best).toPrecision(4));
  return { reason: `no threshold has a precision of ${wanted}; the best has ${most}, at ${best.threshold}` };
}

function chooseCost(
  candidates: readonly Candidate[],
  costs: OutcomeCosts,
  total: { readonly positives: number; readonly negatives: number },
): ChosenThreshold | Unmeasured {
  const rows = total.positives + total.negatives;
  if (!(rows > 0)) return { reason: 'the rows weigh nothing' };
  const costOf = ({ positives, negatives }: Candidate) =>
    (positives * costs.truePositive +
      (total.positives - positives) * costs.falseNegative +
      negatives * costs.falsePositive +
      (total.negatives - negatives) * costs.trueNegative) /
    rows;
  const none = { threshold: roundAbove(candidates[0]?.threshold ?? 1), positives: 0, negatives: 0 };
  let best: Candidate = none;
  for (const candidate of candidates) if (costOf(candidate) < costOf(best)) best = candidate;
  return { threshold: best.threshold, achieved: costOf(best) };
}

/** Every threshold that selects other rows than the one before, from the highest on. */
function listCandidates(points: readonly ScorePoint[]): Candidate[] {
  const candidates: Candidate[] = [];
  let [positives, negatives] = [0, 0];
  for (const point of [...points].sort((a, b) => b.score - a.score)) {
    positives += point.positives;
    negatives += point.negatives;
    const threshold = roundDown(point.score);
    if (candidates.at(-1)?.threshold === threshold) candidates.pop();
    candidates.push({ threshold, positives, negatives });
  }
  return candidates;
}
