import type { Engine } from '../engine/connection.ts';
import type { JoinedTable } from './joined-table.ts';

/** Rows that moved one way, and the ids of the first of them in the order of their bytes. */
export interface MovedRows {
  readonly count: number;
  readonly ids: readonly string[];
}

/** What differs between the answers of the candidate and of the baseline, row by row. */
export interface RowChanges {
  readonly rows: number;
  /** Rows with different answers. */
  readonly disagreements: number;
  /** Rows that the baseline had right and the candidate has wrong; of classes only. */
  readonly broken?: MovedRows;
  /** Rows that the baseline had wrong and the candidate has right. */
  readonly fixed?: MovedRows;
}

const BROKEN = 'predicted_1 = truth AND predicted_0 <> truth';
const FIXED = 'predicted_0 = truth AND predicted_1 <> truth';

/** Compares the two sides of `joined`. At most `idLimit` ids each way; the counts are exact. */
export async function fetchChanges(engine: Engine, table: JoinedTable, idLimit: number): Promise<RowChanges> {
  const [found] = await engine.rows<{ n: number; differ: number; broken: number; fixed: number }>(
    `SELECT count(*) AS n, count(*) FILTER (predicted_0 <> predicted_1) AS differ,
       count(*) FILTER (${BROKEN}) AS broken, count(*) FILTER (${FIXED}) AS fixed FROM joined`,
  );
  if (!found) throw new Error('the count of changes gave no row');
  const changes = { rows: found.n, disagreements: found.differ };
  if (table.task === 'regression' || table.task === 'ranking') return changes;
  return {
    ...changes,
    broken: { count: found.broken, ids: await fetchIds(engine, BROKEN, idLimit) },
    fixed: { count: found.fixed, ids: await fetchIds(engine, FIXED, idLimit) },
  };
}

async function fetchIds(engine: Engine, condition: string, limit: number): Promise<string[]> {
  if (limit <= 0) return [];
  const rows = await engine.rows<{ id: string }>(
    `SELECT id FROM joined WHERE ${condition} ORDER BY id LIMIT ${Math.floor(limit)}`,
  );
  return rows.map(({ id }) => id);
}
