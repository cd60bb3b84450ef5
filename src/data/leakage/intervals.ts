/** Rows with one value, by ascending value: entries with equal values lie side by side. */
export interface OrderedClasses {
  readonly values: Float64Array;
  /** The place of the class, from 0. */
  readonly classes: Float64Array;
  /** Rows. */
  readonly counts: Float64Array;
}

/**
 * How many rows are told right at best by thresholds: the numbers are cut into as many intervals as there are classes, or fewer,
 * each of which stands for one class, in the order of the classes' mean places. That is one rule with a number less of
 * parameters than there are classes, so that 30 rows are enough for it not to fit by chance.
 * Source of the idea: R. Holte, "Very simple classification rules perform well on most commonly used datasets", Machine
 * Learning 11 (1993). One pass, by dynamic programming over the classes.
 */
export function countByIntervals(rows: OrderedClasses, classCount: number): number {
  const order = orderClasses(rows, classCount);
  // By place in that order: rows told right so far if the last interval stands for it.
  const best = new Float64Array(classCount);
  const here = new Float64Array(classCount);
  const { values, classes, counts } = rows;
  for (let from = 0; from < values.length; ) {
    here.fill(0);
    let to = from;
    for (; to < values.length && values[to] === values[from]; to += 1) {
      const place = order[classes[to] ?? 0] ?? 0;
      here[place] = (here[place] ?? 0) + (counts[to] ?? 0);
    }
    let before = 0;
    for (let place = 0; place < classCount; place += 1) {
      before = Math.max(before, best[place] ?? 0);
      best[place] = before + (here[place] ?? 0);
    }
    from = to;
  }
  return best.reduce((most, told) => Math.max(most, told), 0);
}

/** The place of each class by the mean place of its rows. */
function orderClasses({ classes, counts }: OrderedClasses, classCount: number): number[] {
  const [sums, rows] = [new Float64Array(classCount), new Float64Array(classCount)];
  let passed = 0;
  for (let at = 0; at < classes.length; at += 1) {
    const [place, count] = [classes[at] ?? 0, counts[at] ?? 0];
    sums[place] = (sums[place] ?? 0) + count * (passed + count / 2);
    rows[place] = (rows[place] ?? 0) + count;
    passed += count;
  }
  const means = [...sums].map((sum, place) => ({ place, mean: sum / Math.max(1, rows[place] ?? 0) }));
  const sorted = means.toSorted((a, b) => a.mean - b.mean || a.place - b.place);
  const order: number[] = [];
  for (const [at, { place }] of sorted.entries()) order[place] = at;
  return order;
}
