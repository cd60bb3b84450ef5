import type { DuckDBMaterializedResult } from '@duckdb/node-api';

/**
 * The columns of a result, each value as a double, in the order of its rows. Millions of rows take tens of milliseconds,
 * where objects would take seconds. Throws on NULL and on other types than DOUBLE and INTEGER: cast them in SQL.
 */
export async function collectNumbers(result: DuckDBMaterializedResult): Promise<Float64Array[]> {
  const columns = Array.from({ length: result.columnCount }, () => new Float64Array(result.rowCount));
  let from = 0;
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    for (const [at, column] of columns.entries()) {
      const { items, validity } = chunk.getColumnVector(at) as unknown as NumberVector;
      if (!(items instanceof Float64Array || items instanceof Int32Array) || !isWhole(validity, chunk.rowCount)) {
        throw new Error(`column ${at} of the query is no DOUBLE or INTEGER, or has NULL in it`);
      }
      column.set(items, from);
    }
    from += chunk.rowCount;
  }
  return columns;
}

/** What DuckDB's vectors of numbers hold. The fields are private in their types, and reading one by one is slow. */
interface NumberVector {
  readonly items: unknown;
  readonly validity: { itemValid(index: number): boolean };
}

function isWhole(validity: NumberVector['validity'], rows: number): boolean {
  for (let row = 0; row < rows; row += 1) if (!validity.itemValid(row)) return false;
  return true;
}
