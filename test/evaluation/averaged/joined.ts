import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Engine, openEngine } from '../../../src/engine/connection.ts';
import { quoteLiteral } from '../../../src/engine/sql.ts';
import { type AveragedPart, averaged } from '../../../src/evaluation/averaged/averaged.ts';
import type { JoinedTable, Side } from '../../../src/evaluation/joined-table.ts';
import type { Unmeasured } from '../../../src/evaluation/sources.ts';
import type { View } from '../../../src/evaluation/view.ts';
import { SILENT } from '../../../src/progress.ts';
import type { Estimate } from '../../../src/statistics/estimate.ts';

export const WHOLE: View = { name: '', columns: [] };

/** Columns of `joined` by name; null is NULL. */
export type Columns = Readonly<Record<string, readonly (number | string | null)[]>>;

export function openMemory(): Promise<Engine> {
  return openEngine({
    files: [],
    library: { environment: process.env, progress: SILENT },
    temporary: join(tmpdir(), 'joined-rows'),
  });
}

/** What the columns are, as the join describes them. */
export function describeColumns(columns: Columns, rest: Partial<JoinedTable> = {}): JoinedTable {
  return {
    task: 'regression',
    sides: 'predicted_1' in columns || 'score_1_0' in columns ? [0, 1] : [0],
    rows: columns['truth']?.length ?? 0,
    classes: [],
    scores: undefined,
    hasLimits: 'low_0' in columns,
    weighted: 'weight' in columns,
    clustered: 'cluster' in columns,
    costs: undefined,
    ...rest,
  };
}

/** Makes the columns the table `joined`. */
export async function createJoined(engine: Engine, columns: Columns): Promise<void> {
  const names = Object.keys(columns);
  const rows = (columns['truth'] ?? []).map((_, row) =>
    names.map((name) => {
      const value = columns[name]?.[row] ?? null;
      if (value === null) return 'NULL';
      if (typeof value === 'string') return quoteLiteral(value);
      return name === 'cluster' ? `${value}::BIGINT` : `'${value}'::DOUBLE`;
    }),
  );
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE joined AS SELECT * FROM (VALUES ${rows.map((row) => `(${row.join(', ')})`).join(', ')})
     t(${names.join(', ')})`,
  );
}

/** The metrics of the rows by view and value, with both sides and the contrast at hand. */
export class Averages {
  readonly #parts: ReadonlyMap<string, ReadonlyMap<string, AveragedPart>>;
  readonly #table: JoinedTable;

  constructor(parts: ReadonlyMap<string, ReadonlyMap<string, AveragedPart>>, table: JoinedTable) {
    this.#parts = parts;
    this.#table = table;
  }

  part(view = '', value = ''): AveragedPart {
    const part = this.#parts.get(view)?.get(value);
    if (!part) throw new Error(`no part ${value} of ${view}`);
    return part;
  }

  estimate(name: string, side: Side = 0, part = this.part()): Estimate | Unmeasured {
    return averaged.estimate(part, [{ name }], side, this.#table)[0] ?? { reason: 'nothing' };
  }

  contrast(name: string, factor = 1, part = this.part()): Estimate | Unmeasured {
    return averaged.contrast(part, { name }, factor, this.#table);
  }

  value(name: string, side: Side = 0, part = this.part()): number {
    return requireEstimate(this.estimate(name, side, part)).value;
  }
}

export async function measure(
  engine: Engine,
  columns: Columns,
  metrics: readonly string[],
  rest: Partial<JoinedTable> = {},
  views: readonly View[] = [WHOLE],
): Promise<Averages> {
  await createJoined(engine, columns);
  const table = describeColumns(columns, rest);
  const requests = metrics.map((name) => ({ name }));
  const parts = await averaged.fetch(
    engine,
    table,
    views.map((view) => ({ ...view, requests })),
  );
  return new Averages(parts, table);
}

export function requireEstimate(found: Estimate | Unmeasured): Estimate {
  if ('reason' in found) throw new Error(found.reason);
  return found;
}

/** Limits as a pair; what has none throws its reason. */
export function limitsOf(found: Estimate | Unmeasured, tail = 0.025): [number, number] {
  const limits = requireEstimate(found).computeLimits(tail);
  if ('reason' in limits) throw new Error(limits.reason);
  return [limits.low, limits.high];
}

/** A document of `test/oracles/fixtures`. */
export function readOracle<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../oracles/fixtures/${name}.json`, import.meta.url), 'utf8')) as T;
}
