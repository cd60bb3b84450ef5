import type { Engine } from '../engine/connection.ts';
import type { Confusion } from '../evidence/schema/evaluation.ts';
import type { JoinedTable } from './joined-table.ts';

/** A confusion matrix of more classes is too large to read, and is left out. */
const MAX_CLASSES = 100;

/** The confusion matrix of the candidate on all rows, weights aside; null without classes, or with too many. */
export async function fetchConfusion(engine: Engine, { classes }: JoinedTable): Promise<Confusion | null> {
  if (classes.length === 0 || classes.length > MAX_CLASSES) return null;
  const cells = await engine.rows<{ truth: number; predicted: number; n: number }>(
    'SELECT truth, predicted_0 AS predicted, count(*) AS n FROM joined GROUP BY ALL',
  );
  const counts = classes.map(() => classes.map(() => 0));
  for (const { truth, predicted, n } of cells) {
    const row = counts[truth];
    if (row) row[predicted] = n;
  }
  return { classes: [...classes], counts };
}
