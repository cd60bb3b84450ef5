import type { Engine } from '../../engine/connection.ts';
import { createWeights, type RankedRows } from '../../statistics/ranking.ts';
import type { JoinedTable } from '../joined-table.ts';
import { renderPart, type View } from '../view.ts';

/** The rows of the table, in the order in which the table keeps them: the same one for every column that is read. */
export interface ReadRows {
  readonly classes: Int32Array;
  readonly weights: Float64Array | undefined;
  readonly clusters: Int32Array | undefined;
}

/** Which part of a view each row is in, and the values of the parts. */
export interface ReadParts {
  readonly ofRow: Int32Array;
  readonly values: readonly string[];
}

/** Reads what the rows are whatever the score. */
export async function readRows(engine: Engine, table: JoinedTable): Promise<ReadRows> {
  const { weighted, clustered } = table;
  const items = ['truth', ...(weighted ? ['weight'] : []), ...(clustered ? ['CAST(cluster AS INTEGER)'] : [])];
  const [classes = new Float64Array(0), ...rest] = await engine.numbers(`SELECT ${items.join(', ')} FROM joined`);
  const weights = weighted ? rest[0] : undefined;
  const clusters = clustered ? rest.at(-1) : undefined;
  return {
    classes: Int32Array.from(classes),
    weights: weights && createWeights(weights),
    clusters: clusters && Int32Array.from(clusters),
  };
}

/** The values of a view’s parts, each once. */
export async function readValues(engine: Engine, view: View): Promise<string[]> {
  const rows = await engine.rows<{ value: string }>(
    `SELECT DISTINCT ${renderPart(view)} AS value FROM joined ORDER BY value`,
  );
  return rows.map(({ value }) => value);
}

/** Reads the part of each row. A type of the values is made, because DuckDB finds a value’s place in it fastest. */
export async function readParts(engine: Engine, view: View, rows: number): Promise<ReadParts> {
  if (view.columns.length === 0) return { ofRow: new Int32Array(rows), values: [''] };
  const part = renderPart(view);
  await engine.run('DROP TYPE IF EXISTS ranked_part');
  await engine.run(`CREATE TEMP TYPE ranked_part AS ENUM (SELECT DISTINCT ${part} AS part FROM joined ORDER BY part)`);
  const values = await engine.rows<{ value: string }>(
    'SELECT CAST(unnest(enum_range(NULL::ranked_part)) AS VARCHAR) AS value',
  );
  const [ofRow = new Float64Array(0)] = await engine.numbers(
    `SELECT CAST(enum_code(CAST(${part} AS ranked_part)) AS INTEGER) FROM joined`,
  );
  return { ofRow: Int32Array.from(ofRow), values: values.map(({ value }) => value) };
}

/** The rows with their parts, as statistics take them. */
export function arrangeRows(rows: ReadRows, parts: ReadParts, table: JoinedTable): RankedRows {
  return {
    classes: rows.classes,
    classCount: table.classes.length,
    parts: parts.ofRow,
    partCount: parts.values.length,
    weights: rows.weights,
  };
}
