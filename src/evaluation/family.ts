import type { Engine } from '../engine/connection.ts';
import type { Estimate } from '../statistics/estimate.ts';
import type { JoinedTable, Side } from './joined-table.ts';
import type { MetricRequest } from './requests.ts';
import type { Unmeasured } from './sources.ts';
import type { ByPart, View } from './view.ts';

/** A view, and the metrics that are asked of each of its parts. */
export interface AskedView extends View {
  readonly requests: readonly MetricRequest[];
}

/**
 * Metrics that rest on the same kind of statistics. A `Part` holds what a family knows of the rows of one part of a view:
 * counts and sums, of one side or of two on the same rows.
 */
export interface Family<Part> {
  /** Whether it computes the metric of this name, such as `f-beta@2`. */
  answers(metric: string): boolean;
  /** Reads what the requests need, of every part of every view, in as few scans as it takes. */
  fetch(engine: Engine, table: JoinedTable, views: readonly AskedView[]): Promise<ByPart<Part>>;
  /** Several parts as one, where its statistics add up; else why they do not. Of one part: that part. */
  merge(parts: readonly Part[]): Part | Unmeasured;
  /** Each metric on one side, in the order of the requests. Draws that they share are drawn once, when limits are asked for. */
  estimate(part: Part, requests: readonly MetricRequest[], side: Side, table: JoinedTable): (Estimate | Unmeasured)[];
  /** The candidate's metric less `factor` times the baseline's, on the same rows. */
  contrast(part: Part, request: MetricRequest, factor: number, table: JoinedTable): Estimate | Unmeasured;
}

/** A family that also compares the parts of a view with each other: fairness. */
export interface GroupFamily<Part> extends Pick<Family<Part>, 'answers' | 'fetch'> {
  estimateGroups(
    groups: ReadonlyMap<string, Part>,
    request: MetricRequest,
    side: Side,
    table: JoinedTable,
  ): Estimate | Unmeasured;
  contrastGroups(
    groups: ReadonlyMap<string, Part>,
    request: MetricRequest,
    factor: number,
    table: JoinedTable,
  ): Estimate | Unmeasured;
}
