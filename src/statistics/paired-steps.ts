import { computeStepPrecision } from './precision-steps.ts';
import { type Ranking, visitTies } from './ranking.ts';

/** Rows that two average precisions cannot tell apart form a cell. */
export interface PairedSteps {
  /** Rows of each cell. */
  readonly counts: readonly number[];
  /** By cell, its step in either ranking, see `collectSteps`. */
  readonly places: readonly [Int32Array, Int32Array];
  /** The steps of either ranking. */
  readonly lengths: readonly [number, number];
}

/**
 * The cells of each part in two rankings of the same rows; undefined where the class has more than `most` different scores
 * in one of them, or where there are more than `mostCells`. Weights are not looked at. The cells stand in an order of their
 * own, which no order of rows changes.
 */
export function collectPairedSteps(
  rankings: readonly [Ranking, Ranking],
  own: number,
  most: number,
  mostCells: number,
): (PairedSteps | undefined)[] {
  const { parts, partCount } = rankings[0].rows;
  const [first, second] = [placeRows(rankings[0], own), placeRows(rankings[1], own)];
  const lengths = (part: number) => [2 * (first.scores[part] ?? 0) + 1, 2 * (second.scores[part] ?? 0) + 1] as const;
  const cells = Array.from({ length: partCount }, () => new Map<number, number>());
  for (let row = 0; row < parts.length; row += 1) {
    const part = parts[row] ?? 0;
    const known = cells[part];
    if (!known || known.size > mostCells || Math.max(...lengths(part)) > 2 * most + 1) continue;
    const cell = (first.places[row] ?? 0) * lengths(part)[1] + (second.places[row] ?? 0);
    known.set(cell, (known.get(cell) ?? 0) + 1);
  }
  return cells.map((known, part) => {
    const [length, otherLength] = lengths(part);
    if (known.size === 0 || known.size > mostCells) return undefined;
    const sorted = [...known].sort(([a], [b]) => a - b);
    // The steps are counted from the highest score down.
    const place = (of: (cell: number) => number) => Int32Array.from(sorted, ([cell]) => of(cell));
    return {
      counts: sorted.map(([, count]) => count),
      places: [
        place((cell) => length - 1 - Math.floor(cell / otherLength)),
        place((cell) => otherLength - 1 - (cell % otherLength)),
      ],
      lengths: [length, otherLength],
    };
  });
}

/** Both average precisions of such cells with other counts. The same pair each time. */
export function createPairedPrecision({ places, lengths }: PairedSteps): (counts: Float64Array) => [number, number] {
  const steps = [new Float64Array(lengths[0]), new Float64Array(lengths[1])] as const;
  const found: [number, number] = [Number.NaN, Number.NaN];
  return (counts) => {
    for (const side of [0, 1] as const) {
      const [own, at] = [steps[side], places[side]];
      own.fill(0);
      for (let cell = 0; cell < counts.length; cell += 1) {
        const step = at[cell] as number;
        own[step] = (own[step] as number) + (counts[cell] as number);
      }
      found[side] = computeStepPrecision(own);
    }
    return found;
  };
}

/** By row, its step from the lowest score up; by part, how many different scores the class has. */
function placeRows(ranking: Ranking, own: number): { places: Int32Array; scores: Int32Array } {
  const { order, rows } = ranking;
  const { classes, parts, partCount } = rows;
  const places = new Int32Array(order.length);
  const scores = new Int32Array(partCount);
  const tied = new Int32Array(partCount);
  visitTies(ranking, (from, to) => {
    for (let at = from; at < to; at += 1) {
      const row = order[at] ?? 0;
      const part = parts[row] ?? 0;
      if (classes[row] !== own || tied[part] === 1) continue;
      tied[part] = 1;
      scores[part] = (scores[part] ?? 0) + 1;
    }
    for (let at = from; at < to; at += 1) {
      const row = order[at] ?? 0;
      const part = parts[row] ?? 0;
      places[row] = 2 * (scores[part] ?? 0) - (classes[row] === own ? 1 : 0);
      tied[part] = 0;
    }
  });
  return { places, scores };
}
