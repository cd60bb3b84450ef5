import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Engine, openEngine } from '../../../src/engine/connection.ts';
import { quoteLiteral } from '../../../src/engine/sql.ts';
import type { JoinedTable } from '../../../src/evaluation/joined-table.ts';
import type { Unmeasured } from '../../../src/evaluation/sources.ts';
import type { View } from '../../../src/evaluation/view.ts';
import { SILENT } from '../../../src/progress.ts';
import type { Estimate } from '../../../src/statistics/estimate.ts';
import type { Limits, NoLimits } from '../../../src/statistics/limits.ts';

export const WHOLE: View = { name: '', columns: [] };

/** The columns of `joined` by name. */
export type Columns = Readonly<Record<string, readonly (number | string)[]>>;

export function openMemory(): Promise<Engine> {
  return openEngine({
    files: [],
    library: { environment: process.env, progress: SILENT },
    temporary: join(tmpdir(), 'joined-scores'),
  });
}

/** A binary table whose one score is that of the class `yes`, or a table of as many classes as there are scores. */
export function describeTable(columns: Columns, rest: Partial<JoinedTable> = {}): JoinedTable {
  const count = Object.keys(columns).filter((name) => name.startsWith('score_0_')).length;
  const classes = count === 1 ? ['no', 'yes'] : Array.from({ length: count }, (_, at) => String.fromCharCode(97 + at));
  return {
    task: count === 1 ? 'binary-classification' : 'multiclass-classification',
    sides: 'score_1_0' in columns ? [0, 1] : [0],
    rows: columns['truth']?.length ?? 0,
    classes,
    scores: {
      single: count === 1,
      columns: (count === 1 ? ['yes'] : classes).map((className) => ({ column: className, className })),
    },
    hasLimits: false,
    weighted: 'weight' in columns,
    clustered: 'cluster' in columns,
    costs: undefined,
    ...rest,
  };
}

const TYPES: Readonly<Record<string, string>> = { truth: 'INTEGER', cluster: 'BIGINT' };

/** Makes the columns the table `joined`. */
export async function createJoined(engine: Engine, columns: Columns): Promise<void> {
  const names = Object.keys(columns);
  const types = names.map((name) => TYPES[name] ?? (typeof columns[name]?.[0] === 'string' ? 'VARCHAR' : 'DOUBLE'));
  const list = names.map((name, at) => `${name} ${types[at]}`).join(', ');
  await engine.run(`CREATE OR REPLACE TEMP TABLE joined (${list})`);
  const rows = (columns['truth'] ?? []).map(
    (_, row) => `(${names.map((name) => quoteLiteral(String(columns[name]?.[row]))).join(', ')})`,
  );
  if (rows.length > 0) await engine.run(`INSERT INTO joined VALUES ${rows.join(', ')}`);
}

export function requireEstimate(found: Estimate | Unmeasured | undefined): Estimate {
  if (!found || 'reason' in found) throw new Error(`nothing was measured: ${found?.reason}`);
  return found;
}

export function requireLimits(found: Limits | NoLimits): Limits {
  if ('reason' in found) throw new Error(`there are no limits: ${found.reason}`);
  return found;
}
