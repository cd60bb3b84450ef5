import { test } from 'vitest';
import { holdAgainstOracle } from './oracle/holding.ts';

test('on CSV, JSONL and Parquet the findings are those of a look at row after row', () => holdAgainstOracle(3), 60_000);
