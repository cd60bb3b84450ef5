import { ExactSums } from './exact-sums.ts';
import { sumSides } from './placements.ts';
import { type Ranking, type Totals, visitTies } from './ranking.ts';

/** No term of the bias is larger. */
const BOUND = 4;

export interface AveragePrecisions {
  /** By part, from 0 to 1; NaN without a row of the class. */
  readonly values: Float64Array;
  /** By row, how the value changes with the row’s weight; times the weights they add up to 0 in each part. */
  readonly slopes: Float64Array;
  /**
   * By part, what the value is too high by, to be expected of so few rows: half the sum of the second derivatives, as the
   * bootstrap would find it to the second order. Source: B. Efron, The Jackknife, the Bootstrap and Other Resampling Plans
   * (1982), section 6.6.
   */
  readonly biases: Float64Array;
}

/**
 * Average precision: over the rows of a class, the mean share of the class among the rows that score as high or higher;
 * rows with equal scores are one step. Time is linear in the rows.
 * Source: average_precision_score of scikit-learn, the step sum Σ (Rₙ − Rₙ₋₁) Pₙ. The slopes are its derivatives: with P
 * the weight of the class, A(t) all weight at or above t, and p(t) the precision there,
 * ∂AP/∂wⱼ = (yⱼ (p(sⱼ) − AP) + Σ_{i of the class, sᵢ ≤ sⱼ} wᵢ (yⱼ − p(sᵢ)) / A(sᵢ)) / P.
 */
export function computeAveragePrecision(ranking: Ranking, own: number, totals: Totals): AveragePrecisions {
  const { order, rows } = ranking;
  const { classes, classCount, parts, partCount, weights } = rows;
  const sides = sumSides(totals.weights, own, classCount, partCount);
  // What is left at or above the score: of the class, and of all.
  const [ownLeft, allLeft] = [sides.own.slice(), sides.own.map((weight, part) => weight + (sides.rest[part] ?? 0))];
  const [ownTied, allTied] = [new Float64Array(partCount), new Float64Array(partCount)];
  // Σ w / A and Σ w p / A over the rows of the class that score as low or lower.
  const [gains, losses] = [new Float64Array(partCount), new Float64Array(partCount)];
  // Σ w / A² and Σ w p / A² over the same rows.
  const [bends, falls] = [new Float64Array(partCount), new Float64Array(partCount)];
  const curvatures = new ExactSums(partCount);
  const sums = new Float64Array(partCount);
  const slopes = new Float64Array(order.length);
  visitTies(ranking, (from, to) => {
    for (let at = from; at < to; at += 1) {
      const row = order[at] ?? 0;
      const part = parts[row] ?? 0;
      const weight = weights ? (weights[row] ?? 0) : 1;
      allTied[part] = (allTied[part] ?? 0) + weight;
      if (classes[row] === own) ownTied[part] = (ownTied[part] ?? 0) + weight;
    }
    for (let at = from; at < to; at += 1) {
      const part = parts[order[at] ?? 0] ?? 0;
      const mine = ownTied[part] ?? 0;
      if (mine === 0) continue;
      const all = allLeft[part] ?? 0;
      const precision = (ownLeft[part] ?? 0) / all;
      gains[part] = (gains[part] ?? 0) + mine / all;
      losses[part] = (losses[part] ?? 0) + (mine * precision) / all;
      bends[part] = (bends[part] ?? 0) + mine / all ** 2;
      falls[part] = (falls[part] ?? 0) + (mine * precision) / all ** 2;
      sums[part] = (sums[part] ?? 0) + mine * precision;
      ownTied[part] = 0;
    }
    for (let at = from; at < to; at += 1) {
      const row = order[at] ?? 0;
      const part = parts[row] ?? 0;
      const [loss, fall] = [losses[part] ?? 0, falls[part] ?? 0];
      const all = allLeft[part] ?? 0;
      const precision = (ownLeft[part] ?? 0) / all;
      const isOwn = classes[row] === own;
      slopes[row] = isOwn ? precision + (gains[part] ?? 0) - loss : -loss;
      const bend = isOwn ? (1 - precision) / all - (bends[part] ?? 0) + fall : fall;
      const weight = weights ? (weights[row] ?? 0) : 1;
      curvatures.add(part, (weight * weight * bend) / (sides.own[part] ?? 0) / BOUND);
    }
    for (let at = from; at < to; at += 1) {
      const row = order[at] ?? 0;
      const part = parts[row] ?? 0;
      allLeft[part] = (allLeft[part] ?? 0) - (allTied[part] ?? 0);
      allTied[part] = 0;
      if (classes[row] === own) ownLeft[part] = (ownLeft[part] ?? 0) - (weights ? (weights[row] ?? 0) : 1);
    }
  });
  const values = sums.map((sum, part) => sum / (sides.own[part] ?? 0));
  for (let row = 0; row < slopes.length; row += 1) {
    const part = parts[row] ?? 0;
    const total = sides.own[part] ?? 0;
    const isOwn = classes[row] === own;
    slopes[row] = ((slopes[row] ?? 0) - (isOwn ? (values[part] ?? 0) : 0)) / total;
    if (!isOwn) continue;
    const weight = weights ? (weights[row] ?? 0) : 1;
    curvatures.add(part, (-weight * weight * (slopes[row] ?? 0)) / total / BOUND);
  }
  return { values, slopes, biases: values.map((_, part) => curvatures.get(part) * BOUND) };
}
