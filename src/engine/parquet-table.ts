import { messageOf, UserMistake } from '../errors.ts';
import { requireAlike } from './alike.ts';
import { findNameProblems } from './column-names.ts';
import type { Engine } from './connection.ts';
import { addPartitions, listPartitions, renderPaths } from './partitions.ts';
import { quoteLiteral } from './sql.ts';
import { type Column, ROW_COLUMN, type Table, type TableFile, type TablePart } from './table.ts';

/** Opens Parquet files, with the names and types that their footers declare. */
export async function readParquet(engine: Engine, files: readonly TableFile[]): Promise<Table> {
  // Without this a folder called `country=DE` would add a column of that name.
  const scan = `read_parquet(${renderPaths(files)}, hive_partitioning = false)`;
  const footers: Footer[] = [];
  for (const file of files) footers.push(await readFooter(engine, file));
  requireAlike(footers.map(({ file, shown }) => ({ file, columns: shown })));
  const partitions = listPartitions(files);
  const [first] = footers;
  const names = [...(first?.names ?? []), ...partitions.map(({ name }) => name)];
  const problems = findNameProblems(names, { file: files[0]?.name ?? '' });
  if (problems.length > 0) throw new UserMistake(problems);
  const relation = addPartitions(scan, files);
  return {
    files: footers.map(({ file, rows }): TablePart => ({ path: file.path, name: file.name, rows })),
    format: 'parquet',
    columns: [...(first?.columns ?? []), ...partitions],
    rows: footers.reduce((sum, { rows }) => sum + rows, 0),
    relation,
    numbered: `(SELECT row_number() OVER () AS "${ROW_COLUMN}", * FROM ${relation})`,
  };
}

interface Footer {
  readonly file: TableFile;
  /** As the file has them; the engine renames the second of two that are equal. */
  readonly names: readonly string[];
  readonly columns: readonly Column[];
  /** Names and types, as messages show them. */
  readonly shown: readonly string[];
  readonly rows: number;
}

interface Node {
  readonly name: string;
  readonly num_children: number | null;
}

async function readFooter(engine: Engine, file: TableFile): Promise<Footer> {
  const relation = `read_parquet(${quoteLiteral(file.path)}, hive_partitioning = false)`;
  try {
    const nodes = await engine.rows<Node>(
      `SELECT name, num_children FROM parquet_schema(${quoteLiteral(file.path)}) ORDER BY column_id`,
    );
    const described = await engine.rows<{ column_name: string; column_type: string }>(`DESCRIBE FROM ${relation}`);
    const [counted] = await engine.rows<{ n: number }>(`SELECT count(*) AS n FROM ${relation}`);
    const columns = described.map((column) => ({ name: column.column_name, type: column.column_type }));
    const shown = columns.map(({ name, type }) => `${name} ${type}`);
    return { file, names: pickTopNames(nodes), columns, shown, rows: counted?.n ?? 0 };
  } catch (error) {
    throw describeDamage(file, error) ?? error;
  }
}

/** What DuckDB answers to a file that is no Parquet file, or not a whole one. Others of its errors are bugs of ours. */
const DAMAGE =
  /^(Invalid Input|IO|Not implemented|Serialization|Invalid|Out of Range|Out of Memory|Conversion|INTERNAL|TransactionContext) Error: /;

function describeDamage(file: TableFile, error: unknown): UserMistake | undefined {
  const cause = messageOf(error).split('\n')[0]?.replaceAll(file.path, file.name) ?? '';
  if (!DAMAGE.test(cause)) return undefined;
  const found = `this cannot be read as Parquet: ${cause.slice(0, 300)}`;
  return new UserMistake({ file: file.name, found, fix: 'Write the file again.' }, { cause: error });
}

/**
 * Says whether a query failed because pages behind a sound footer are damaged: decodes every page of each file. Undefined
 * where all can be read, so that the failure has another cause.
 */
export async function findDamage(engine: Engine, files: readonly TableFile[]): Promise<UserMistake | undefined> {
  for (const file of files) {
    if (file.format !== 'parquet') continue;
    try {
      await engine.rows(
        `SELECT bit_xor(hash(COLUMNS(*))) FROM read_parquet(${quoteLiteral(file.path)}, hive_partitioning = false)`,
      );
    } catch (error) {
      const damage = describeDamage(file, error);
      if (damage) return damage;
    }
  }
  return undefined;
}

/** The names of the columns out of the schema, a tree that is written node before children, the root first. */
function pickTopNames(nodes: readonly Node[]): string[] {
  const names: string[] = [];
  for (let index = 1; index < nodes.length; ) {
    names.push(nodes[index]?.name ?? '');
    for (let open = 1; open > 0 && index < nodes.length; index += 1) open += (nodes[index]?.num_children ?? 0) - 1;
  }
  return names;
}
