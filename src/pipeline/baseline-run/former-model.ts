import type { Subject } from '../../evidence/schema/envelope.ts';
import type { BaselinePredictions } from '../../gate/baseline.ts';

/** A model that was made before, and what is known of it. */
export interface FormerModel {
  /** What it was made from, and its files by content. */
  readonly subject: Subject;
  /** Its operating point. */
  readonly threshold?: number | undefined;
  /** Finds its files: absolute paths by those that evidence names. The reason is half a sentence. */
  readonly bring: () => Promise<ReadonlyMap<string, string> | { readonly reason: string }>;
}

/** What it predicts on the test set of today. */
export interface PredictedAgain extends BaselinePredictions {
  /** Who let it predict, such as `the run 7`; undefined: the run that asks. */
  readonly by?: string;
}
