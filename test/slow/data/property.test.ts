import { test } from 'vitest';
import { holdAgainstOracle } from '../../data/oracle/holding.ts';

test(
  'on CSV, JSONL and Parquet the findings are those of a look at row after row',
  () => holdAgainstOracle(60),
  600_000,
);
