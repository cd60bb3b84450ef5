import type { Estimate } from '../statistics/estimate.ts';
import type { Side } from './joined-table.ts';
import type { MetricRequest } from './requests.ts';
import type { Unmeasured } from './sources.ts';

/** The statistics of some rows: all, those of one slice value, or those of several together. */
export interface Sample {
  /** Rows; in a ranking, queries. */
  readonly n: number;
  /** A metric of one side. */
  estimate(request: MetricRequest, side: Side): Estimate | Unmeasured;
  /** The candidate's metric less `factor` times the baseline's on the same rows. There are two sides. */
  contrast(request: MetricRequest, factor: number): Estimate | Unmeasured;
}

/** The statistics of a candidate, or of a candidate and a baseline on the same rows, that were read once. */
export interface Samples {
  readonly sides: readonly Side[];
  /** Without `view`, all rows; else the rows with one of `values`. Values that no row has are an answer too. */
  find(view?: string, values?: readonly string[]): Sample | Unmeasured;
  /** The values of a view in the order of their code units, with their rows. */
  listValues(view: string): readonly { readonly value: string; readonly n: number }[];
}

/** What the gate decides with, beside evidence. By the names that rules use for baselines. */
export interface Measurements {
  /** The candidate alone, or why its predictions cannot be read here. */
  readonly candidate: Samples | Unmeasured;
  /** Candidate and baseline on the same rows, or why they cannot be paired. */
  readonly pairs: ReadonlyMap<string, Samples | Unmeasured>;
}
