import type { Engine } from './connection.ts';
import { type CsvSurvey, surveyCsv } from './csv-survey.ts';
import { renderLineLimit } from './line-limit.ts';
import { quoteLiteral } from './sql.ts';
import { ROW_COLUMN, type Table, type TableFile } from './table.ts';

/**
 * Opens a CSV file: comma, double quotes, UTF-8, names of the columns in the first record. Its structure is judged by us
 * and not by the engine's sniffer, which takes a file with ragged rows for a file with one column.
 */
export async function readCsv(engine: Engine, file: TableFile): Promise<Table> {
  const { names, scanner } = await surveyCsv(file);
  const relation = renderScan(file.path, names, scanner);
  const [counted] = await engine.rows<{ n: number }>(`SELECT count(*) AS n FROM ${relation}`);
  // Two readers that disagree are a bug of one of them; no number may be built on that.
  if (counted?.n !== scanner.records) {
    throw new Error(`${file.name}: ${scanner.records} records were found, and the engine reads ${counted?.n}`);
  }
  return {
    path: file.path,
    format: 'csv',
    columns: names.map((name) => ({ name, type: 'VARCHAR' })),
    rows: scanner.records,
    relation,
    numbered: `(SELECT row_number() OVER () AS "${ROW_COLUMN}", * FROM ${relation})`,
  };
}

function renderScan(path: string, names: readonly string[], scanner: CsvSurvey['scanner']): string {
  const columns = names.map((name) => `${quoteLiteral(name)}: 'VARCHAR'`).join(', ');
  const options = [
    'auto_detect = false, header = true, strict_mode = true, null_padding = false, ignore_errors = false',
    `delim = ',', quote = '"', escape = '"', comment = '', nullstr = '', allow_quoted_nulls = false`,
    "encoding = 'utf-8', compression = 'none', hive_partitioning = false",
    ...renderLineEnding(scanner.ending),
    ...renderLineLimit(scanner.longest),
    `columns = {${columns}}`,
  ];
  return `read_csv(${quoteLiteral(path)}, ${options.join(', ')})`;
}

/** Detection fails where a quoted value has another kind of line break; naming CRLF, though, breaks the reader (1.5.5). */
function renderLineEnding(ending: CsvSurvey['scanner']['ending']): string[] {
  if (ending === '\n') return ["new_line = '\\n'"];
  if (ending === '\r') return ["new_line = '\\r'"];
  return [];
}
