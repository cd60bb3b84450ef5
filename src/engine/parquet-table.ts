import { messageOf, UserMistake } from '../errors.ts';
import { findNameProblems } from './column-names.ts';
import type { Engine } from './connection.ts';
import { quoteLiteral } from './sql.ts';
import { type Column, ROW_COLUMN, type Table, type TableFile } from './table.ts';

/** Opens a Parquet file, with the names and types that its footer declares. */
export async function readParquet(engine: Engine, file: TableFile): Promise<Table> {
  // Without this a folder called `country=DE` would add a column of that name.
  const relation = `read_parquet(${quoteLiteral(file.path)}, hive_partitioning = false)`;
  const { names, columns, rows } = await readFooter(engine, relation, file);
  const problems = findNameProblems(names, { file: file.name });
  if (problems.length > 0) throw new UserMistake(problems);
  const numbered = `(SELECT row_number() OVER () AS "${ROW_COLUMN}", * FROM ${relation})`;
  return { path: file.path, format: 'parquet', columns, rows, relation, numbered };
}

interface Footer {
  /** As the file has them; the engine renames the second of two that are equal. */
  readonly names: readonly string[];
  readonly columns: readonly Column[];
  readonly rows: number;
}

interface Node {
  readonly name: string;
  readonly num_children: number | null;
}

async function readFooter(engine: Engine, relation: string, file: TableFile): Promise<Footer> {
  try {
    const nodes = await engine.rows<Node>(
      `SELECT name, num_children FROM parquet_schema(${quoteLiteral(file.path)}) ORDER BY column_id`,
    );
    const described = await engine.rows<{ column_name: string; column_type: string }>(`DESCRIBE FROM ${relation}`);
    const [counted] = await engine.rows<{ n: number }>(`SELECT count(*) AS n FROM ${relation}`);
    const columns = described.map((column) => ({ name: column.column_name, type: column.column_type }));
    return { names: pickTopNames(nodes), columns, rows: counted?.n ?? 0 };
  } catch (error) {
    const cause = messageOf(error).split('\n')[0] ?? '';
    if (!FOOTER_FAULT.test(cause)) throw error;
    throw new UserMistake(
      { file: file.name, found: `this cannot be read as Parquet: ${cause}`, fix: 'Write the file again.' },
      { cause: error },
    );
  }
}

/** What DuckDB answers to a file that is no Parquet file, or not a whole one. Others of its errors are bugs of ours. */
const FOOTER_FAULT = /^(Invalid Input|IO|Not implemented|Serialization|Invalid) Error: /;

/** The names of the columns out of the schema, a tree that is written node before children, the root first. */
function pickTopNames(nodes: readonly Node[]): string[] {
  const names: string[] = [];
  for (let index = 1; index < nodes.length; ) {
    names.push(nodes[index]?.name ?? '');
    for (let open = 1; open > 0 && index < nodes.length; index += 1) open += (nodes[index]?.num_children ?? 0) - 1;
  }
  return names;
}
