import type { Limits } from '../../statistics/limits.ts';
import type { Kind } from './part.ts';

/** Beyond so many, only those of the smallest classes are tried, in which a row counts most. */
const MAX_UNSEEN = 2000;

/** Some of the heaviest rows of a class, of which none is of a kind: how many, and what they weigh. */
interface Lot {
  readonly rows: number;
  readonly mass: number;
}

/** A kind of row that the sample could have shown, and the place of the kind whose rows it would be instead. */
export interface UnseenKind extends Kind {
  readonly from: number;
  /** Rows of its class. */
  readonly rows: number;
  /** The rows that could have shown it and did not: the heaviest ones, and with each lot lighter ones too. */
  readonly lots: readonly Lot[];
}

/** How far statistics could lie below and above what they are. */
export interface Shift {
  readonly down: number;
  readonly up: number;
}

/** Which answers a row of a class could have been given. */
type AnswersOf = (truth: number, side: number) => Iterable<number>;

/**
 * Kinds that no row is of, or none of the heaviest rows: those of the kind of a class that weighs most, with another answer of one
 * side. None of clusters, which hold several kinds. Without `answersOf`, answers are those that any row was given.
 */
export function listUnseen(kinds: readonly Kind[], answersOf: AnswersOf = createAnswersOf(kinds)): UnseenKind[] {
  if (kinds.some(({ entries, owners }) => owners || entries.length !== 1)) return [];
  const classes = new Map<number, number[]>();
  for (const [at, { entries }] of kinds.entries()) {
    const truth = entries[0]?.truth ?? -1;
    classes.set(truth, [...(classes.get(truth) ?? []), at]);
  }
  return [...classes.values()]
    .flatMap((places) => listOfClass(kinds, places, answersOf))
    .sort((a, b) => a.rows - b.rows)
    .slice(0, MAX_UNSEEN);
}

function createAnswersOf(kinds: readonly Kind[]): AnswersOf {
  const answered: Set<number>[] = [];
  for (const { truth, answers } of kinds.flatMap(({ entries }) => entries)) {
    for (const [side, answer] of answers.entries()) {
      answered[side] ??= new Set();
      answered[side].add(answer).add(truth);
    }
  }
  return (_, side) => answered[side] ?? [];
}

function listOfClass(kinds: readonly Kind[], places: readonly number[], answersOf: AnswersOf): UnseenKind[] {
  const found = places.map((at) => ({ at, count: kinds[at]?.count ?? 0, entry: kinds[at]?.entries[0] }));
  const heaviest = new Map<string, number>();
  let from = found[0];
  for (const one of found) {
    const name = JSON.stringify(one.entry?.answers);
    heaviest.set(name, Math.max(heaviest.get(name) ?? 0, one.entry?.mass ?? 0));
    if (one.count * (one.entry?.mass ?? 0) > (from?.count ?? 0) * (from?.entry?.mass ?? 0)) from = one;
  }
  const entry = from?.entry;
  if (!from || !entry) return [];
  const rows = found.reduce((sum, { count }) => sum + count, 0);
  const sorted = found.map((one) => ({ rows: one.count, mass: one.entry?.mass ?? 0 })).sort((a, b) => b.mass - a.mass);
  const { at } = from;
  return entry.answers.flatMap((own, side) =>
    [...answersOf(entry.truth, side)].flatMap((answer) => {
      const answers = entry.answers.with(side, answer);
      const lots = answer === own ? [] : listLots(sorted, heaviest.get(JSON.stringify(answers)) ?? 0);
      return lots.length === 0 ? [] : [{ entries: [{ ...entry, answers }], count: 0, from: at, rows, lots }];
    }),
  );
}

/** The rows that weigh more than any of the kind that was seen, the heaviest first; `sorted` has the weight of one row. */
function listLots(sorted: readonly Lot[], seen: number): Lot[] {
  const lots: Lot[] = [];
  let [rows, mass] = [0, 0];
  for (const [place, lot] of sorted.entries()) {
    if (lot.mass <= seen) break;
    rows += lot.rows;
    mass += lot.rows * lot.mass;
    if (sorted[place + 1]?.mass !== lot.mass) lots.push({ rows, mass });
  }
  return lots;
}

/**
 * How far each statistic moves where the rows that the sample does not show are as many as they can be: of n rows of a class, a
 * kind that none is of has at most the share 1 − tail^(1/n), at about −ln(tail) of them. With weights that holds of the heaviest
 * rows alone, too: what weighs most of all such shares counts, and the kind that moves the statistic furthest. `compute` takes counts of the kinds and then of the unseen ones.
 * Source: C. Clopper and E. Pearson, Biometrika 26 (1934), of no successes.
 */
export function computeShifts(
  kinds: readonly Kind[],
  unseen: readonly UnseenKind[],
  compute: (counts: Float64Array) => readonly number[],
  tail: number,
): Shift[] {
  const counts = Float64Array.from([...kinds, ...unseen], ({ count }) => count);
  const values = [...compute(counts)];
  const shifts = values.map(() => ({ down: 0, up: 0 }));
  for (const [place, { from, entries, lots }] of unseen.entries()) {
    const least = counts[from] ?? 0;
    const mass = Math.max(...lots.map((lot) => -lot.mass * Math.expm1(Math.log(tail) / lot.rows)));
    const moved = Math.min(least, mass / (entries[0]?.mass ?? 1));
    counts[from] = least - moved;
    counts[kinds.length + place] = moved;
    for (const [at, value] of compute(counts).entries()) {
      const shift = shifts[at];
      const change = value - (values[at] ?? Number.NaN);
      if (!shift || Number.isNaN(change)) continue;
      shift.down = Math.max(shift.down, -change);
      shift.up = Math.max(shift.up, change);
    }
    counts[from] = least;
    counts[kinds.length + place] = 0;
  }
  return shifts;
}

/**
 * Limits that know of such rows: resamples of a class that is right throughout do not vary, however few rows it has. The two
 * distances combine by their squares, and stay between the ends of the range.
 * Source: G. Zou, A. Donner, "Construction of confidence limits about effect measures", Statistics in Medicine 27 (2008).
 */
export function widenLimits(
  { low, high }: Limits,
  value: number,
  { down, up }: Shift,
  [least, greatest]: readonly [number, number],
): Limits {
  return {
    low: down === 0 ? low : Math.max(least, value - Math.hypot(value - low, down)),
    high: up === 0 ? high : Math.min(greatest, value + Math.hypot(high - value, up)),
  };
}
