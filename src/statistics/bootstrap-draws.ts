import type { Resamples } from './resamples.ts';

/** Statistics of counts of units. */
export interface Statistics {
  readonly counts: readonly number[];
  compute(counts: Float64Array): readonly number[];
}

/** The first `size` resampled values of the statistic at a place, in the order in which they were drawn. */
export type Draws = (at: number, size: number) => Float64Array;

/** Draws for all statistics at once, as many as were ever asked for. A larger size begins with the smaller one's draws. */
export function createDraws({ counts, compute }: Statistics, draw: Resamples): Draws {
  const resample = new Float64Array(counts.length);
  let values: Float64Array[] = [];
  let drawn = 0;
  return (at, size) => {
    values = values.map((known) => (known.length < size ? grow(known, size) : known));
    for (; drawn < size; drawn += 1) {
      draw(resample);
      const found = compute(resample);
      for (let place = 0; place < found.length; place += 1) {
        const known = values[place] ?? new Float64Array(size);
        values[place] = known;
        known[drawn] = found[place] as number;
      }
    }
    return (values[at] ?? new Float64Array(size).fill(Number.NaN)).subarray(0, size);
  };
}

function grow(values: Float64Array, size: number): Float64Array {
  const grown = new Float64Array(size);
  grown.set(values);
  return grown;
}

/** Every statistic without one unit of each cell, by statistic and cell. Empty cells are left at 0. */
export function leaveOneOut({ counts, compute }: Statistics): Float64Array[] {
  const values: Float64Array[] = [];
  const less = Float64Array.from(counts);
  for (const [cell, count] of counts.entries()) {
    if (count === 0) continue;
    less[cell] = count - 1;
    for (const [at, value] of compute(less).entries()) {
      values[at] ??= new Float64Array(counts.length);
      values[at][cell] = value;
    }
    less[cell] = count;
  }
  return values;
}
