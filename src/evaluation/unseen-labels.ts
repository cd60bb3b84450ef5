import type { Engine } from '../engine/connection.ts';
import type { Join } from '../evidence/schema/evaluation.ts';
import { renderText } from './columns.ts';
import type { JoinedTable } from './joined-table.ts';
import { openSource, type Source } from './sources.ts';

/** More classes than this in the training data are not compared. */
const MAX_CLASSES = 10_000;
/** So many are told. */
const MAX_TOLD = 100;

/**
 * The classes of the test set that no row of the training data has, with their rows, in the order of their code units.
 * Undefined where that cannot be known: the training data cannot be read, or have no such column.
 */
export async function fetchUnseenLabels(
  engine: Engine,
  { classes }: JoinedTable,
  training: Source,
  label: string,
  signal: AbortSignal | undefined,
): Promise<Join['unseenLabels']> {
  const table = await openSource(engine, training, 'training', signal);
  if ('reason' in table || !table.columns.some(({ name }) => name === label)) return undefined;
  const seen = await engine
    .rows<{ name: string }>(
      `SELECT DISTINCT ${renderText(label)} AS name FROM ${table.relation} WHERE ${renderText(label)} IS NOT NULL
       LIMIT ${MAX_CLASSES + 1}`,
    )
    .catch(() => {
      signal?.throwIfAborted();
      return undefined;
    });
  if (!seen || seen.length === 0 || seen.length > MAX_CLASSES) return undefined;
  const known = new Set(seen.map(({ name }) => name));
  const rows = await engine.rows<{ truth: number; n: number }>('SELECT truth, count(*) AS n FROM joined GROUP BY ALL');
  return rows
    .sort((a, b) => a.truth - b.truth)
    .map(({ truth, n }) => ({ label: classes[truth] ?? '', rows: n }))
    .filter(({ label: name }) => !known.has(name))
    .slice(0, MAX_TOLD);
}
