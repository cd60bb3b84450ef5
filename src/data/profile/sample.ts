import type { Engine } from '../../engine/connection.ts';
import { quoteIdentifier } from '../../engine/sql.ts';
import { type Column, JSON_COLUMN, ROW_COLUMN, type Table } from '../../engine/table.ts';

/** Of a larger data set about so many rows are described, unless all are asked for. */
export const SAMPLED_ROWS = 20_000;

const SAMPLE = 'profile_sample';

/**
 * Some columns of about SAMPLED_ROWS rows, loaded in one scan, as a table of their own. A digest of a row's number picks it:
 * so the rows are spread over all files without a rhythm of their own, and are the same at every run, whatever the
 * number of threads. Only the relation and the number of rows are the sample's; `dropSample` removes it.
 */
export async function loadSample(engine: Engine, table: Table, columns: readonly Column[]): Promise<Table> {
  const names = [...columns.map(({ name }) => name), ...(table.format === 'jsonl' ? [JSON_COLUMN] : [])];
  await engine.run(
    `create or replace temp table ${SAMPLE} as select ${names.map(quoteIdentifier).join(', ')}
     from ${table.numbered} where hash(${quoteIdentifier(ROW_COLUMN)}) % ${table.rows} < ${SAMPLED_ROWS}`,
  );
  const [counted] = await engine.rows<{ n: number }>(`select count(*) as n from ${SAMPLE}`);
  return { ...table, relation: SAMPLE, rows: counted?.n ?? 0 };
}

/** Removes what `loadSample` made. */
export async function dropSample(engine: Engine): Promise<void> {
  await engine.run(`drop table if exists ${SAMPLE}`);
}
