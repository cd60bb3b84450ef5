import { correct, type InfluenceScene } from '../../statistics/area-influences.ts';
import { computeAveragePrecision } from '../../statistics/average-precision.ts';
import { createMeasure, type RankBy, type SideMeasure } from './areas.ts';

/**
 * The average precisions of classes against the rest, averaged, each class alike. Of one class it is its own.
 * Source: average_precision_score(average="macro") of scikit-learn.
 */
export async function measurePrecisions(
  scene: InfluenceScene,
  owns: readonly number[],
  rankBy: RankBy,
): Promise<SideMeasure> {
  const { partCount, parts, weights } = scene.rows;
  const found = createMeasure(parts.length, partCount);
  const counts = new Float64Array(partCount);
  for (const part of parts) counts[part] = (counts[part] ?? 0) + 1;
  const factors = counts.map((count) => correct(count, scene.independent) / owns.length);
  for (const own of owns) {
    const { values, slopes, biases } = computeAveragePrecision(await rankBy(own), own, scene.totals);
    for (const [row, slope] of slopes.entries()) {
      const weight = weights ? (weights[row] ?? 0) : 1;
      found.influences[row] = (found.influences[row] ?? 0) + weight * slope * (factors[parts[row] ?? 0] ?? 0);
    }
    for (const [part, value] of values.entries()) {
      found.values[part] = (found.values[part] ?? 0) + value / owns.length;
      found.biases[part] = (found.biases[part] ?? 0) + (biases[part] ?? 0) / owns.length;
    }
  }
  return found;
}
