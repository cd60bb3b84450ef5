import type { PairPlacements, Placements } from './placements.ts';
import { sumSides } from './placements.ts';
import type { RankedRows, Totals } from './ranking.ts';

/** What all rows of a metric’s influences share. */
export interface InfluenceScene {
  readonly rows: RankedRows;
  readonly totals: Totals;
  /** Whether rows are independent, so that a mean of m of them has a variance with m − 1 below the line. */
  readonly independent: boolean;
}

/**
 * Adds what each row adds to the area of one class against the rest, times the part’s coefficient. The squares of one
 * area’s influences add up to DeLong’s variance, and the products of two areas’ to their covariance; of weighted rows, to
 * the variance of a ratio of weighted sums.
 * Source: E. DeLong et al., Biometrics 44 (1988), equations 5 and 6; weighted: W. Yao, Z. Li, B. Graubard, "Estimation of
 * ROC curve with complex survey data", Statistics in Medicine 34 (2015).
 */
export function addRestInfluences(
  into: Float64Array,
  { rows, totals, independent }: InfluenceScene,
  own: number,
  { shares, areas }: Placements,
  coefficients: Float64Array,
): void {
  const { classes, classCount, parts, partCount, weights } = rows;
  const sides = sumSides(totals.weights, own, classCount, partCount);
  const counts = sumSides(totals.rows, own, classCount, partCount);
  const scale = (of: Float64Array, count: Float64Array) =>
    of.map((weight, part) => ((coefficients[part] ?? 0) * correct(count[part] ?? 0, independent)) / weight);
  const [ownScale, restScale] = [scale(sides.own, counts.own), scale(sides.rest, counts.rest)];
  for (let row = 0; row < into.length; row += 1) {
    const part = parts[row] ?? 0;
    const factor = (classes[row] === own ? ownScale : restScale)[part] ?? 0;
    const weight = weights ? (weights[row] ?? 0) : 1;
    into[row] = (into[row] ?? 0) + weight * ((shares[row] ?? 0) - (areas[part] ?? 0)) * factor;
  }
}

/** Adds what each row adds to the sum of coefficient × area over the pairs of one class with each other class. */
export function addPairInfluences(
  into: Float64Array,
  { rows, totals, independent }: InfluenceScene,
  own: number,
  { shares, areas }: PairPlacements,
  coefficients: Float64Array,
): void {
  const { classes, classCount, parts, partCount, weights } = rows;
  const centres = areas.map((area, cell) => (coefficients[cell] ?? 0) * area);
  for (let part = 0; part < partCount; part += 1) {
    let sum = 0;
    for (let other = 0; other < classCount; other += 1) {
      if (other !== own && coefficients[part * classCount + other] !== 0)
        sum += centres[part * classCount + other] ?? 0;
    }
    centres[part * classCount + own] = sum;
  }
  const scales = totals.weights.map((weight, cell) => correct(totals.rows[cell] ?? 0, independent) / weight);
  for (let row = 0; row < into.length; row += 1) {
    const cell = (parts[row] ?? 0) * classCount + (classes[row] ?? 0);
    const weight = weights ? (weights[row] ?? 0) : 1;
    into[row] = (into[row] ?? 0) + weight * ((shares[row] ?? 0) - (centres[cell] ?? 0)) * (scales[cell] ?? 0);
  }
}

/**
 * Adds what each row adds to Σ share of class × `gains` through the shares, which are estimated too. `gains` is at
 * part × classCount + class.
 */
export function addShareInfluences(into: Float64Array, scene: InfluenceScene, gains: Float64Array): void {
  const { classes, classCount, parts, partCount, weights } = scene.rows;
  const means = new Float64Array(partCount);
  const scales = new Float64Array(partCount);
  for (let part = 0; part < partCount; part += 1) {
    let [total, count, sum] = [0, 0, 0];
    for (let cell = part * classCount; cell < (part + 1) * classCount; cell += 1) {
      const weight = scene.totals.weights[cell] ?? 0;
      total += weight;
      count += scene.totals.rows[cell] ?? 0;
      if (weight > 0) sum += weight * (gains[cell] ?? 0);
    }
    means[part] = sum / total;
    scales[part] = correct(count, scene.independent) / total;
  }
  for (let row = 0; row < into.length; row += 1) {
    const part = parts[row] ?? 0;
    const gain = (gains[part * classCount + (classes[row] ?? 0)] ?? 0) - (means[part] ?? 0);
    into[row] = (into[row] ?? 0) + (weights ? (weights[row] ?? 0) : 1) * gain * (scales[part] ?? 0);
  }
}

/** √(m / (m − 1)), without which a variance of m rows would be too small; infinite of one row. */
export function correct(rows: number, independent: boolean): number {
  return independent ? Math.sqrt(rows / (rows - 1)) : 1;
}
