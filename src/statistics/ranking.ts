/** Rows in the order of a score, each of a class and in a part; the parts are ranked apart from each other. */
export interface Ranking {
  readonly scores: Float64Array;
  /** The rows by ascending score. */
  readonly order: Uint32Array;
  readonly rows: RankedRows;
}

/** What the rows are whatever the score. */
export interface RankedRows {
  /** By row, the place of its true class. */
  readonly classes: Int32Array;
  readonly classCount: number;
  /** By row, the place of its part. */
  readonly parts: Int32Array;
  readonly partCount: number;
  /** By row, whole numbers of at least 0, see `createWeights`; without them each row counts 1. */
  readonly weights: Float64Array | undefined;
}

/** Calls `visit` with the places in the order, `from` to below `to`, of each run of equal scores, in ascending order. */
export function visitTies({ scores, order }: Ranking, visit: (from: number, to: number) => void): void {
  for (let from = 0; from < order.length; ) {
    const score = scores[order[from] ?? 0];
    let to = from + 1;
    while (to < order.length && scores[order[to] ?? 0] === score) to += 1;
    visit(from, to);
    from = to;
  }
}

/** The weights of each part and class, and their rows; at part × classCount + class. */
export interface Totals {
  readonly weights: Float64Array;
  readonly rows: Float64Array;
}

/** Adds up the rows by part and class. */
export function sumClasses({ classes, classCount, parts, partCount, weights }: RankedRows): Totals {
  const totals = { weights: new Float64Array(partCount * classCount), rows: new Float64Array(partCount * classCount) };
  for (let row = 0; row < classes.length; row += 1) {
    const at = (parts[row] ?? 0) * classCount + (classes[row] ?? 0);
    totals.rows[at] = (totals.rows[at] ?? 0) + 1;
    totals.weights[at] = (totals.weights[at] ?? 0) + (weights ? (weights[row] ?? 0) : 1);
  }
  return totals;
}

/**
 * Weights as whole numbers, whose sums no order of rows can change: as they are where they are whole, else with the most
 * binary digits that their total leaves room for. A common factor changes none of the metrics that they weigh.
 */
export function createWeights(weights: Float64Array): Float64Array {
  let [greatest, total, areWhole] = [0, 0, true];
  for (const weight of weights) {
    greatest = Math.max(greatest, weight);
    total += weight;
    areWhole &&= Number.isInteger(weight);
  }
  if (greatest === 0 || (areWhole && total <= Number.MAX_SAFE_INTEGER)) return weights;
  const digits = 52 - Math.ceil(Math.log2(weights.length + 1)) - Math.ceil(Math.log2(greatest));
  // In two steps, because the power may be too large for one double.
  const [first, second] = [2 ** Math.floor(digits / 2), 2 ** Math.ceil(digits / 2)];
  return weights.map((weight) => Math.round(weight * first * second));
}
