import { type Ranking, type Totals, visitTies } from './ranking.ts';

/** One class ranked against all other rows. */
export interface Placements {
  /**
   * By row: of the class, the share of the others that score lower; of the others, the share of the class that scores
   * higher; ties count half. The areas are the means of either.
   */
  readonly shares: Float64Array;
  /** By part, the area under the ROC curve, NaN without rows on both sides. */
  readonly areas: Float64Array;
}

/**
 * Places every row among those of the other side by its score. Time is linear in the rows.
 * Source: E. DeLong, D. DeLong, D. Clarke-Pearson, "Comparing the areas under two or more correlated receiver operating
 * characteristic curves", Biometrics 44 (1988), equations 3 and 4; by ranks as X. Sun and W. Xu, "Fast implementation of
 * DeLong’s algorithm", IEEE Signal Processing Letters 21 (2014).
 */
export function placeAgainstRest(ranking: Ranking, own: number, totals: Totals): Placements {
  const { order, rows } = ranking;
  const { classes, classCount, parts, partCount, weights } = rows;
  const sides = sumSides(totals.weights, own, classCount, partCount);
  // Own rows and others, each the weight that scores lower and the weight that scores the same.
  const [ownBelow, ownTied] = [new Float64Array(partCount), new Float64Array(partCount)];
  const [restBelow, restTied] = [new Float64Array(partCount), new Float64Array(partCount)];
  const shares = new Float64Array(order.length);
  const sums = new Float64Array(partCount);
  visitTies(ranking, (from, to) => {
    if (to === from + 1) {
      placeOne(order[from] ?? 0);
      return;
    }
    for (let at = from; at < to; at += 1) {
      const row = order[at] ?? 0;
      const tied = classes[row] === own ? ownTied : restTied;
      const part = parts[row] ?? 0;
      tied[part] = (tied[part] ?? 0) + (weights ? (weights[row] ?? 0) : 1);
    }
    for (let at = from; at < to; at += 1) {
      const row = order[at] ?? 0;
      const part = parts[row] ?? 0;
      const ownWeight = sides.own[part] ?? 0;
      shares[row] =
        classes[row] === own
          ? ((restBelow[part] ?? 0) + (restTied[part] ?? 0) / 2) / (sides.rest[part] ?? 0)
          : (ownWeight - (ownBelow[part] ?? 0) - (ownTied[part] ?? 0) / 2) / ownWeight;
    }
    for (let at = from; at < to; at += 1) {
      const part = parts[order[at] ?? 0] ?? 0;
      const [mine, theirs] = [ownTied[part] ?? 0, restTied[part] ?? 0];
      sums[part] = (sums[part] ?? 0) + mine * ((restBelow[part] ?? 0) + theirs / 2);
      ownBelow[part] = (ownBelow[part] ?? 0) + mine;
      restBelow[part] = (restBelow[part] ?? 0) + theirs;
      ownTied[part] = 0;
      restTied[part] = 0;
    }
  });
  return { shares, areas: sums.map((sum, part) => sum / ((sides.own[part] ?? 0) * (sides.rest[part] ?? 0))) };

  /** A row that ties with none, which most are: the same as of several, in less time. */
  function placeOne(row: number): void {
    const part = parts[row] as number;
    const weight = weights ? (weights[row] as number) : 1;
    if (classes[row] === own) {
      const below = restBelow[part] as number;
      shares[row] = below / (sides.rest[part] as number);
      sums[part] = (sums[part] as number) + weight * below;
      ownBelow[part] = (ownBelow[part] as number) + weight;
    } else {
      const total = sides.own[part] as number;
      shares[row] = (total - (ownBelow[part] as number)) / total;
      restBelow[part] = (restBelow[part] as number) + weight;
    }
  }
}

/** By part, the total of a class and that of all others, from totals at part × classCount + class. */
export function sumSides(
  totals: Float64Array,
  own: number,
  classCount: number,
  partCount: number,
): { own: Float64Array; rest: Float64Array } {
  const sides = { own: new Float64Array(partCount), rest: new Float64Array(partCount) };
  for (const [at, weight] of totals.entries()) {
    const part = Math.floor(at / classCount);
    const side = at % classCount === own ? sides.own : sides.rest;
    side[part] = (side[part] ?? 0) + weight;
  }
  return sides;
}

/** One class ranked against each other class alone, by the scores for that class. */
export interface PairPlacements {
  /**
   * By row: of the class, its shares among the other classes, each times the pair’s coefficient, added up; of another
   * class, the share of the class that scores higher, times the coefficient.
   */
  readonly shares: Float64Array;
  /** At part × classCount + other class, the area of the pair; NaN without rows of both. */
  readonly areas: Float64Array;
}

/**
 * Places every row among those of each other class. `coefficients`, at part × classCount + other class, is what each pair
 * counts. Time is linear in the rows, and in the classes times the rows of the class.
 * Source: D. Hand, R. Till, "A simple generalisation of the area under the ROC curve for multiple class classification
 * problems", Machine Learning 45 (2001), equation 3.
 */
export function placeAgainstEach(
  ranking: Ranking,
  own: number,
  totals: Totals,
  coefficients: Float64Array,
): PairPlacements {
  const { order, rows } = ranking;
  const { classes, classCount, parts, weights } = rows;
  const below = new Float64Array(totals.weights.length);
  const tied = new Float64Array(totals.weights.length);
  const shares = new Float64Array(order.length);
  const sums = new Float64Array(totals.weights.length);
  visitTies(ranking, (from, to) => {
    for (let at = from; at < to; at += 1) {
      const row = order[at] ?? 0;
      const cell = (parts[row] ?? 0) * classCount + (classes[row] ?? 0);
      tied[cell] = (tied[cell] ?? 0) + (weights ? (weights[row] ?? 0) : 1);
    }
    for (let at = from; at < to; at += 1) {
      const row = order[at] ?? 0;
      const first = (parts[row] ?? 0) * classCount;
      if (classes[row] === own) {
        shares[row] = addShares(first);
        continue;
      }
      const total = totals.weights[first + own] ?? 0;
      const above = total - (below[first + own] ?? 0) - (tied[first + own] ?? 0) / 2;
      shares[row] = ((coefficients[first + (classes[row] ?? 0)] ?? 0) * above) / total;
    }
    for (let at = from; at < to; at += 1) settleOwn((parts[order[at] ?? 0] ?? 0) * classCount);
    for (let at = from; at < to; at += 1) {
      const row = order[at] ?? 0;
      const cell = (parts[row] ?? 0) * classCount + (classes[row] ?? 0);
      below[cell] = (below[cell] ?? 0) + (tied[cell] ?? 0);
      tied[cell] = 0;
    }
  });
  const areas = sums.map((sum, cell) => {
    const total = totals.weights[cell - (cell % classCount) + own] ?? 0;
    return sum / (total * (totals.weights[cell] ?? 0));
  });
  return { shares, areas };

  function addShares(first: number): number {
    let share = 0;
    for (let other = 0; other < classCount; other += 1) {
      const cell = first + other;
      if (other === own || coefficients[cell] === 0) continue;
      const lower = (below[cell] ?? 0) + (tied[cell] ?? 0) / 2;
      share += ((coefficients[cell] ?? 0) * lower) / (totals.weights[cell] ?? 0);
    }
    return share;
  }

  /** Adds what a part’s tied rows of the class come to, once: their weight is then taken as below. */
  function settleOwn(first: number): void {
    const mine = tied[first + own] ?? 0;
    if (mine === 0) return;
    for (let other = 0; other < classCount; other += 1) {
      if (other === own) continue;
      const cell = first + other;
      sums[cell] = (sums[cell] ?? 0) + mine * ((below[cell] ?? 0) + (tied[cell] ?? 0) / 2);
    }
    below[first + own] = (below[first + own] ?? 0) + mine;
    tied[first + own] = 0;
  }
}
