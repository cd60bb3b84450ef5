import {
  addPairInfluences,
  addRestInfluences,
  addShareInfluences,
  type InfluenceScene,
} from '../../statistics/area-influences.ts';
import { placeAgainstEach, placeAgainstRest } from '../../statistics/placements.ts';
import type { Ranking } from '../../statistics/ranking.ts';

/** A metric of one side: its value by part, what each row adds to it, and what it is too high by. */
export interface SideMeasure {
  readonly values: Float64Array;
  readonly influences: Float64Array;
  readonly biases: Float64Array;
}

/** The ranking by a class, which is known by its place. */
export type RankBy = (own: number) => Promise<Ranking>;

/**
 * The areas of classes against the rest, averaged: each class alike, or `weighted` by its share of the rows. Of one class
 * it is its area.
 * Source: roc_auc_score(multi_class="ovr") of scikit-learn.
 */
export async function measureRest(
  scene: InfluenceScene,
  owns: readonly number[],
  weighted: boolean,
  rankBy: RankBy,
): Promise<SideMeasure> {
  const { classCount, partCount, parts } = scene.rows;
  const found = createMeasure(parts.length, partCount);
  const areas = new Float64Array(partCount * classCount);
  const totals = sumParts(scene);
  for (const own of owns) {
    const placements = placeAgainstRest(await rankBy(own), own, scene.totals);
    const coefficients = totals.map((total, part) =>
      weighted ? (scene.totals.weights[part * classCount + own] ?? 0) / total : 1 / owns.length,
    );
    addRestInfluences(found.influences, scene, own, placements, coefficients);
    for (const [part, area] of placements.areas.entries()) {
      areas[part * classCount + own] = area;
      found.values[part] = (found.values[part] ?? 0) + area * (coefficients[part] ?? 0);
    }
  }
  if (weighted) addShareInfluences(found.influences, scene, areas);
  return found;
}

/**
 * The areas of each class against each other one, averaged over the pairs: each alike, or `weighted` by the pair’s share
 * of the rows. A pair’s area is the mean of the two by either class’s score.
 * Source: D. Hand, R. Till, Machine Learning 45 (2001), equation 7; roc_auc_score(multi_class="ovo") of scikit-learn.
 */
export async function measurePairs(
  scene: InfluenceScene,
  owns: readonly number[],
  weighted: boolean,
  rankBy: RankBy,
): Promise<SideMeasure> {
  const { classCount, partCount, parts } = scene.rows;
  const found = createMeasure(parts.length, partCount);
  const totals = sumParts(scene);
  // By part and class, half the sum of its pairs’ areas over the number of other classes.
  const gains = new Float64Array(partCount * classCount);
  const others = owns.length - 1;
  const weigh = (cell: number, part: number) => (scene.totals.weights[cell] ?? 0) / (totals[part] ?? 0);
  for (const own of owns) {
    const coefficients = new Float64Array(partCount * classCount);
    for (let part = 0; part < partCount; part += 1) {
      for (const other of owns) {
        const cell = part * classCount + other;
        const share = weigh(cell, part) + weigh(part * classCount + own, part);
        if (other !== own) coefficients[cell] = weighted ? share / 2 / others : 1 / (owns.length * others);
      }
    }
    const placements = placeAgainstEach(await rankBy(own), own, scene.totals, coefficients);
    addPairInfluences(found.influences, scene, own, placements, coefficients);
    for (let part = 0; part < partCount; part += 1) {
      for (const other of owns) {
        if (other === own) continue;
        const cell = part * classCount + other;
        const area = placements.areas[cell] ?? 0;
        found.values[part] = (found.values[part] ?? 0) + area * (coefficients[cell] ?? 0);
        for (const either of [cell, part * classCount + own]) gains[either] = (gains[either] ?? 0) + area / 2 / others;
      }
    }
  }
  if (weighted) addShareInfluences(found.influences, scene, gains);
  return found;
}

/** A measure of zeros. */
export function createMeasure(rows: number, partCount: number): SideMeasure {
  return {
    values: new Float64Array(partCount),
    influences: new Float64Array(rows),
    biases: new Float64Array(partCount),
  };
}

function sumParts({ totals, rows }: InfluenceScene): Float64Array {
  const sums = new Float64Array(rows.partCount);
  for (const [cell, weight] of totals.weights.entries()) {
    const part = Math.floor(cell / rows.classCount);
    sums[part] = (sums[part] ?? 0) + weight;
  }
  return sums;
}
