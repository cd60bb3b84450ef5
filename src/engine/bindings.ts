/**
 * Stands in for `@duckdb/node-bindings` in the bundle: loads the addon from the folder that was located and verified,
 * instead of looking for a package. Unlike every other module this one acts when it is evaluated, because that is what
 * `require('@duckdb/node-bindings')` does; the bundle evaluates it when DuckDB is loaded, not at the start.
 */
import { join } from 'node:path';
import { getLibraryFolder } from './location.ts';

const addon: { exports: unknown } = { exports: {} };
process.dlopen(addon, join(getLibraryFolder(), 'duckdb.node'));

export default addon.exports;
