import type { Kind } from './part.ts';

/** Totals of a confusion matrix: of all rows, and by class of the rows of it, given it, and right about it. */
export interface Margins {
  readonly total: number;
  readonly truths: Float64Array;
  readonly answers: Float64Array;
  readonly hits: Float64Array;
  /** What all rows cost together; NaN where nothing says what a row costs. */
  readonly cost: number;
}

/** Margins that can be filled again and again. */
export interface Summation {
  readonly margins: Margins;
  /** Fills the margins. `counts` are units of each kind. */
  fill(counts: ArrayLike<number>): void;
}

/**
 * Prepares to add up the kinds for one side (its place among the answers), with other counts each time: a resample is a
 * loop over cells.
 */
export function createSummation(
  kinds: readonly Kind[],
  at: number,
  classes: number,
  costs?: readonly (readonly number[])[],
): Summation {
  const size = kinds.reduce((sum, { entries }) => sum + entries.length, 0);
  const truth = new Int32Array(size);
  const answer = new Int32Array(size);
  const mass = new Float64Array(size);
  const cost = new Float64Array(size);
  const ends = new Int32Array(kinds.length);
  let next = 0;
  for (const [kind, { entries }] of kinds.entries()) {
    for (const entry of entries) {
      truth[next] = entry.truth;
      answer[next] = entry.answers[at] ?? -1;
      mass[next] = entry.mass;
      cost[next] = entry.mass * (costs?.[entry.truth]?.[entry.answers[at] ?? -1] ?? Number.NaN);
      next += 1;
    }
    ends[kind] = next;
  }
  const margins = {
    total: 0,
    truths: new Float64Array(classes),
    answers: new Float64Array(classes),
    hits: new Float64Array(classes),
    cost: 0,
  };
  const { truths, answers, hits } = margins;
  const fill = (counts: ArrayLike<number>) => {
    truths.fill(0);
    answers.fill(0);
    hits.fill(0);
    let [total, paid, entry] = [0, 0, 0];
    for (let kind = 0; kind < ends.length; kind += 1) {
      const count = counts[kind] as number;
      const end = ends[kind] as number;
      if (count === 0) entry = end;
      for (; entry < end; entry += 1) {
        const weight = count * (mass[entry] as number);
        const from = truth[entry] as number;
        const to = answer[entry] as number;
        total += weight;
        paid += count * (cost[entry] as number);
        truths[from] = (truths[from] as number) + weight;
        answers[to] = (answers[to] as number) + weight;
        if (from === to) hits[from] = (hits[from] as number) + weight;
      }
    }
    margins.total = total;
    margins.cost = paid;
  };
  return { margins, fill };
}

/** The classes that any row is of, or was given by the side, in their order. Rows without weight count. */
export function listPresent(kinds: readonly Kind[], at: number): number[] {
  const present = new Set(kinds.flatMap(({ entries }) => entries.flatMap((e) => [e.truth, e.answers[at] ?? -1])));
  return [...present].sort((a, b) => a - b);
}
