import { PRIVACY_DETECTORS } from '../../config/schema/data.ts';
import { reportColumns } from '../../data/privacy/columns.ts';
import { countPicked, dropRows } from '../../data/privacy/sample.ts';
import type { Engine } from '../../engine/connection.ts';
import type { Table } from '../../engine/tables.ts';

/** Rows that are looked at: enough to suggest, and a person decides. */
const ROWS = 10_000;

/** No contract says yet what is sensitive. */
const UNPROMISED = { contract: undefined };

/** The columns whose name or values look personal, each with a sentence that says so; no value is part of it. */
export async function findPersonal(engine: Engine, table: Table): Promise<Map<string, string>> {
  if (table.rows === 0) return new Map();
  const picked = countPicked(table.rows, ROWS);
  try {
    const reports = await reportColumns(
      engine,
      { source: UNPROMISED, table },
      table.columns,
      picked,
      new Set(PRIVACY_DETECTORS),
    );
    return new Map(
      reports.flatMap(({ column, traces: [trace] }) => {
        if (!trace) return [];
        const what =
          trace.name === undefined ? 'Its name says that it is personal' : `It looks as if it held ${trace.name}`;
        return [[column, `${what}: classified, so that no value is ever shown.`]];
      }),
    );
  } finally {
    await dropRows(engine);
  }
}
