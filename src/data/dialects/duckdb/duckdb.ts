import type { Dialect } from '../dialect.ts';
import { renderViolation } from '../violations.ts';
import { describeColumn } from './columns.ts';
import { findNativeType } from './native-columns.ts';
import { describePart } from './parts.ts';
import { PHRASES } from './phrases.ts';

/** Files, as DuckDB reads them. */
export const duckdb: Dialect = {
  name: 'duckdb',
  describeColumn,
  findNativeType,
  describePart,
  renderViolation: (test, column, type, find) => renderViolation(test, column, type, find, PHRASES),
};
