import { parseMetricName } from '../../config/metrics.ts';
import type { CountedPart } from './part.ts';

/** A metric that is a share of rows: of those that are asked, the share that succeeds. */
export interface Proportion {
  isAsked(truth: number, answer: number): boolean;
  succeeds(truth: number, answer: number): boolean;
  /** Whether the truth alone says who is asked, so that two sides are asked about the same rows. */
  readonly byTruth: boolean;
  /** The metric from the share, where it is not the share itself. Rises with it. */
  transform?(share: number): number;
}

const ACCURACY: Proportion = {
  isAsked: () => true,
  succeeds: (truth, answer) => truth === answer,
  byTruth: true,
};

/** The metric as a share of rows; undefined where it is none. `positive` is the place of that class. */
export function findProportion(metric: string, positive: number): Proportion | undefined {
  switch (parseMetricName(metric).base) {
    case 'accuracy':
    case 'micro-precision':
    case 'micro-recall':
    case 'micro-f1':
    case 'micro-f-beta':
    case 'weighted-recall':
      return ACCURACY;
    case 'precision':
      return { isAsked: (_, answer) => answer === positive, succeeds: (truth) => truth === positive, byTruth: false };
    case 'recall':
      return { isAsked: (truth) => truth === positive, succeeds: (_, answer) => answer === positive, byTruth: true };
    case 'specificity':
      return { isAsked: (truth) => truth !== positive, succeeds: (_, answer) => answer !== positive, byTruth: true };
    case 'f1':
      // F1 = 2 tp / (2 tp + fp + fn) rises with tp / (tp + fp + fn), which is a share of rows (the Jaccard index).
      return {
        isAsked: (truth, answer) => truth === positive || answer === positive,
        succeeds: (truth, answer) => truth === positive && answer === positive,
        byTruth: false,
        transform: (share) => (2 * share) / (1 + share),
      };
    default:
      return undefined;
  }
}

/** Rows that are asked, and those that succeed, on one side (its place among the answers). Each row is a unit. */
export function countProportion({ kinds }: CountedPart, { isAsked, succeeds }: Proportion, at: number) {
  let [trials, successes] = [0, 0];
  for (const { entries, count } of kinds) {
    const { truth = -1, answers } = entries[0] ?? {};
    const answer = answers?.[at] ?? -1;
    if (!isAsked(truth, answer)) continue;
    trials += count;
    if (succeeds(truth, answer)) successes += count;
  }
  return { trials, successes };
}

/** Of rows that the truth asks: how many there are, and how many succeed on the first side only, or on the second only. */
export function countDiscordance({ kinds }: CountedPart, { isAsked, succeeds }: Proportion) {
  let [trials, onlyFirst, onlySecond] = [0, 0, 0];
  for (const { entries, count } of kinds) {
    const { truth = -1, answers } = entries[0] ?? {};
    const [first = -1, second = -1] = answers ?? [];
    if (!isAsked(truth, first)) continue;
    trials += count;
    if (succeeds(truth, first) === succeeds(truth, second)) continue;
    if (succeeds(truth, first)) onlyFirst += count;
    else onlySecond += count;
  }
  return { trials, onlyFirst, onlySecond };
}
