/** What we use of DuckDB, as a module of its own: importing it loads the native library. */
export { DuckDBInstance } from '@duckdb/node-api';
