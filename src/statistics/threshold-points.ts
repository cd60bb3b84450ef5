import { type Ranking, visitTies } from './ranking.ts';

/** What a threshold leaves at or above it: shares of the class and of the others, and all rows. */
export interface ThresholdPoint {
  readonly truePositiveRate: number;
  readonly falsePositiveRate: number;
  readonly precision: number;
  readonly rows: number;
}

/** Calls `visit` with every different score as a threshold, from the highest down. All rows are of one part. */
export function visitThresholds(ranking: Ranking, own: number, visit: (point: ThresholdPoint) => void): void {
  const { order, rows } = ranking;
  const { classes, weights } = rows;
  const weigh = (row: number) => (weights ? (weights[row] ?? 0) : 1);
  let [mine, others] = [0, 0];
  for (let row = 0; row < order.length; row += 1) {
    if (classes[row] === own) mine += weigh(row);
    else others += weigh(row);
  }
  // From the highest score down, which is the order of ties backwards.
  const starts: number[] = [];
  visitTies(ranking, (from) => starts.push(from));
  let [hits, alarms, to] = [0, 0, order.length];
  for (const from of starts.reverse()) {
    for (let at = from; at < to; at += 1) {
      const row = order[at] ?? 0;
      if (classes[row] === own) hits += weigh(row);
      else alarms += weigh(row);
    }
    to = from;
    visit({
      truePositiveRate: hits / mine,
      falsePositiveRate: alarms / others,
      precision: hits / (hits + alarms),
      rows: order.length - from,
    });
  }
}
