import { quotePath } from './literal-paths.ts';
import { quoteIdentifier, quoteLiteral } from './sql.ts';
import type { Column, TableFile } from './table.ts';

/** The columns that the names of folders give, last in the table. */
export function listPartitions([first]: readonly TableFile[]): Column[] {
  return Object.keys(first?.partitions ?? {}).map((name) => ({ name, type: 'VARCHAR' }));
}

/**
 * The scan of several files with the columns that their folders give. `file_index` is what the engine calls the number of
 * the file in the list, from 0.
 */
export function addPartitions(scan: string, files: readonly TableFile[]): string {
  const names = Object.keys(files[0]?.partitions ?? {});
  if (names.length === 0) return scan;
  const columns = names.map((name) => {
    const values = files.map(({ partitions }) => {
      const value = partitions?.[name];
      return typeof value === 'string' ? quoteLiteral(value) : 'NULL';
    });
    return `CAST([${values.join(', ')}] AS VARCHAR[])[CAST(file_index AS BIGINT) + 1] AS ${quoteIdentifier(name)}`;
  });
  return `(SELECT *, ${columns.join(', ')} FROM ${scan})`;
}

/** The paths of some files as SQL: what a reader takes. */
export function renderPaths(files: readonly TableFile[]): string {
  const paths = files.map(({ path }) => quotePath(path));
  return paths.length === 1 ? (paths[0] ?? '') : `[${paths.join(', ')}]`;
}
