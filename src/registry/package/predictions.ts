import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { EvaluateConfig } from '../../config/schema/modelgate.ts';
import type { Engine } from '../../engine/connection.ts';
import { quoteIdentifier } from '../../engine/sql.ts';
import { ROW_COLUMN } from '../../engine/table.ts';
import { readTable, type TableFile } from '../../engine/tables.ts';
import { UserMistake } from '../../errors.ts';

/** Rows that are in memory at a time. */
const BATCH = 20_000;

/**
 * Writes the predictions as CSV with the columns of id, prediction, scores and limits, and no other: a label that the candidate
 * copied into its predictions stays behind. The rows keep their order, the columns their names. Throws UserMistake when
 * a column is not there.
 */
export async function writePredictions(
  engine: Engine,
  source: TableFile,
  config: EvaluateConfig['predictions'],
  target: string,
): Promise<void> {
  const scores =
    config.scores === undefined
      ? []
      : [config.scores].flatMap((one) => (typeof one === 'string' ? one : Object.values(one)));
  const limits = config.limits ? [config.limits.low, config.limits.high] : [];
  const columns = [...new Set([config.id, config.prediction, ...scores, ...limits])];
  const table = await readTable(engine, source);
  const missing = columns.filter((column) => !table.columns.some(({ name }) => name === column));
  if (missing.length > 0) {
    throw new UserMistake({ file: source.name, found: `the predictions have no column ${missing.join(', ')}` });
  }
  const selected = columns.map((column, index) => `cast(${quoteIdentifier(column)} as varchar) as c${index}`);
  await engine.run(
    `create or replace temp table released as select "${ROW_COLUMN}" as row, ${selected.join(', ')} from ${table.numbered}`,
  );
  try {
    await pipeline(Readable.from(renderRows(engine, columns, table.rows)), createWriteStream(target, { flags: 'wx' }));
  } finally {
    await engine.run('drop table if exists released');
  }
}

async function* renderRows(engine: Engine, columns: readonly string[], rows: number): AsyncGenerator<string> {
  yield renderRecord(columns);
  const names = columns.map((_, index) => `c${index}`);
  for (let first = 1; first <= rows; first += BATCH) {
    const batch = await engine.rows<Record<string, string | null>>(
      `select ${names.join(', ')} from released where row between ${first} and ${first + BATCH - 1} order by row`,
    );
    yield batch.map((row) => renderRecord(names.map((name) => row[name] ?? null))).join('');
  }
}

/** RFC 4180 with line feeds. Nothing is an empty field; an empty text is in quotes, as `readCsv` reads them. */
function renderRecord(values: readonly (string | null)[]): string {
  const fields = values.map((value) => {
    if (value === null) return '';
    return value === '' || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  });
  return `${fields.join(',')}\n`;
}
