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
 * loop over cells. Each total has its own list of what to add, in the order of the kinds.
 */
export function createSummation(
  kinds: readonly Kind[],
  at: number,
  classes: number,
  costs?: readonly (readonly number[])[],
): Summation {
  const lists = Array.from({ length: 3 * classes + 1 }, (): Addend[] => []);
  const paid: Addend[] = [];
  // Whole numbers add up to the same in any order, so that what a kind adds to a total may be added up beforehand.
  const isWhole = kinds.every(({ entries }) => entries.every(({ mass }) => Number.isInteger(mass)));
  for (const [kind, { entries }] of kinds.entries()) {
    for (const { truth, answers, mass } of entries) {
      const answer = answers[at] ?? -1;
      const places = [truth, classes + answer, ...(truth === answer ? [2 * classes + truth] : []), 3 * classes];
      for (const place of places) addTo(lists[place], { kind, mass }, isWhole);
      if (costs) paid.push({ kind, mass: mass * (costs[truth]?.[answer] ?? Number.NaN) });
    }
  }
  const { kindOf, masses, ends } = flatten(lists);
  const sums = new Float64Array(lists.length);
  const [truths, answers, hits] = [0, 1, 2].map((lot) => sums.subarray(lot * classes, (lot + 1) * classes));
  const margins = { total: 0, truths, answers, hits, cost: Number.NaN } as {
    -readonly [Key in keyof Margins]: Margins[Key];
  };
  const fill = (counts: ArrayLike<number>) => {
    for (let place = 0, next = 0; place < ends.length; place += 1) {
      const end = ends[place] as number;
      let sum = 0;
      for (; next < end; next += 1) sum += (counts[kindOf[next] as number] as number) * (masses[next] as number);
      sums[place] = sum;
    }
    margins.total = sums[3 * classes] as number;
    if (costs) margins.cost = addCosts(paid, counts);
  };
  return { margins, fill };
}

/** What each unit of a kind adds to a total. */
interface Addend {
  readonly kind: number;
  readonly mass: number;
}

function addTo(list: Addend[] | undefined, addend: Addend, joins: boolean): void {
  const last = list?.at(-1);
  if (!list) return;
  if (joins && last?.kind === addend.kind) list[list.length - 1] = { ...last, mass: last.mass + addend.mass };
  else list.push(addend);
}

/** The lists one after the other, and where each ends. */
function flatten(lists: readonly (readonly Addend[])[]) {
  const all = lists.flat();
  let end = 0;
  return {
    kindOf: Int32Array.from(all, ({ kind }) => kind),
    masses: Float64Array.from(all, ({ mass }) => mass),
    ends: Int32Array.from(lists, ({ length }) => {
      end += length;
      return end;
    }),
  };
}

/** A cell without a cost matters only where there are units of it. */
function addCosts(paid: readonly Addend[], counts: ArrayLike<number>): number {
  let sum = 0;
  for (const { kind, mass } of paid) {
    const count = counts[kind] as number;
    if (count !== 0) sum += count * mass;
  }
  return sum;
}

/** The classes that any row is of, or was given by the side, in their order. Rows without weight count. */
export function listPresent(kinds: readonly Kind[], at: number): number[] {
  const present = new Set(kinds.flatMap(({ entries }) => entries.flatMap((e) => [e.truth, e.answers[at] ?? -1])));
  return [...present].sort((a, b) => a - b);
}
