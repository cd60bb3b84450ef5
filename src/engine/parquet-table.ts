import { stat } from 'node:fs/promises';
import { messageOf, UserMistake } from '../errors.ts';
import { requireAlike } from './alike.ts';
import { findNameProblems, MAX_COLUMNS } from './column-names.ts';
import type { Engine } from './connection.ts';
import { escapePath, quotePath } from './literal-paths.ts';
import { readStatistics } from './parquet-statistics.ts';
import { addPartitions, listPartitions, renderPaths } from './partitions.ts';
import { type Column, ROW_COLUMN, type Table, type TableFile, type TablePart } from './table.ts';

/** Opens Parquet files, with the names and types that their footers declare. */
export async function readParquet(engine: Engine, files: readonly TableFile[]): Promise<Table> {
  // Without this a folder called `country=DE` would add a column of that name.
  const scan = `read_parquet(${renderPaths(files)}, hive_partitioning = false)`;
  const footers: Footer[] = [];
  for (const file of files) {
    const footer = await readFooter(engine, file);
    await refuseInflated(footer);
    footers.push(footer);
  }
  requireAlike(footers.map(({ file, shown }) => ({ file, columns: shown })));
  const partitions = listPartitions(files);
  const [first] = footers;
  const names = [...(first?.names ?? []), ...partitions.map(({ name }) => name)];
  const problems = findNameProblems(names, { file: files[0]?.name ?? '' });
  if (problems.length > 0) throw new UserMistake(problems);
  const relation = addPartitions(scan, files);
  const rows = footers.reduce((sum, footer) => sum + footer.rows, 0);
  return {
    files: footers.map((footer): TablePart => ({ path: footer.file.path, name: footer.file.name, rows: footer.rows })),
    format: 'parquet',
    columns: [...(first?.columns ?? []), ...partitions],
    rows,
    readStatistics: () => readStatistics(engine, files, rows),
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

/** So many rows are read whatever the size of a file. */
const MANY_ROWS = 10_000_000;
/** Rows that a byte may stand for beyond that. A table of one column with one value in it, in row groups of a million rows, has half of that. */
const ROWS_A_BYTE = 10_000;

/** A file of a few hundred bytes can repeat one value for ever: reading it would take as long. */
async function refuseInflated({ file, rows }: Footer): Promise<void> {
  if (rows <= MANY_ROWS) return;
  const { size } = await stat(file.path);
  if (rows <= size * ROWS_A_BYTE) return;
  const found = `${rows} rows in ${size} bytes; beyond ${MANY_ROWS} rows, a byte stands for at most ${ROWS_A_BYTE}`;
  throw new UserMistake({ file: file.name, found, fix: 'Write smaller row groups, or fewer rows.' });
}

interface Node {
  readonly name: string;
  readonly num_children: number | null;
}

async function readFooter(engine: Engine, file: TableFile): Promise<Footer> {
  const relation = `read_parquet(${quotePath(file.path)}, hive_partitioning = false)`;
  const names = await guard(file, async () => {
    const nodes = await engine.rows<Node>(
      `SELECT name, num_children FROM parquet_schema(${quotePath(file.path)}) ORDER BY column_id`,
    );
    return pickTopNames(nodes);
  });
  // To describe a hundred thousand columns takes the engine minutes.
  if (names.length > MAX_COLUMNS) throw new UserMistake(findNameProblems(names, { file: file.name }));
  return guard(file, async () => {
    const described = await engine.rows<{ column_name: string; column_type: string }>(`DESCRIBE FROM ${relation}`);
    const [counted] = await engine.rows<{ n: number }>(`SELECT count(*) AS n FROM ${relation}`);
    const columns = described.map((column) => ({ name: column.column_name, type: column.column_type }));
    const shown = columns.map(({ name, type }) => `${name} ${type}`);
    const rows = counted?.n ?? 0;
    return { file, names, columns, shown, rows };
  });
}

/** Tells what a damaged file is found out by. */
async function guard<T>(file: TableFile, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    // What a broken footer says of sizes can be more than there is memory.
    throw describeDamage(file, error instanceof UserMistake ? error.cause : error) ?? error;
  }
}

/** What DuckDB answers to a file that is no Parquet file, or not a whole one. Others of its errors are bugs of ours. */
const DAMAGE =
  /^(Invalid Input|IO|Not implemented|Serialization|Invalid|Out of Range|Out of Memory|Conversion|INTERNAL|TransactionContext) Error: /;

function describeDamage(file: TableFile, error: unknown): UserMistake | undefined {
  const cause = withoutValues(messageOf(error).split('\n')[0] ?? '')
    .replaceAll(escapePath(file.path), file.name)
    .replaceAll(file.path, file.name);
  if (!DAMAGE.test(cause)) return undefined;
  const found = `this cannot be read as Parquet: ${cause.slice(0, 300)}`;
  return new UserMistake({ file: file.name, found, fix: 'Write the file again.' }, { cause: error });
}

/** The engine quotes a text that is not UTF-8 or no JSON, and nobody knows who may read it. */
function withoutValues(message: string): string {
  return message.replace(/[:,.]?\s*(?:Input: ?"|value "|string ["']).*$/s, '');
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
        `SELECT bit_xor(hash(COLUMNS(*))) FROM read_parquet(${quotePath(file.path)}, hive_partitioning = false)`,
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
