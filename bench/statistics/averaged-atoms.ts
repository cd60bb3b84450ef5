import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEngine } from '../../src/engine/connection.ts';
import type { AveragedPart } from '../../src/evaluation/averaged/averaged.ts';
import { createFormula } from '../../src/evaluation/averaged/catalogue.ts';
import { nameDesign } from '../../src/evaluation/averaged/parts.ts';
import { type Design, nameVariable } from '../../src/evaluation/averaged/variables.ts';
import type { JoinedTable } from '../../src/evaluation/joined-table.ts';
import { SILENT } from '../../src/progress.ts';
import { toDyadic } from '../../src/statistics/dyadic.ts';
import type { VectorSums } from '../../src/statistics/vector-sums.ts';

/** A row that data may hold, by the columns of `joined`, and how likely it is. */
export interface Atom {
  readonly share: number;
  readonly columns: Readonly<Record<string, number>>;
}

/** How many rows of each atom a sample holds. */
export type Counts = ArrayLike<number>;

/**
 * Makes what the program adds up from how many rows of each atom there are. The numbers of the atoms come from the program’s
 * own SQL; what it would add up of millions of rows is a sum over a thousand atoms then.
 */
export async function createAdding(
  table: JoinedTable,
  metrics: readonly string[],
  atoms: readonly Atom[],
): Promise<(counts: Counts) => AveragedPart> {
  const designs = new Map<string, Design>();
  for (const metric of metrics) {
    const formula = createFormula(metric, table);
    if ('reason' in formula) throw new Error(formula.reason);
    for (const side of table.sides) designs.set(nameDesign(metric, side), formula.listOwn(side));
    designs.set(nameDesign(metric, 'both'), formula.listBoth());
    designs.set(nameDesign(metric, 'apart'), formula.listApart());
  }
  const values = await evaluate(
    atoms,
    [...designs.values()].flat().flatMap((one) => ('sql' in one ? [one.sql] : [])),
  );
  const find = (sql: string) => values.get(sql) ?? new Float64Array(atoms.length);
  const weights = Float64Array.from(atoms, ({ columns }) => columns['weight'] ?? 1);
  const numbers = new Map(
    [...designs].map(([name, design]) => [
      name,
      [
        weights,
        ...design.map((variable) =>
          'sql' in variable
            ? find(variable.sql).map((value, at) => value * (weights[at] ?? 0))
            : find(variable.squareOf).map((value, at) => value * value * (weights[at] ?? 0)),
        ),
      ],
    ]),
  );
  const products = new Map(
    [...numbers].map(([name, own]) => [
      name,
      own.flatMap((first, i) => own.slice(i).map((second) => first.map((value, at) => value * (second[at] ?? 0)))),
    ]),
  );
  return (counts) => {
    let units = 0;
    for (let at = 0; at < counts.length; at += 1) units += counts[at] ?? 0;
    const add = (of: Float64Array) => {
      let sum = 0;
      for (let at = 0; at < of.length; at += 1) sum += (of[at] as number) * (counts[at] as number);
      return toDyadic(sum);
    };
    return {
      sums: {
        units,
        count: (base) =>
          find(nameVariable(base)).reduce((n, value, at) => n + (value === 0 ? 0 : (counts[at] ?? 0)), 0),
        take: (name): VectorSums | undefined => {
          const [own, pairs] = [numbers.get(name), products.get(name)];
          return own && pairs && { units, sums: own.map(add), products: pairs.map(add) };
        },
      },
    };
  };
}

/** The values of SQL on each atom. */
async function evaluate(atoms: readonly Atom[], sql: readonly string[]): Promise<Map<string, Float64Array>> {
  const names = Object.keys(atoms[0]?.columns ?? {});
  const rows = atoms.map(({ columns }) => `(${names.map((name) => `'${columns[name]}'::DOUBLE`).join(', ')})`);
  const engine = await openEngine({
    files: [],
    library: { environment: process.env, progress: SILENT },
    temporary: join(tmpdir(), 'atoms'),
  });
  try {
    await engine.run(`CREATE TEMP TABLE joined AS SELECT * FROM (VALUES ${rows.join(', ')}) t(${names.join(', ')})`);
    const all = [...new Set(sql)];
    const found = await engine.numbers(`SELECT ${all.map((one) => `CAST(${one} AS DOUBLE)`).join(', ')} FROM joined`);
    return new Map(all.map((one, at) => [one, found[at] ?? new Float64Array(0)]));
  } finally {
    await engine.close();
  }
}
