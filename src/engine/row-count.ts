import type { Engine } from './connection.ts';
import type { Table } from './table.ts';

/** How many rows the engine reads. */
export async function countRows(engine: Engine, relation: string): Promise<number> {
  const [counted] = await engine.rows<{ n: number }>(`SELECT count(*) AS n FROM ${relation}`);
  return Number(counted?.n);
}

/**
 * Throws where the engine reads another number of rows than our survey found. Two readers that disagree are a bug of one of
 * them; no number may be built on that.
 */
export function requireRows({ files, rows }: Pick<Table, 'files' | 'rows'>, found: number): void {
  if (found === rows) return;
  throw new Error(`${files[0]?.name}: ${rows} records were found, and the engine reads ${found}`);
}
