import type { DuckDBListVector, DuckDBMaterializedResult } from '@duckdb/node-api';

/**
 * The lists in the one column of each of some queries, none of them NULL, of UBIGINT that are not NULL. The next query
 * runs while an answer is taken out, which is a copy, and looked at. Throws on other types.
 */
export async function* readLists(
  queries: readonly string[],
  run: (sql: string) => Promise<DuckDBMaterializedResult>,
): AsyncGenerator<BigUint64Array[]> {
  const [first, ...others] = queries;
  if (first === undefined) return;
  let running = run(first);
  for (const following of [...others, undefined]) {
    const result = await running;
    if (following !== undefined) running = run(following);
    // What goes wrong is told when it is awaited, or by nobody where the caller has enough.
    running.catch(() => undefined);
    yield await collectLists(result);
  }
}

async function collectLists(result: DuckDBMaterializedResult): Promise<BigUint64Array[]> {
  const lists: BigUint64Array[] = [];
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const column = chunk.getColumnVector(0) as DuckDBListVector;
    const { items } = column.childVector as unknown as ItemVector;
    if (!(items instanceof BigUint64Array)) throw new Error('the query has no lists of UBIGINT');
    for (let row = 0; row < chunk.rowCount; row += 1) {
      const from = column.getEntryOffset(row);
      lists.push(items.subarray(from, from + column.getEntryLength(row)));
    }
  }
  return lists;
}

/** What DuckDB's vectors of numbers hold. The field is private in their types, and reading one by one is slow. */
interface ItemVector {
  readonly items: unknown;
}
