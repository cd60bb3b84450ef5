import type { Engine } from '../../engine/connection.ts';
import type { Column } from '../../engine/table.ts';
import type { SharedColumn } from '../crosswise/shared-column.ts';
import type { CheckedDataset } from '../dataset-check.ts';
import { chooseDialect } from '../dialects/choice.ts';
import { renderDouble } from '../profile/ordinals.ts';

/** What two data sets hold in one column. */
export interface ColumnSummary {
  /** Values in each, and those of them that are finite numbers. */
  readonly values: readonly [first: number, second: number];
  readonly numbers: readonly [first: number, second: number];
  /** Distinct values in each. */
  readonly distinct: readonly [first: number, second: number];
}

/** The tables that hold the compared columns: `t0`, `t1`, … as text, `n0`, `n1`, … as numbers. */
export const DRIFT_TABLES = ['drift_first', 'drift_second'] as const;

/** Reads the columns of both data sets once, as text and as numbers. */
export async function loadColumns(
  engine: Engine,
  datasets: readonly [CheckedDataset, CheckedDataset],
  columns: readonly SharedColumn[],
): Promise<void> {
  if (columns.length === 0) return;
  for (const [index, { table }] of datasets.entries()) {
    const selected = columns.map((column, position) => {
      const side = index === 0 ? column.first : column.second;
      const stored = table.columns.find(({ name }) => name === column.name);
      if (!stored) throw new Error('a column is compared that one data set has not');
      return `${side.key} as t${position}, ${renderNumber(column, side.ordinal, table, stored)} as n${position}`;
    });
    await engine.run(
      `create or replace temp table ${DRIFT_TABLES[index] ?? ''} as select ${selected.join(', ')} from ${table.relation}`,
    );
  }
}

/** A column’s values as DOUBLE; NULL where they are no numbers. Where no type is known, texts of numbers are. */
function renderNumber({ type }: SharedColumn, ordinal: string, table: CheckedDataset['table'], stored: Column): string {
  if (type !== undefined) return renderDouble(type, ordinal);
  return chooseDialect(table).describeColumn(table, stored, { type: 'number' }).ordinal;
}

/** Summarises the column at `position` of the loaded tables. */
export async function summariseColumn(engine: Engine, position: number): Promise<ColumnSummary> {
  const [first, second] = await Promise.all(
    DRIFT_TABLES.map(async (table) => {
      const [row] = await engine.rows<{ values: number; numbers: number; distinct: number }>(
        `select count(t${position}) as "values", count(n${position}) as "numbers",
           count(distinct t${position}) as "distinct" from ${table}`,
      );
      if (!row) throw new Error('an aggregate without a row');
      return row;
    }),
  );
  if (!first || !second) throw new Error('two tables are summarised');
  return {
    values: [first.values, second.values],
    numbers: [first.numbers, second.numbers],
    distinct: [first.distinct, second.distinct],
  };
}
