import { type Ranking, visitTies } from './ranking.ts';

/**
 * Counts of rows between which average precision does not tell, from the highest score down: the other rows from a score
 * of the class up to the next higher one, then the rows of the class with that score, and so on; last, the other rows
 * below. By part; undefined where the class has more than `most` different scores. Weights are not looked at.
 */
export function collectSteps(ranking: Ranking, own: number, most: number): (readonly number[] | undefined)[] {
  const { order, rows } = ranking;
  const { classes, parts, partCount } = rows;
  // From the lowest score up: each part’s counts begin with the other rows below the class.
  const steps = Array.from({ length: partCount }, () => [0]);
  const ownTied = new Float64Array(partCount);
  let open = partCount;
  visitTies(ranking, (from, to) => {
    if (open === 0) return;
    for (let at = from; at < to; at += 1) {
      const row = order[at] ?? 0;
      const part = parts[row] ?? 0;
      if (classes[row] === own) ownTied[part] = (ownTied[part] ?? 0) + 1;
    }
    for (let at = from; at < to; at += 1) {
      const part = parts[order[at] ?? 0] ?? 0;
      const tied = ownTied[part] ?? 0;
      const counts = steps[part];
      if (tied > 0 && counts && counts.length <= 2 * most + 1 && counts.push(tied, 0) > 2 * most + 1) open -= 1;
      ownTied[part] = 0;
    }
    for (let at = from; at < to; at += 1) {
      const row = order[at] ?? 0;
      const counts = steps[parts[row] ?? 0];
      if (classes[row] !== own && counts) counts[counts.length - 1] = (counts.at(-1) ?? 0) + 1;
    }
  });
  return steps.map((counts) => (counts.length > 2 * most + 1 ? undefined : counts.reverse()));
}

/** Average precision of such counts; NaN without a row of the class. */
export function computeStepPrecision(counts: ArrayLike<number>): number {
  let [hits, all, sum] = [0, 0, 0];
  for (let at = 0; at + 1 < counts.length; at += 2) {
    const own = counts[at + 1] ?? 0;
    hits += own;
    all += own + (counts[at] ?? 0);
    if (own > 0) sum += (own * hits) / all;
  }
  return sum / hits;
}
