import type { Table } from '../../engine/table.ts';
import type { Dialect } from './dialect.ts';
import { duckdb } from './duckdb/duckdb.ts';
import { postgres } from './postgres/postgres.ts';

/** The dialect of the machine that holds a table. */
export function chooseDialect(table: Table): Dialect {
  return table.format === 'postgres' ? postgres : duckdb;
}
