import type { Engine } from '../../engine/connection.ts';
import { FRACTION_BITS } from './frames.ts';
import { readValues } from './range-query.ts';
import { type Frames, renderSums, type Summing } from './sum-sql.ts';
import { listBases } from './variables.ts';

/** Sums over the units of one part, in whole multiples of 2⁻⁶², of framed numbers. */
export interface FramedSums {
  readonly values: readonly string[];
  readonly units: number;
  readonly frames: Frames;
  /** Units where a counted base is not 0, by the places of the bases. */
  readonly counts: readonly number[];
  /** How much the units count, then by the places of the variables. */
  readonly sums: readonly bigint[];
  /** How much they count with itself and with each variable, then by the places of the pairs. */
  readonly products: readonly bigint[];
}

/**
 * Adds up the variables and their products, for each combination of the columns' values. All sums are of whole numbers, so
 * no order of rows or threads can change a digit of them.
 */
export async function fetchFramedSums(engine: Engine, summing: Summing): Promise<FramedSums[]> {
  const { relation, columns, variables, pairs, frames } = summing;
  const bases = listBases(variables);
  const counts = relation.weighted || relation.clustered;
  const rows = await engine.rows<Record<string, number | bigint>>(renderSums(summing));
  return rows
    .filter(({ n }) => n !== 0)
    .map((row) => {
      const read = (name: string) => BigInt(row[name] ?? 0);
      const units = Number(row['n']);
      const all = BigInt(units) << BigInt(FRACTION_BITS);
      return {
        values: readValues(row, columns),
        units,
        frames: frames ?? {
          bases: bases.map((_, at) => ({ low: Number(row[`low_${at}`]), scale: Number(row[`scale_${at}`]) })),
          weight: Number(row['weight_scale']),
        },
        counts: bases.map((_, at) => Number(row[`k_${at}`] ?? 0)),
        sums: [counts ? read('s') : all, ...variables.map((_, at) => read(`s_${at}`))],
        products: [
          counts ? read('p') : all,
          ...variables.map((_, at) => read(counts ? `p_${at}` : `s_${at}`)),
          ...pairs.map(([i, j]) => read(`p_${i}_${j}`)),
        ],
      };
    });
}
